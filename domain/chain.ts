import { createHash } from 'node:crypto';
import type { CaseNumber, Instant, PersonId, TaskId } from './ids.ts';

/**
 * The hash chain of a case's events. An event's hash covers its case, place, time, type, who, task, the hash of its data and the hash before it:
 *
 *   hash = sha256( "2\n" number "\n" seq "\n" at "\n" type "\n" whoHash "\n" task "\n" dataHash "\n" prevHash )   in lower-case hex
 *
 * `at` is UTC with milliseconds (`2026-11-24T01:02:03.004Z`); what is missing is the empty string; the first event's prevHash is 64 zeros.
 * Neither data nor persons are in the chain, only `dataHash = sha256( salt "\n" canonical JSON )` and `whoHash = sha256( salt "\n" actor "\n" actorFor )`, empty
 * where there is none: what a rule removes can be forgotten and the chain still verifies, and without the salt nobody can guess it back (domain.md §4.7).
 * Events from before 0.2.0 have no whoHash; their hash is sha256( "1\n" number "\n" seq "\n" at "\n" type "\n" actor "\n" actorFor "\n" task "\n" dataHash "\n" prevHash ).
 */
export interface ChainedEvent {
  readonly number: CaseNumber;
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly actor: PersonId | null;
  readonly actorFor: PersonId | null;
  /** Null in an event from before 0.2.0. */
  readonly whoHash: string | null;
  readonly task: TaskId | null;
  readonly dataHash: string;
  readonly prevHash: string;
}

export const genesisHash = '0'.repeat(64);

export function eventHash(event: ChainedEvent): string {
  const { number, seq, type, actor, actorFor, task, dataHash, prevHash } = event;
  const at = new Date(event.at).toISOString();
  const [format, ...who] = event.whoHash === null ? ['1', actor ?? '', actorFor ?? ''] : ['2', event.whoHash];
  return sha256([format, number, seq, at, type, ...who, task ?? '', dataHash, prevHash].join('\n'));
}

export const whoHash = (salt: string, actor: PersonId, actorFor: PersonId | null): string => sha256(`${salt}\n${actor}\n${actorFor ?? ''}`);

export const dataHash = (salt: string, data: unknown): string => sha256(`${salt}\n${canonicalJson(data)}`);

/** JSON with the keys of every object in order, so that the same value has one text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, of]) => of !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => `${JSON.stringify(key)}:${canonicalJson(of)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
