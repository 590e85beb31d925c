import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Document as YamlDocument } from 'yaml';
import { durationUnits } from './duration.ts';
import type { Text } from './ids.ts';
import { PolicyError, type PolicyFault } from './policy-error.ts';

/** A policy file as text; `name` is what errors call it. Reading it from the disk is the caller's. */
export interface PolicyFile {
  readonly name: string;
  readonly text: string;
}

export interface PolicySource {
  readonly name: string;
  readonly value: unknown;
  readonly document: YamlDocument;
  readonly lines: LineCounter;
}

export type PolicyPath = readonly (string | number)[];

/** Something wrong at a path of the merged policy: `at: 'key'` means the name itself, otherwise its value. */
export interface Finding {
  readonly path: PolicyPath;
  readonly at?: 'key';
  readonly message: Text;
}

/** @throws PolicyError with the line of a YAML error, or when the file does not hold a map */
export const readPolicySource = ({ name, text }: PolicyFile): PolicySource => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  const faults = document.errors.map((error): PolicyFault => {
    const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
    const reason = error.message.split(/ at line \d+|\n/)[0] ?? error.message;
    return { file: name, line, column: col, path: '', message: { zh: `YAML 语法错误：${reason}`, en: `not valid YAML: ${reason}` } };
  });
  if (faults.length > 0) throw new PolicyError(faults);
  if (document.contents !== null && !isMap(document.contents) && !isEmpty(document.contents)) {
    throw new PolicyError([{ file: name, line: 1, column: 1, path: '', message: notAMap }]);
  }
  return { name, value: plainValue(document, name) ?? {}, document, lines };
};

/** Lays one policy over another: maps merge, everything else replaces. A duration is one value and replaces, although YAML writes it as a map. */
export const layOver = (base: unknown, overlay: unknown): unknown => {
  if (!isPlainMap(base) || !isPlainMap(overlay) || isDurationShaped(base) || isDurationShaped(overlay)) return overlay;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(overlay)) merged.set(key, merged.has(key) ? layOver(merged.get(key), value) : value);
  return Object.fromEntries(merged);
};

export const isPlainMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isDurationShaped = (value: unknown): boolean =>
  isPlainMap(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => durationUnits.some((unit) => unit === key));

/** What stands at a path; undefined where it leads nowhere. */
export const valueAt = (value: unknown, path: PolicyPath): unknown =>
  path.reduce<unknown>((inside, segment) => {
    if (Array.isArray(inside)) return inside[Number(segment)];
    return isPlainMap(inside) && Object.hasOwn(inside, segment) ? inside[segment] : undefined;
  }, value);

/** File, line and column of a finding: in the last file that has a say about its path; for something missing, where it should have been. */
export const locate = (sources: readonly PolicySource[], { path, at, message }: Finding): PolicyFault => {
  let holders: readonly Holder[] = sources.map((source) => ({ source, key: null, value: source.document.contents }));
  let known = 0;
  for (const segment of path) {
    const inside = holders.flatMap((holder) => stepInto(holder, segment));
    const last = inside.at(-1);
    if (!last) break;
    holders = isMap(last.value) && !isDurationShaped(last.value.toJS(last.source.document)) ? inside : [last];
    known += 1;
  }

  const holder = holders.at(-1);
  if (!holder) throw new Error('a policy has at least one file');
  const wantsKey = at === 'key' || known < path.length;
  const node = wantsKey ? (holder.key ?? holder.value) : (holder.value ?? holder.key);
  const { line, col } = holder.source.lines.linePos(node?.range?.[0] ?? 0);
  return { file: holder.source.name, line: Math.max(line, 1), column: Math.max(col, 1), path: path.join('.'), message };
};

interface Holder {
  readonly source: PolicySource;
  readonly key: Node | null;
  readonly value: Node | null;
}

const stepInto = ({ source, value }: Holder, segment: string | number): Holder[] => {
  const node = isAlias(value) ? (value.resolve(source.document) ?? null) : value;
  if (isSeq<Node>(node)) {
    const item = node.items[Number(segment)];
    return item ? [{ source, key: null, value: item }] : [];
  }
  if (!isMap<Node, Node | null>(node)) return [];
  const pair: Pair<Node, Node | null> | undefined = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
  return pair ? [{ source, key: pair.key, value: pair.value }] : [];
};

const isEmpty = (node: Node): boolean => isScalar(node) && node.value === null;

const plainValue = (document: YamlDocument, name: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const message = { zh: 'YAML 别名无法展开', en: 'a YAML alias cannot be resolved' };
    throw new PolicyError([{ file: name, line: 1, column: 1, path: '', message }], { cause });
  }
};

const notAMap: Text = { zh: '政策文件应为“键: 值”的映射', en: 'a policy file is a map of keys and values' };
