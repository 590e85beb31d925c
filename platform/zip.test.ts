import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from '@jest/globals';
import { zipped } from './zip.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('another program unpacks it, names in Chinese included', async () => {
  const entries = [
    { name: '目录.html', content: '<p>万件不落</p>' },
    { name: 'cases/empty.json', content: '' },
    { name: 'cases/long.json', content: '办件'.repeat(100_000) },
  ];
  const file = path.join(folder, 'file.zip');
  writeFileSync(file, Buffer.concat(await Readable.from(zipped(entries, new Date('2026-11-25T04:00:00Z'))).toArray()));
  const unpack = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, list(i.date_time), z.read(i).decode()] for i in z.infolist()]))`;
  const found = JSON.parse(execFileSync('python3', ['-c', unpack, file], { encoding: 'utf8', maxBuffer: 10_000_000 }));
  expect(found).toEqual(entries.map(({ name, content }) => [name, [2026, 11, 25, 4, 0, 0], content]));
});
