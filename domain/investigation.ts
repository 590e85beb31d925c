import type { Instant, PersonId, PlainDate, Text } from './ids.ts';
import type { Duty } from './recusal.ts';

/** The investigations that a case can hold: one, or the two of 一案双查. */
export const inquiries = ['investigate', 'investigate-conduct', 'investigate-leadership'] as const satisfies readonly Duty[];
export type Inquiry = (typeof inquiries)[number];

/** @throws Error for a duty that investigates nothing */
export function inquiryOf(duty: Duty): Inquiry {
  const inquiry = inquiries.find((each) => each === duty);
  if (inquiry === undefined) throw new Error(`${duty} is no investigation`);
  return inquiry;
}

/** The part in a case that whoever investigates has. */
export const investigatorOf = {
  investigate: 'investigator',
  'investigate-conduct': 'conduct-investigator',
  'investigate-leadership': 'leadership-investigator',
} as const satisfies Record<Inquiry, string>;

/** What the file of an investigation is made of. */
export const recordKinds = {
  allegation: { zh: '问题（指控）', en: 'Allegation' },
  party: { zh: '涉及人员', en: 'Person concerned' },
  interview: { zh: '谈话笔录', en: 'Interview' },
  evidence: { zh: '证据', en: 'Evidence' },
  finding: { zh: '认定', en: 'Finding' },
} satisfies Record<string, Text>;
export type RecordKind = keyof typeof recordKinds;

/** What may have come out about an allegation. */
export const findingResults = {
  proven: { zh: '属实', en: 'Proven' },
  'not-proven': { zh: '不属实', en: 'Not proven' },
  undecided: { zh: '无法查实', en: 'Could not be established' },
} satisfies Record<string, Text>;

/** Whoever belongs to the bureau by their id, others by name. */
interface Someone {
  readonly person?: PersonId | undefined;
  readonly name?: string | undefined;
}

interface Withholdable {
  /** Why the person heard is not shown it; shown where nothing stands here. */
  readonly withheld?: string | undefined;
}

export interface RecordContents {
  readonly allegation: { readonly against: PersonId; readonly actOn: PlainDate; readonly ground: string; readonly facts: string };
  readonly party: Someone & { readonly part: 'injured' | 'witness' | 'relative' | 'other'; readonly note?: string | undefined };
  readonly interview: Someone &
    Withholdable & {
      readonly as: 'reported' | 'witness';
      readonly at: Instant;
      readonly place: string;
      readonly interviewers: readonly PersonId[];
      readonly said: string;
      readonly attachments?: readonly string[] | undefined;
    };
  readonly evidence: Withholdable & {
    readonly title: string;
    readonly type: string;
    readonly source: string;
    readonly obtainedAt: Instant;
    readonly shows: string;
    readonly attachments?: readonly string[] | undefined;
  };
  /** `allegation` and `reliesOn`: numbers of records of the same file. */
  readonly finding: {
    readonly allegation: number;
    readonly result: keyof typeof findingResults;
    readonly reliesOn: readonly number[];
    readonly reasons: string;
  };
}

/** A record's kind with its contents. */
export type RecordContent = { [K in RecordKind]: { readonly record: K; readonly data: RecordContents[K] } }[RecordKind];

export type FilingOfRecord = RecordContent & {
  readonly inquiry: Inquiry;
  /** The record that it corrects, and why; both stay in the file. */
  readonly replaces?: number;
  readonly reason?: string;
  readonly attachments?: readonly string[];
};

/** An entry of the file: never changed, at most replaced by a later one. */
export type InvestigationRecord = RecordContent & {
  /** 1, 2, 3 … within the case. */
  readonly no: number;
  readonly inquiry: Inquiry;
  readonly by: PersonId;
  readonly at: Instant;
  readonly replaces: number | null;
  readonly reason: string | null;
};

/** Those that no later one has replaced. */
export function currentRecords(records: readonly InvestigationRecord[]): readonly InvestigationRecord[] {
  const replaced = new Set(records.map(({ replaces }) => replaces));
  return records.filter(({ no }) => !replaced.has(no));
}

export const isKind =
  <K extends RecordKind>(kind: K) =>
  (record: InvestigationRecord): record is InvestigationRecord & { readonly record: K; readonly data: RecordContents[K] } =>
    record.record === kind;

/** Numbers of the allegations of an investigation that have no finding: it can't be reported on before (issue "finding per allegation"). */
export function unfoundAllegations(records: readonly InvestigationRecord[], inquiry: Inquiry): readonly number[] {
  const current = currentRecords(records).filter((each) => each.inquiry === inquiry);
  const allegations = current.filter(isKind('allegation')).map(({ no }) => no);
  // A finding on what was corrected since is none on the corrected allegation.
  const found = new Set(current.filter(isKind('finding')).map(({ data }) => data.allegation));
  return allegations.filter((no) => !found.has(no));
}

export type RecordFault =
  | 'unknown-record'
  | 'other-kind'
  | 'no-reason'
  | 'not-a-party'
  | 'unknown-allegation'
  | 'unknown-evidence'
  | 'nothing-relied-on'
  | 'too-few-interviewers'
  | 'interviews-self';

export const recordFaults = {
  'unknown-record': { zh: '没有可更正的这一条记录，或已被更正', en: 'There is no such record to correct, or it was corrected already' },
  'other-kind': { zh: '更正须与原记录同类、同一调查', en: 'A correction is of the same kind and investigation' },
  'no-reason': { zh: '更正须写明理由', en: 'A correction needs its reason' },
  'not-a-party': { zh: '被指控人不是本件的被调查人', en: 'The person is not among those whom the case is about' },
  'unknown-allegation': { zh: '没有这一项指控', en: 'There is no such allegation' },
  'unknown-evidence': { zh: '没有所依据的证据或笔录', en: 'There is no such evidence or interview' },
  'nothing-relied-on': { zh: '认定属实须写明所依据的证据', en: 'What is proven relies on evidence' },
  'too-few-interviewers': { zh: '谈话须由两名以上调查人员进行', en: 'An interview is held by two investigators at least' },
  'interviews-self': { zh: '不得自己与自己谈话', en: 'Nobody interviews themselves' },
} satisfies Record<RecordFault, Text>;

/** Fewer people than this never hold an interview. @source Regulations on Supervision Law, interviews by two or more */
export const LEAST_INTERVIEWERS = 2;

/**
 * Why an entry can't go into the file as it is; null for one that can.
 * @param reported whom the case is about
 */
export function recordFault(
  filing: FilingOfRecord,
  { records, reported }: { readonly records: readonly InvestigationRecord[]; readonly reported: readonly PersonId[] },
): RecordFault | null {
  const current = currentRecords(records).filter(({ inquiry }) => inquiry === filing.inquiry);
  return correctionFault(filing, current) ?? contentFault(filing, current, reported);
}

function correctionFault({ replaces, record, reason }: FilingOfRecord, current: readonly InvestigationRecord[]): RecordFault | null {
  if (replaces === undefined) return null;
  const corrected = current.find(({ no }) => no === replaces);
  if (!corrected) return 'unknown-record';
  if (corrected.record !== record) return 'other-kind';
  return reason === undefined ? 'no-reason' : null;
}

function contentFault(filing: FilingOfRecord, current: readonly InvestigationRecord[], reported: readonly PersonId[]): RecordFault | null {
  if (filing.record === 'allegation') return reported.includes(filing.data.against) ? null : 'not-a-party';
  if (filing.record === 'interview') {
    const interviewers = new Set(filing.data.interviewers);
    if (interviewers.size < LEAST_INTERVIEWERS) return 'too-few-interviewers';
    return filing.data.person !== undefined && interviewers.has(filing.data.person) ? 'interviews-self' : null;
  }
  if (filing.record !== 'finding') return null;
  const { allegation, reliesOn, result } = filing.data;
  if (!current.filter(isKind('allegation')).some(({ no }) => no === allegation)) return 'unknown-allegation';
  const sources = new Set(current.filter(({ record }) => record === 'evidence' || record === 'interview').map(({ no }) => no));
  if (reliesOn.some((no) => !sources.has(no))) return 'unknown-evidence';
  return result === 'proven' && reliesOn.length === 0 ? 'nothing-relied-on' : null;
}
