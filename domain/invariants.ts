/*
 * Due process, stated once (domain.md §4): what must hold of every case at every moment, whoever tried what. The record and the kit enforce these rules where they are named in
 * docs/reference/invariants.md; here they are stated as something that can be looked at from outside, of the facts alone, so that a test can play people who try to break them
 * (test/invariants/) and an operator can look at a live record.
 */

import { plainMs } from './duration.ts';
import type { RestrictionKind } from './eligibility.ts';
import type { Text } from './ids.ts';
import type { Duty } from './recusal.ts';
import { maximumOf } from './statutory-limits.ts';
import type { ParticipantRole } from './step.ts';

/* Stated again and not taken from where they are enforced: a rule that is changed there is seen here. */
const parties: readonly ParticipantRole[] = ['appellant', 'subject', 'reporter', 'reported', 'heard', 'witness'];
const worked: readonly ParticipantRole[] = ['handler', 'investigator', 'conduct-investigator', 'leadership-investigator'];
const notAfter: Readonly<Record<Duty, readonly ParticipantRole[]>> = {
  handle: [],
  inform: [],
  investigate: [],
  'investigate-conduct': ['leadership-investigator'],
  'investigate-leadership': ['conduct-investigator'],
  decide: worked,
  review: [...worked, 'decider'],
};

/** Instants in milliseconds. */
export interface CaseRecordFacts {
  readonly number: string;
  readonly subject: string | null;
  readonly confidentiality: string;
  /** Everyone's part, and the event since which they have it. */
  readonly parts: readonly { readonly person: string; readonly role: ParticipantRole; readonly since: number }[];
  readonly kin: readonly { readonly person: string; readonly relative: string }[];
  readonly done: readonly DoneTask[];
  readonly events: readonly {
    readonly seq: number;
    readonly type: string;
    readonly at: number;
    readonly hash: string;
    readonly person: string | null;
  }[];
  readonly restrictions: readonly {
    readonly kind: RestrictionKind;
    readonly person: string;
    readonly ground: string | null;
    readonly from: number;
    readonly until: number;
  }[];
}

export interface DoneTask {
  readonly key: string;
  readonly duty: Duty;
  readonly isOfSubject: boolean;
  readonly assignee: string | null;
  readonly by: readonly string[];
  readonly at: number;
}

export interface Invariant {
  readonly title: Text;
  readonly source: string;
  /** What breaks it, one line each; nothing where it holds. @param before the same case as it was a moment ago */
  check(now: CaseRecordFacts, before: CaseRecordFacts | null): readonly string[];
}

const isPartyBefore = ({ parts }: CaseRecordFacts, person: string, at: number): boolean =>
  parts.some((part) => part.person === person && part.since < at && (parties.includes(part.role) || part.role === 'recused'));

const isRelativeOfParty = ({ parts, kin }: CaseRecordFacts, person: string, at: number): boolean =>
  parts.some(
    (part) => parties.includes(part.role) && part.since < at && kin.some((tie) => tie.person === part.person && tie.relative === person),
  );

export const invariants = {
  recusal: {
    title: { zh: '当事人、近亲属和已回避的人不办理本件', en: 'Parties, their relatives and the recused do no work in the case' },
    source: 'domain.md §4.1',
    check: (now) =>
      now.done.flatMap(({ key, isOfSubject, by, at }) =>
        isOfSubject
          ? []
          : by
              .filter((person) => isPartyBefore(now, person, at) || isRelativeOfParty(now, person, at))
              .map((person) => `${now.number}: ${person} did ${key} with a conflict of interest`),
      ),
  },
  'two-people': {
    title: {
      zh: '调查、经办的人不决定，决定的人不复核',
      en: 'Whoever handled or investigated does not decide; whoever decided does not review',
    },
    source: 'domain.md §4.1, §4.2',
    check: (now) =>
      now.done.flatMap(({ key, duty, by, at }) =>
        by
          .filter((person) => now.parts.some((part) => part.person === person && part.since < at && notAfter[duty].includes(part.role)))
          .map((person) => `${now.number}: ${person} did ${key} after a step of their own`),
      ),
  },
  'asked-person-alone': {
    title: { zh: '只有本人能替自己陈述', en: 'What is asked of a person only that person answers' },
    source: 'domain.md §4.3',
    check: (now) =>
      now.done
        .filter(({ isOfSubject, assignee, by }) => isOfSubject && by[0] !== undefined && by[0] !== assignee)
        .map(({ key, by }) => `${now.number}: ${by[0]} answered ${key} for somebody else`),
  },
  'heard-before-decided': {
    title: { zh: '未听取陈述申辩不得作出处理决定', en: 'Nobody is decided about before being heard' },
    source: 'domain.md §4.3',
    check: ({ number, events }) => {
      const decided = events.find(({ type }) => type === 'decided');
      if (!decided) return [];
      const shown = events.filter(({ type, seq }) => type === 'facts-shown' && seq < decided.seq).map(({ person }) => person);
      const heard = new Set(events.filter(({ type, seq }) => type === 'heard' && seq < decided.seq).map(({ person }) => person));
      const unheard = [...new Set(shown)].filter((person) => !heard.has(person));
      return shown.length === 0
        ? [`${number}: decided and nobody was heard`]
        : unheard.map((person) => `${number}: ${person} was not heard`);
    },
  },
  'limits-end': {
    title: {
      zh: '限制权利须有依据、有终点，且不超过法定幅度',
      en: 'What limits a right has a ground and an end of its own, within what the law allows',
    },
    source: 'domain.md §4.2',
    check: ({ number, restrictions }) =>
      restrictions.flatMap(({ kind, person, ground, from, until }) => [
        ...(ground === null ? [`${number}: ${kind} of ${person} has no ground`] : []),
        ...(Number.isFinite(until) ? [] : [`${number}: ${kind} of ${person} never ends`]),
        ...((kind === 'suspension' || kind === 'confinement') && until - from > plainMs(maximumOf(kind))
          ? [`${number}: ${kind} of ${person} is longer than the law allows`]
          : []),
      ]),
  },
  'nothing-disappears': {
    title: { zh: '记录只增不改', en: 'The record only grows: what was written stays as it was' },
    source: 'domain.md §4.7',
    check: (now, before) =>
      (before?.events ?? []).flatMap(({ seq, hash }) =>
        now.events.some((event) => event.seq === seq && event.hash === hash) ? [] : [`${now.number}: event ${seq} is gone or changed`],
      ),
  },
  'one-submission': {
    title: { zh: '一项任务只办结一次', en: 'A task is completed once' },
    source: 'domain.md §2 "Human task"',
    check: (now, before) =>
      (before?.done ?? []).flatMap((task) =>
        now.done.some(({ key, at, by }) => key === task.key && at === task.at && by.join() === task.by.join()) || isRecalled(now)
          ? []
          : [`${now.number}: the completion of ${task.key} was replaced`],
      ),
  },
} as const satisfies Record<string, Invariant>;

/** A recall takes a completion back, on the record. */
const isRecalled = ({ events }: CaseRecordFacts): boolean => events.some(({ type }) => type === 'recalled' || type === 'amended');

export type InvariantId = keyof typeof invariants;

/** What is broken, by the name of the invariant. */
export const broken = (now: CaseRecordFacts, before: CaseRecordFacts | null): readonly string[] =>
  Object.entries<Invariant>(invariants).flatMap(([id, { check }]) => check(now, before).map((fault) => `${id}: ${fault}`));
