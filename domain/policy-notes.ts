import { isCollection, isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import type { Text } from './ids.ts';
import type { PolicyPath, PolicySource } from './policy-source.ts';

/** What the comments of a policy file say about its names, by path with dots. A line is in one language, or in Chinese and after a slash in English. */
export const policyNotes = ({ document }: Pick<PolicySource, 'document'>): ReadonlyMap<string, Text> => {
  const notes = new Map<string, Text>();
  if (isMap<Node, Node | null>(document.contents)) collect(document.contents, []);
  return notes;

  function collect(map: YAMLMap<Node, Node | null>, path: PolicyPath): void {
    for (const [index, { key, value }] of map.items.entries()) {
      const here = [...path, isScalar(key) ? String(key.value) : ''];
      // What stands above the first name of a map, YAML takes for the map's own.
      const above = key.commentBefore ?? (index === 0 ? map.commentBefore : undefined);
      const said = [above, behind(value)].filter((comment) => typeof comment === 'string').join('\n');
      if (said !== '') notes.set(here.join('.'), inBoth(said));
      if (isMap<Node, Node | null>(value)) collect(value, here);
    }
  }
};

/** On the same line; what follows a block is about whatever comes next. */
function behind(value: Node | null): string | null | undefined {
  if (value === null) return undefined;
  return isCollection(value) && !value.flow ? value.commentBefore : value.comment;
}

function inBoth(comment: string): Text {
  const lines = comment.split('\n').map((line) => line.trim());
  const zh = lines.flatMap((line) => (hasChinese(line) ? (line.split(/ ?\/ /)[0] ?? line) : []));
  const en = lines.flatMap((line) => (hasChinese(line) ? line.split(/ ?\/ /).slice(1) : line));
  const [inChinese, inEnglish] = [zh.join(' ').trim(), en.join(' ').trim()];
  return { zh: inChinese || inEnglish, en: inEnglish || inChinese };
}

const hasChinese = (line: string): boolean => /\p{Script=Han}/u.test(line);
