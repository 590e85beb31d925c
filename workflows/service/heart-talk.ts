import { procedure } from '../kit/procedure.ts';
import { carryOutRound } from '../kit/round.ts';
import { HeartTalk } from './heart-talk.definition.ts';

/** 交心谈心 (domain.md §3.4). */
export const heartTalk = procedure(HeartTalk, (c) => carryOutRound(c));
