import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Database } from '../platform/database.ts';
import type { Logger } from '../platform/log.ts';
import { SetupError } from '../platform/setup-error.ts';
import { loadRules, RuleEntry } from './rules.ts';

const shippedLibrary = fileURLToPath(new URL('../policy/rules.yaml', import.meta.url));

/** Brings the rules in the database up to the library file. @throws SetupError that names the entry at fault */
export async function loadRuleLibrary(db: Database, file = shippedLibrary): Promise<void> {
  await loadRules(db, parseRules(await readFile(file, 'utf8')));
}

/** Loads the library again whenever its file changes; a faulty one is said and left aside, the rules stay as they were. @returns ends the watch */
export function watchRuleLibrary(db: Database, log: Logger, file = shippedLibrary): () => void {
  const reload = () => {
    loadRuleLibrary(db, file).then(
      () => log.info('rule library loaded'),
      (err: unknown) => log.error({ err, fault: err instanceof SetupError ? err.message : undefined }, 'rule library left as it was'),
    );
  };
  watchFile(file, { interval: 2000, persistent: false }, reload);
  return () => unwatchFile(file, reload);
}

export function parseRules(text: string): RuleEntry[] {
  const result = z.array(RuleEntry).safeParse(parse(text, { schema: 'core' }));
  if (!result.success) throw faulty(z.prettifyError(result.error));
  const repeated = result.data.find(({ id }, index) => result.data.findIndex((other) => other.id === id) !== index);
  if (repeated) throw faulty(`${repeated.id} ×2`);
  return result.data;
}

const faulty = (what: string): SetupError =>
  new SetupError(`规则库 policy/rules.yaml 有误：${what}`, `The rule library policy/rules.yaml is faulty: ${what}`);
