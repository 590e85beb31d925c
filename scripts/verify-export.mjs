#!/usr/bin/env node
/*
 * 核验导出的记录。 Verifies an export of the record (operate.ts export-record) with nothing but Node.js and this file. The formats are in docs/reference/record-export.md.
 *
 *   node verify-export.mjs record.jsonl [--key <public key>]… [--checkpoint <number>:<hash>]…
 *
 * --key: the bureau's public key, as you were given it outside the system. --checkpoint: one that you noted down earlier; it must still be there.
 * Exit code 0: everything fits together. 1: it does not; each line says where it breaks. 2: it could not be read.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string', multiple: true, default: [] }, checkpoint: { type: 'string', multiple: true, default: [] } },
});
const zeros = '0'.repeat(64);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const faults = [];
const fault = (place, zh, en) => faults.push(`${place}  ${zh}  ${en}`);

/* Checkpoints. Their tree (RFC 6962) is kept level by level, and with each checkpoint only what its heads changed is hashed again. */
const checkpoints = [];
const keys = new Set();
const tree = [[]];
const caseAt = [];
/** Case → the heads that were signed, in order: [{seq, hash, checkpoint}]. */
const signed = new Map();
const changed = new Set();

function beginCheckpoint(checkpoint) {
  const { number, at, cases, root, previous, hash, publicKey, signature } = checkpoint;
  const place = `checkpoint ${number}`;
  const last = checkpoints.at(-1);
  if (number !== checkpoints.length + 1) fault(place, '检查点不连续', 'a checkpoint before it is missing');
  if (previous !== (last?.hash ?? zeros)) fault(place, '与前一检查点不相接', 'does not follow the one before');
  const text = ['fivefold checkpoint 1', number, at, cases, root, previous].join('\n');
  if (sha256(text) !== hash) fault(place, '检查点被改动', 'was altered');
  if (!isSigned(text, publicKey, signature)) fault(place, '签名无效', 'its signature is not valid');
  if (options.key.length > 0 && !options.key.includes(publicKey)) fault(place, '不是所给公钥签署', 'is not signed by a key that you gave');
  keys.add(publicKey);
  checkpoints.push(checkpoint);
}

function isSigned(text, publicKey, signature) {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey, 'base64')]);
  try {
    return verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function addHead({ position, case: number, seq, hash }) {
  if ((caseAt[position] ?? number) !== number || position > caseAt.length)
    fault(number, '检查点中的位置有误', 'is not at its place in the tree');
  caseAt[position] = number;
  tree[0][position] = createHash('sha256').update(Uint8Array.of(0)).update(`${number}\n${seq}\n${hash}`).digest('hex');
  changed.add(position);
  const heads = signed.get(number) ?? [];
  heads.push({ seq, hash, checkpoint: checkpoints.length });
  signed.set(number, heads);
}

/** Called when all heads of the newest checkpoint have been read. */
function endCheckpoint() {
  const checkpoint = checkpoints.at(-1);
  if (checkpoint === undefined) return;
  let touched = changed;
  for (let level = 0; tree[level].length > 1; level++) {
    tree[level + 1] ??= [];
    const above = new Set([...touched].map((index) => index >> 1));
    for (const index of above) tree[level + 1][index] = parentOf(tree[level][2 * index], tree[level][2 * index + 1]);
    touched = above;
  }
  changed.clear();
  const top = tree.find((nodes) => nodes.length <= 1)?.[0] ?? sha256('');
  if (top !== checkpoint.root || caseAt.length !== checkpoint.cases)
    fault(`checkpoint ${checkpoint.number}`, '根与各件末尾不符', 'its root is not that of its heads');
}

const parentOf = (left, right) =>
  right === undefined
    ? left
    : createHash('sha256')
        .update(Uint8Array.of(1))
        .update(Buffer.from(left + right, 'hex'))
        .digest('hex');

/* Events, case by case. */
const seen = new Set();
const counted = { cases: 0, events: 0 };
let chain = { number: null, seq: 0, hash: zeros, broken: false };

function addEvent(event) {
  const { case: number, seq, at, type, actor = '', actorFor = '', whoHash, task = '', dataHash, prevHash, hash } = event;
  counted.events += 1;
  if (chain.number !== number) chain = { number, seq: 0, hash: zeros, broken: false };
  const [format, ...who] = whoHash === undefined ? ['1', actor, actorFor] : ['2', whoHash];
  if (chain.broken) return; // the first break says it all
  const place = `${number} event ${chain.seq + 1}`;
  const before = faults.length;
  if (seq !== chain.seq + 1) fault(place, '缺少或次序不对', 'is missing or out of order');
  else if (prevHash !== chain.hash) fault(place, '与前一事件不相接', 'does not follow the one before');
  else if (sha256([format, number, seq, at, type, ...who, task, dataHash, prevHash].join('\n')) !== hash)
    fault(place, '被改动', 'was altered');
  for (const head of signed.get(number) ?? [])
    if (head.seq === seq && head.hash !== hash)
      fault(place, `不是检查点 ${head.checkpoint} 所签`, `is not what checkpoint ${head.checkpoint} signed`);
  chain = { number, seq, hash, broken: faults.length > before };
}

function endCase({ number, seq, hash }) {
  counted.cases += 1;
  if (chain.number !== number) chain = { number, seq: 0, hash: zeros, broken: false };
  if (seen.has(number)) fault(number, '出现两次', 'is there twice');
  seen.add(number);
  if (chain.broken) return;
  if (chain.seq !== seq || chain.hash !== hash) fault(number, `末尾不符：应至事件 ${seq}`, `does not end where it says, at event ${seq}`);
  const last = signed.get(number)?.at(-1);
  if (last !== undefined && last.seq > chain.seq)
    fault(
      number,
      `被截短：检查点 ${last.checkpoint} 签至事件 ${last.seq}`,
      `was cut off: checkpoint ${last.checkpoint} signed event ${last.seq}`,
    );
}

/* Reading. */
let ended = null;
let isInCheckpoints = false;
function take(line) {
  if (isInCheckpoints && line.head === undefined) endCheckpoint();
  isInCheckpoints = line.checkpoint !== undefined || line.head !== undefined;
  if (line.event !== undefined) addEvent(line.event);
  else if (line.case !== undefined) endCase(line.case);
  else if (line.head !== undefined) addHead(line.head);
  else if (line.checkpoint !== undefined) beginCheckpoint(line.checkpoint);
  else if (line.end !== undefined) ended = line.end;
  else if (line.record !== 1) throw new Error('not an export of the record');
}

try {
  const [file] = positionals;
  if (file === undefined) throw new Error('name the file: node verify-export.mjs record.jsonl');
  for await (const text of createInterface({ input: createReadStream(file) })) if (text !== '') take(JSON.parse(text));
} catch (error) {
  process.stderr.write(`无法读取 cannot be read: ${error.message}\n`);
  process.exit(2);
}

if (ended === null || ended.cases !== counted.cases || ended.events !== counted.events)
  fault('export', '导出不完整', 'the export is not complete');
for (const [number, heads] of signed)
  if (!seen.has(number))
    fault(number, `已消失：检查点 ${heads[0].checkpoint} 中有此件`, `has vanished: checkpoint ${heads[0].checkpoint} had it`);
for (const noted of options.checkpoint)
  if (!checkpoints.some(({ number, hash }) => `${number}:${hash}` === noted))
    fault(`checkpoint ${noted.split(':')[0]}`, '与您留存的不符', 'is not the one that you noted');

for (const line of faults) process.stdout.write(`${line}\n`);
for (const key of keys)
  process.stdout.write(
    `公钥 public key  ${key}${options.key.includes(key) ? '' : '  请与局外留存的核对 compare with the one you were given'}\n`,
  );
const young = [...seen].filter((number) => !signed.has(number)).length;
const last = checkpoints.at(-1);
process.stdout.write(
  `${faults.length === 0 ? '核验通过 ok' : '核验未通过 BROKEN'}  ${counted.cases} 件 cases · ${counted.events} 事件 events · ${checkpoints.length} 检查点 checkpoints` +
    ` · 尚无检查点 not yet signed ${young}\n${last === undefined ? '' : `请留存 note down  ${last.number}:${last.hash}\n`}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
