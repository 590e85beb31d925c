import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventHash, genesisHash } from '../domain/chain.ts';
import { CaseNumber, type Instant } from '../domain/ids.ts';
import { merkleRoot } from '../domain/merkle.ts';
import { checkpointHash, checkpointText, headLeaf } from '../domain/record-checkpoint.ts';
import { signingKey } from '../platform/ed25519.ts';

/*
 * `npm run bench:verify [-- events]`: how long scripts/verify-export.mjs takes on an export of a million events, in cases of thirty, all under one checkpoint.
 * The verifier is one process with one thread of work. Making the export is not measured.
 */
const EVENTS_PER_CASE = 30;
const cases = Math.ceil(Number(process.argv[2] ?? 1_000_000) / EVENTS_PER_CASE);
const at = new Date().toISOString() as Instant;
/** Stands for any hash. */
const anyHash = randomUUID().replaceAll('-', '').repeat(2);
const numberOf = (index: number) => CaseNumber.parse(`SQ-2026-${String(index + 1).padStart(6, '0')}`);

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-verify-'));
try {
  const file = path.join(folder, 'record.jsonl');
  await pipeline(Readable.from(exported()), createWriteStream(file));
  const from = performance.now();
  const said = execFileSync(process.execPath, ['scripts/verify-export.mjs', file], { encoding: 'utf8' });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`${said}${cases * EVENTS_PER_CASE} events, ${(statSync(file).size / 2 ** 20).toFixed(0)} MB: ${seconds} s\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Events before heads would be the other way round: the chains are made twice rather than kept. */
function* exported(): Generator<string> {
  yield line({ record: 1, at });
  const heads = Array.from({ length: cases }, (_, index) => headOf(index));
  const content = { number: 1, at, cases, root: merkleRoot(heads.map(headLeaf)), previous: genesisHash };
  const key = signingKey(new Uint8Array(32).fill(1));
  const signature = key.sign(checkpointText(content));
  yield line({ checkpoint: { ...content, hash: checkpointHash(content), publicKey: key.publicKey, signature } });
  for (const [position, { number, ...head }] of heads.entries()) yield line({ head: { position, case: number, ...head } });
  for (const [index, head] of heads.entries()) {
    for (const { number, ...event } of chainOf(index)) yield line({ event: { case: number, ...event } });
    yield line({ case: head });
  }
  yield line({ end: { cases, events: cases * EVENTS_PER_CASE } });
}

function* chainOf(index: number) {
  const number = numberOf(index);
  let prevHash = genesisHash;
  for (let seq = 1; seq <= EVENTS_PER_CASE; seq++) {
    const event = {
      number,
      seq,
      at,
      type: 'task-completed',
      actor: null,
      actorFor: null,
      whoHash: anyHash,
      task: null,
      dataHash: anyHash,
      prevHash,
    };
    const hash = eventHash(event);
    yield { number, seq, at, type: event.type, whoHash: anyHash, dataHash: anyHash, prevHash, hash };
    prevHash = hash;
  }
}

function headOf(index: number) {
  const last = [...chainOf(index)].at(-1);
  return { number: numberOf(index), seq: EVENTS_PER_CASE, hash: last?.hash ?? genesisHash };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
