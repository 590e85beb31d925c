import { Writable } from 'node:stream';
import type { Client } from '@temporalio/client';
import { openApi } from '../api/open.ts';
import { serve } from '../api/server.ts';
import { PersonId } from '../domain/ids.ts';
import { type Database, openDatabase } from '../platform/database.ts';
import { createLogger } from '../platform/log.ts';
import { connectTemporal } from '../platform/temporal.ts';
import { openBureau } from '../store/open-bureau.ts';
import { openSession } from '../store/sessions.ts';
import type { TestBureau } from './bureau.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { testRing } from './key-ring.ts';
import { insertAccounts, insertPeople, type TestPerson } from './people.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the server says, and fails where that is not what it expects
  readonly body: any;
}

export interface Asking {
  readonly as?: TestPerson;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An API as the people of people.ts reach it. */
export interface TestClient {
  /** Sends a request, `POST /api/v1/cases` and the like; `body` goes as JSON, a string as it is. */
  ask(request: string, asking?: Asking): Promise<Answer>;
  tokenOf(person: TestPerson): Promise<string>;
}

/** The API over real HTTP on a database of its own, with the people of people.ts. */
export interface TestApi extends TestClient {
  readonly database: TestDatabase;
  readonly url: string;
  /** Everything that was logged so far. */
  logged(): string;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  /** Without one the engine is away. */
  readonly temporal?: Client;
  readonly hasSearchAttributes?: boolean;
  readonly requestsPerWindow?: number;
  /** Path of a policy laid over the shipped one. */
  readonly overlay?: string;
  /** Puts a wire between the API and its database that the test can cut. */
  readonly databaseThrough?: (address: string) => Promise<string>;
}

export async function testApi({ temporal, databaseThrough, overlay, ...options }: TestApiOptions = {}): Promise<TestApi> {
  const database = await freshDatabase();
  await insertPeople(database.db);
  await insertAccounts(database.db);
  const databaseUrl = databaseThrough === undefined ? database.url : await throughWire(database.url, databaseThrough);
  const db = databaseThrough === undefined ? database.db : openDatabase(databaseUrl);
  const bureau = await openBureau(db, testRing, { demo: true, overlay });
  const client = temporal ?? connectTemporal('127.0.0.1:9', 'default', testRing);
  const lines: string[] = [];
  const log = createLogger('test', new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) }));
  const api = openApi({ bureau, databaseUrl, temporal: client, log, secureCookies: false, ...options });
  const server = await serve(api.app, { host: '127.0.0.1', port: 0, endStreams: api.endStreams });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    database,
    url,
    ...testClient(url, database.db),
    logged: () => lines.join(''),
    stop: () => server.stop(2000),
    close: async () => {
      await server.stop(2000);
      await api.close();
      if (temporal === undefined) await client.connection.close();
      await db.$disconnect();
      await database.drop();
    },
  };
}

/** @param db of that API, in which sessions are opened */
export function testClient(url: string, db: Database): TestClient {
  const tokens = new Map<TestPerson, string>();
  const tokenOf = async (person: TestPerson): Promise<string> => {
    const token = tokens.get(person) ?? (await openSession(db, PersonId.parse(person), new Date())).token;
    tokens.set(person, token);
    return token;
  };
  return {
    tokenOf,
    ask: async (request, { as, body, headers = {} } = {}) => {
      const [method = 'GET', path = '/'] = request.split(' ');
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(as && { Authorization: `Bearer ${await tokenOf(as)}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
    },
  };
}

/** The API over real HTTP beside a bureau that has its worker. */
export async function apiOf({
  bureau,
  databaseUrl,
  client,
}: Pick<TestBureau, 'bureau' | 'databaseUrl' | 'client'>): Promise<TestClient & { readonly url: string; close(): Promise<void> }> {
  await insertAccounts(bureau.db);
  const log = createLogger('test', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const api = openApi({
    bureau,
    databaseUrl,
    temporal: client,
    log,
    secureCookies: false,
    hasSearchAttributes: false,
    requestsPerWindow: 1_000_000,
  });
  const server = await serve(api.app, { host: '127.0.0.1', port: 0, endStreams: api.endStreams });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    ...testClient(url, bureau.db),
    close: async () => {
      await server.stop(2000);
      await api.close();
    },
  };
}

async function throughWire(url: string, wire: (address: string) => Promise<string>): Promise<string> {
  const target = new URL(url);
  target.host = await wire(target.host);
  return target.href;
}
