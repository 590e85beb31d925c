import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];
const textOf = (document: string) => readFileSync(path.join(root, document), 'utf8');

/** Files that a guide has its reader make. */
const toBeMade = /\baway-report\b/;
const folders = /^(activities|api|bench|demo|deploy|docs|documents|domain|platform|policy|prisma|scripts|store|test|workflows)\/[\w./-]+$/;

test('documents link to files that are there', () => {
  const missing = documents.flatMap((document) =>
    [...textOf(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => path.join(path.dirname(document), target))
      .filter((target) => !existsSync(path.join(root, target)))
      .map((target) => `${document}: ${target}`),
  );
  expect(missing).toEqual([]);
});

test('documents name files and folders that are there', () => {
  const missing = documents.flatMap((document) =>
    [...textOf(document).matchAll(/`([^`\s]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => folders.test(name) && !toBeMade.test(name) && !existsSync(path.join(root, name)))
      .map((name) => `${document}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every decision states its status and stands under one number', () => {
  const decisions = documents.filter((document) => document.startsWith(path.join('docs', 'decisions')));
  for (const document of decisions) {
    const [, number] = /(\d{4})-[\w-]+\.md$/.exec(document) ?? [];
    expect(textOf(document)).toMatch(
      new RegExp(`^# ${number}\\. .+\\n{1,2}Status: (accepted|superseded by \\d{4}), \\d{4}-\\d{2}-\\d{2}\\.`),
    );
  }
});
