import { procedure } from '../kit/procedure.ts';
import { carryOutRound } from '../kit/round.ts';
import { GrassrootsVisit } from './grassroots-visit.definition.ts';

/** 走访 (domain.md §3.4). */
export const grassrootsVisit = procedure(GrassrootsVisit, (c) => carryOutRound(c));
