import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readConfig, variableNames } from './config.ts';

const text = readFileSync(new URL('../docs/reference/configuration.md', import.meta.url), 'utf8');
const rows = new Map([...text.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)].map(([, name = '', stated = '']) => [name, stated]));

test('docs/reference/configuration.md lists every variable, in the order of the code', () => {
  expect([...rows.keys()]).toEqual(variableNames);
});

test('it states the defaults of the code', () => {
  const { port, host, dataFolder, temporalNamespace, demo } = readConfig({});
  const stated = ['PORT', 'HOST', 'FIVEFOLD_DATA', 'TEMPORAL_NAMESPACE'].map((name) => rows.get(name)?.replaceAll('`', ''));
  expect(stated).toEqual([String(port), host, path.basename(dataFolder), temporalNamespace]);
  expect(demo).toBe(true);
  expect(rows.get('FIVEFOLD_DEMO')).toMatch(/embedded `1`/);
});
