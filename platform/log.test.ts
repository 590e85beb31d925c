import { createLogger } from './log.ts';

const lines: string[] = [];
const log = createLogger('test', { write: (line) => void lines.push(line) });
const logged = () => JSON.parse(lines.at(-1) ?? '');

test('a line is JSON with level, service and ids', () => {
  log.info({ case: 'SQ-2026-000123', durationMs: 12 }, 'case accepted');
  expect(logged()).toMatchObject({ level: 'info', service: 'test', case: 'SQ-2026-000123', durationMs: 12, msg: 'case accepted' });
});

test.each(['password', 'token', 'authorization', 'cookie', 'data', 'body', 'form', 'name', 'username', 'payload'])(
  'a field %s is struck out, alone and inside another',
  (field) => {
    log.warn({ [field]: '王建国', request: { [field]: '王建国' } }, 'refused');
    expect(lines.at(-1)).not.toContain('王建国');
    expect(logged()).toMatchObject({ [field]: '[redacted]', request: { [field]: '[redacted]' }, service: 'test' });
  },
);

test('headers are struck out whole', () => {
  log.info({ req: { id: '7', headers: { cookie: 'session=abc' } } }, 'request');
  expect(logged().req).toEqual({ id: '7', headers: '[redacted]' });
});
