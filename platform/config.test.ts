import path from 'node:path';
import { readConfig, serviceConfig } from './config.ts';
import { SetupError } from './setup-error.ts';

test('nothing set is the embedded mode with the demo bureau', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataFolder: path.resolve('.data'),
    databaseUrl: undefined,
    temporalAddress: undefined,
    temporalNamespace: 'default',
    policyFile: undefined,
    keys: undefined,
    demo: true,
    demoPassword: undefined,
    smtpUrl: undefined,
    internalReceivers: [],
    url: 'http://127.0.0.1:8080',
  });
});

test.each([
  [{ DATABASE_URL: 'postgresql://u:p@db:5432/fivefold' }, false],
  [{ TEMPORAL_ADDRESS: 'temporal:7233' }, false],
  [{ TEMPORAL_ADDRESS: 'temporal:7233', FIVEFOLD_DEMO: '1' }, true],
  [{ FIVEFOLD_DEMO: '0' }, false],
  [{ FIVEFOLD_DEMO: '' }, true],
])('with %j the demo bureau is loaded: %s', (env, demo) => {
  expect(readConfig(env).demo).toBe(demo);
});

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['PORT', '80.5'],
  ['DATABASE_URL', 'mysql://u:p@db/fivefold'],
  ['DATABASE_URL', 'localhost:5432'],
  ['TEMPORAL_ADDRESS', 'http://temporal:7233'],
  ['TEMPORAL_ADDRESS', 'temporal'],
  ['FIVEFOLD_DEMO', 'yes'],
  ['FIVEFOLD_DEMO_PASSWORD', 'short'],
  ['SMTP_URL', 'mail.example'],
  ['FIVEFOLD_INTERNAL_RECEIVERS', 'chat.example'],
  ['FIVEFOLD_INTERNAL_RECEIVERS', '10.0.0.0/33'],
  ['FIVEFOLD_INTERNAL_RECEIVERS', '10.0.0.1,10.0.0.0/'],
])('%s=%s is refused in both languages, naming the variable and not its value', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(SetupError);
  expect(read).toThrow(new RegExp(`环境变量 ${name} 的值无效[\\s\\S]+The environment variable ${name} is not valid`));
  if (name === 'FIVEFOLD_DEMO_PASSWORD') expect(read).not.toThrow(value);
});

test('a misspelt variable is refused with the names there are', () => {
  expect(() => readConfig({ FIVEFOLD_DATTA: 'x' })).toThrow(/FIVEFOLD_DATTA.+FIVEFOLD_DATA/);
});

test.each(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'FIVEFOLD_KEYS'])('worker and API do not start without %s', (name) => {
  const env: Record<string, string> = { DATABASE_URL: 'postgresql://u:p@db/f', TEMPORAL_ADDRESS: 't:7233', FIVEFOLD_KEYS: 'k:…' };
  delete env[name];
  expect(() => serviceConfig(readConfig(env))).toThrow(`${name} is missing`);
});
