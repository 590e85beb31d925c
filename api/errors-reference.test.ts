import { readFileSync } from 'node:fs';
import { errorsReference } from './errors-reference.ts';

test('docs/reference/errors.md lists every problem as the catalogue has it', () => {
  const file = new URL('../docs/reference/errors.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(errorsReference());
});
