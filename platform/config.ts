import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { SetupError } from './setup-error.ts';

const port = z.coerce.number().int().min(1).max(65535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const urlOf = (...schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), {
    message: `expected a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });

const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  return (
    family !== 0 && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32)))
  );
};

/** Every variable that Fivefold reads, as architecture.md lists them. `advice` completes the error when the value is refused. */
const variables = {
  PORT: { schema: port.default(8080), advice: { zh: '填 1–65535 之间的端口号', en: 'give a port number from 1 to 65535' } },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    advice: { zh: '填监听地址，如 127.0.0.1', en: 'give an address to listen on, such as 127.0.0.1' },
  },
  METRICS_PORT: {
    schema: port.optional(),
    advice: { zh: '填 1–65535 之间的端口号，或不设', en: 'give a port number from 1 to 65535, or unset it' },
  },
  FIVEFOLD_DATA: { schema: z.string().min(1).default('.data'), advice: { zh: '填数据目录', en: 'give a folder' } },
  DATABASE_URL: {
    schema: urlOf('postgresql', 'postgres').optional(),
    advice: {
      zh: '填 postgresql://用户:口令@主机:端口/库名，或不设以使用内置数据库',
      en: 'give postgresql://user:password@host:port/database, or unset it to use the embedded one',
    },
  },
  TEMPORAL_ADDRESS: {
    schema: z
      .string()
      .regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i, 'expected host:port')
      .optional(),
    advice: {
      zh: '填 主机:端口（不带 http://），或不设以使用内置引擎',
      en: 'give host:port without http://, or unset it to use the embedded engine',
    },
  },
  TEMPORAL_NAMESPACE: {
    schema: z.string().min(2).max(1000).default('default'),
    advice: { zh: '填 Temporal 命名空间', en: 'give a Temporal namespace' },
  },
  FIVEFOLD_POLICY: {
    schema: z.string().min(1).optional(),
    advice: { zh: '填覆盖策略文件（YAML）的路径', en: 'give the path of a YAML overlay' },
  },
  FIVEFOLD_KEYS: {
    schema: z.string().min(1).optional(),
    advice: { zh: '填密钥环，或 @文件路径', en: 'give a key ring, or @ and the path of a file' },
  },
  FIVEFOLD_DEMO: { schema: flag.optional(), advice: { zh: '填 0 或 1', en: 'give 0 or 1' } },
  FIVEFOLD_DEMO_PASSWORD: {
    schema: z.string().min(8).max(200).optional(),
    advice: { zh: '至少 8 个字符，或不设以自动生成', en: 'give at least 8 characters, or unset it to have one made' },
  },
  FIVEFOLD_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    advice: {
      zh: '填运行中系统的地址，如 http://127.0.0.1:8080',
      en: 'give the address of a running bureau, such as http://127.0.0.1:8080',
    },
  },
  FIVEFOLD_INTERNAL_RECEIVERS: {
    schema: z
      .string()
      .default('')
      .transform((text) => text.split(',').flatMap((each) => each.trim() || []))
      .refine((networks) => networks.every(isNetwork), 'expected addresses or networks'),
    advice: {
      zh: '填以逗号分隔的内网地址或网段，如 10.2.0.7,10.3.0.0/16，或不设以只允许公网地址',
      en: 'give internal addresses or networks with commas between, such as 10.2.0.7,10.3.0.0/16, or unset it to allow public ones only',
    },
  },
  SMTP_URL: {
    schema: urlOf('smtp', 'smtps').optional(),
    advice: {
      zh: '填 smtp://用户:口令@主机:端口，或不设以不发邮件',
      en: 'give smtp://user:password@host:port, or unset it to send no mail',
    },
  },
} satisfies Record<string, { schema: z.ZodType; advice: { zh: string; en: string } }>;

type Variable = keyof typeof variables;
/** As docs/reference/configuration.md lists them. */
export const variableNames = Object.keys(variables).filter((name): name is Variable => name in variables);

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where a worker serves its metrics. */
  readonly metricsPort: number | undefined;
  /** Absolute path of the embedded mode's data folder. */
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly policyFile: string | undefined;
  /** Unparsed; see key-ring.ts. */
  readonly keys: string | undefined;
  readonly demo: boolean;
  readonly demoPassword: string | undefined;
  /** Of the running bureau, for clients such as the tour. */
  readonly url: string;
  readonly smtpUrl: string | undefined;
  /** Addresses and networks in the house that webhooks and robots may be at. */
  readonly internalReceivers: readonly string[];
}

/** A configuration in which both services are known: what server.ts, worker.ts and operate.ts run on. */
export type ServiceConfig = Config & { readonly databaseUrl: string; readonly temporalAddress: string; readonly keys: string };

/** @throws SetupError that names the variable at fault and what to do. An empty variable counts as unset. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  refuseUnknown(env);
  const read = <V extends Variable>(name: V): z.output<(typeof variables)[V]['schema']> => parse(name, env[name]);
  const databaseUrl = read('DATABASE_URL');
  const temporalAddress = read('TEMPORAL_ADDRESS');
  const embedded = databaseUrl === undefined && temporalAddress === undefined;
  return {
    port: read('PORT'),
    host: read('HOST'),
    metricsPort: read('METRICS_PORT'),
    dataFolder: path.resolve(read('FIVEFOLD_DATA')),
    databaseUrl,
    temporalAddress,
    temporalNamespace: read('TEMPORAL_NAMESPACE'),
    policyFile: absolute(read('FIVEFOLD_POLICY')),
    keys: read('FIVEFOLD_KEYS'),
    demo: read('FIVEFOLD_DEMO') ?? embedded,
    demoPassword: read('FIVEFOLD_DEMO_PASSWORD'),
    url: (read('FIVEFOLD_URL') ?? `http://127.0.0.1:${read('PORT')}`).replace(/\/+$/, ''),
    smtpUrl: read('SMTP_URL'),
    internalReceivers: read('FIVEFOLD_INTERNAL_RECEIVERS'),
  };
}

/** @throws SetupError when a service that this entry point needs is not named. */
export function serviceConfig(config: Config): ServiceConfig {
  const { databaseUrl, temporalAddress, keys } = config;
  if (databaseUrl === undefined) throw missing('DATABASE_URL');
  if (temporalAddress === undefined) throw missing('TEMPORAL_ADDRESS');
  if (keys === undefined) throw missing('FIVEFOLD_KEYS');
  return { ...config, databaseUrl, temporalAddress, keys };
}

const absolute = (file: string | undefined): string | undefined => (file === undefined ? undefined : path.resolve(file));

function parse<V extends Variable>(name: V, value: string | undefined): z.output<(typeof variables)[V]['schema']> {
  const { schema, advice } = variables[name];
  const result = schema.safeParse(value === '' ? undefined : value);
  if (result.success) return result.data as z.output<(typeof variables)[V]['schema']>;
  throw new SetupError(
    `环境变量 ${name} 的值无效：请${advice.zh}。`,
    `The environment variable ${name} is not valid (${result.error.issues[0]?.message}): ${advice.en}.`,
  );
}

function missing(name: Variable): SetupError {
  const { advice } = variables[name];
  return new SetupError(
    `缺少环境变量 ${name}：请${advice.zh}；单机试用请直接运行 npm start。`,
    `The environment variable ${name} is missing: ${advice.en}; to try it on one machine run npm start.`,
  );
}

function refuseUnknown(env: NodeJS.ProcessEnv): void {
  const known: readonly string[] = variableNames;
  const unknown = Object.keys(env).find(
    (name) => name.startsWith('FIVEFOLD_') && !name.startsWith('FIVEFOLD_TEST_') && !known.includes(name),
  );
  if (unknown === undefined) return;
  const list = known.filter((name) => name.startsWith('FIVEFOLD_')).join(', ');
  throw new SetupError(`不认识的环境变量 ${unknown}：可用的有 ${list}。`, `Unknown environment variable ${unknown}: there are ${list}.`);
}
