import type { WayOfService } from '../domain/service-of-documents.ts';

/** What a document can be written of: a case as whoever issues the document may see it. Names are those of today. */
export interface About {
  readonly number: string;
  /** The person whom it is about, `李某同志`; 诉求人 where their name is withheld. */
  readonly subject: string;
  readonly unit: string;
  /** 2026年11月25日. */
  readonly openedOn: string;
  readonly intake: unknown;
  /** What the last task of that key was completed with; undefined where none was. */
  readonly answer: (key: string) => unknown;
  /** Of a person, unit or rule that the case's forms name. */
  readonly nameOf: (kind: 'person' | 'unit' | 'rule', id: string) => string;
  /** The person for whom the document is, in a case about several. */
  readonly person: string | null;
  /** The interview of the file of an investigation that the document records. */
  readonly interview: InterviewShown | null;
  /** Where the document proves a service. */
  readonly service: ServiceShown | null;
}

export interface InterviewShown {
  readonly of: string;
  readonly at: string;
  readonly place: string;
  readonly interviewers: readonly string[];
  readonly said: string;
}

export interface ServiceShown {
  readonly to: string;
  /** Title and number. */
  readonly document: string;
  /** Null where it is still to be served. */
  readonly how: WayOfService | null;
  readonly at: string | null;
  readonly servedBy: string | null;
  readonly witnesses: readonly string[];
  readonly remarks: string | null;
}
