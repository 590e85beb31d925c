import { isCollection, isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import type { Text } from './ids.ts';
import { type PolicyFile, type PolicyPath, readPolicySource } from './policy-source.ts';

/** What the comments of a policy file say about its names, by path with dots. A line is in one language, or in Chinese and after a slash in English. */
export const policyNotes = (file: PolicyFile): ReadonlyMap<string, Text> => {
  const { document } = readPolicySource(file);
  const notes = new Map<string, Text>();
  if (isMap<Node, Node | null>(document.contents)) collect(document.contents, { path: [], isOwn: false });
  return notes;

  /** `isOwn`: what YAML takes for the comment of the map stands behind the map's name, and not above the first name in it. */
  function collect(map: YAMLMap<Node, Node | null>, { path, isOwn }: { path: PolicyPath; isOwn: boolean }): void {
    for (const [index, { key, value }] of map.items.entries()) {
      const here = [...path, isScalar(key) ? String(key.value) : ''];
      const above = key.commentBefore ?? (index === 0 && !isOwn ? map.commentBefore : undefined);
      const isBehind = hasCommentBehind(key);
      const said = [above, isBehind ? behind(value) : undefined].filter((comment) => typeof comment === 'string').join('\n');
      if (said !== '') notes.set(here.join('.'), inBoth(said));
      if (isMap<Node, Node | null>(value)) collect(value, { path: here, isOwn: isBehind && !value.flow });
    }
  }

  function hasCommentBehind(key: Node): boolean {
    const from = key.range?.[1] ?? 0;
    return /[\s}\]]#/.test(file.text.slice(from, file.text.indexOf('\n', from)));
  }
};

const behind = (value: Node | null): string | null | undefined =>
  isCollection(value) && !value.flow ? value.commentBefore : value?.comment;

function inBoth(comment: string): Text {
  const lines = comment.split('\n').map((line) => line.trim());
  const zh = lines.flatMap((line) => (hasChinese(line) ? (line.split(/ ?\/ /)[0] ?? line) : []));
  const en = lines.flatMap((line) => (hasChinese(line) ? line.split(/ ?\/ /).slice(1) : line));
  const [inChinese, inEnglish] = [zh.join(' ').trim(), en.join(' ').trim()];
  return { zh: inChinese || inEnglish, en: inEnglish || inChinese };
}

const hasChinese = (line: string): boolean => /\p{Script=Han}/u.test(line);
