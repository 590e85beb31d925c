import type { PersonId } from './ids.ts';
import { currentRecords, type InvestigationRecord, isKind, type RecordContents, type RecordKind } from './investigation.ts';

export interface BundleAllegation extends Omit<RecordContents['allegation'], 'against'> {
  readonly no: number;
  readonly finding: { readonly result: RecordContents['finding']['result']; readonly reasons: string } | null;
}

/** What somebody is shown of the file: what is alleged against them, what was found, and what that relies on (domain.md §4.6). */
export interface Bundle {
  readonly allegations: readonly BundleAllegation[];
  readonly evidence: readonly {
    readonly no: number;
    readonly title: string;
    readonly type: string;
    readonly shows: string;
    readonly attachments: readonly string[];
  }[];
  readonly statements: readonly { readonly no: number; readonly own: boolean; readonly said: string }[];
  /** What it relies on and is not shown, and why. */
  readonly leftOut: readonly { readonly no: number; readonly record: RecordKind; readonly reason: string }[];
}

/** Names that may not be read, with what stands in their place. */
export type Masks = readonly (readonly [name: string, mask: string])[];

/**
 * The bundle for one person. Sources and witnesses are not named, wherever their names stand; of an interview with somebody else the words are shown and not the speaker.
 * @param masks of everyone whose name the file holds but that person and the investigators
 */
export function bundleFor(person: PersonId, records: readonly InvestigationRecord[], masks: Masks): Bundle {
  const masked = (text: string) => masks.reduce((masking, [name, mask]) => masking.replaceAll(name, mask), text);
  const { allegations, findings, sources } = concerning(person, records);
  const shown = sources.filter(({ data }) => data.withheld === undefined);
  return {
    allegations: allegations.map(({ no, data: { against: _, facts, ...rest } }) => {
      const finding = findings.find(({ data }) => data.allegation === no)?.data;
      return { no, ...rest, facts: masked(facts), finding: finding ? { result: finding.result, reasons: masked(finding.reasons) } : null };
    }),
    evidence: shown.filter(isKind('evidence')).map(({ no, data: { title, type, shows, attachments = [] } }) => ({
      no,
      title: masked(title),
      type,
      shows: masked(shows),
      attachments,
    })),
    statements: shown.filter(isKind('interview')).map(({ no, data }) => ({ no, own: data.person === person, said: masked(data.said) })),
    leftOut: sources.flatMap(({ no, record, data: { withheld } }) => (withheld === undefined ? [] : [{ no, record, reason: withheld }])),
  };
}

/** The files that the bundle shows. */
export const filesShownTo = (person: PersonId, records: readonly InvestigationRecord[]): readonly string[] =>
  concerning(person, records).sources.flatMap(({ data }) => (data.withheld === undefined ? (data.attachments ?? []) : []));

/** Everyone whom the records name as interviewed or concerned, by id or by name. */
export function peopleIn(records: readonly InvestigationRecord[]): {
  readonly ids: readonly PersonId[];
  readonly names: readonly string[];
} {
  const someone = records.flatMap((record) => (record.record === 'interview' || record.record === 'party' ? [record.data] : []));
  return {
    ids: [...new Set(someone.flatMap(({ person }) => person ?? []))],
    names: [...new Set(someone.flatMap(({ name }) => name ?? []))],
  };
}

type Source = Extract<InvestigationRecord, { record: 'evidence' | 'interview' }>;

function concerning(person: PersonId, records: readonly InvestigationRecord[]) {
  const current = currentRecords(records);
  const allegations = current.filter(isKind('allegation')).filter(({ data }) => data.against === person);
  const alleged = new Set(allegations.map(({ no }) => no));
  const findings = current.filter(isKind('finding')).filter(({ data }) => alleged.has(data.allegation));
  const relied = new Set(findings.flatMap(({ data }) => data.reliesOn));
  const sources = current.filter((record): record is Source => record.record === 'evidence' || record.record === 'interview');
  const own = (record: Source) => record.record === 'interview' && record.data.person === person;
  return { allegations, findings, sources: sources.filter((record) => relied.has(record.no) || own(record)) };
}
