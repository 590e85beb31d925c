import { isOccasion } from '../../domain/round-period.ts';
import { procedure } from '../kit/procedure.ts';
import { carryOutRound } from '../kit/round.ts';
import { CareVisit } from './care-visit.definition.ts';

/** 登门优抚慰问 (domain.md §3.2): each quarter, and before each occasion by its day. */
export const careVisit = procedure(CareVisit, (c) => carryOutRound(c, isOccasion(c.intake.period) ? 'occasion' : undefined));
