import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createListener, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real receiver at an address of its own; `close` it. */
export interface Receiver {
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpReceiver extends Receiver {
  readonly received: readonly Received[];
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const closing = (server: Server, sockets: Iterable<Socket>) => () =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });

/** @param answer what it says to the nth message (from 1), 200 and an empty object unless stated */
export async function httpReceiver(answer: (response: ServerResponse, nth: number) => void = ok): Promise<HttpReceiver> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ url: new URL(request.url ?? '/', 'http://receiver'), headers: request.headers, body });
    answer(response, received.length);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  return { url: `http://127.0.0.1:${await listening(server)}`, received, close: closing(server, sockets) };
}

export const ok = (response: ServerResponse): void => void response.end('{"errcode":0,"errmsg":"ok"}');

/** Takes connections and never says a word. */
export async function silentReceiver(): Promise<Receiver> {
  const sockets = new Set<Socket>();
  const server = createListener((socket) => {
    socket.on('error', () => undefined);
    sockets.add(socket);
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, close: closing(server, sockets) };
}

export interface MailServer extends Receiver {
  readonly mails: readonly { readonly to: readonly string[]; readonly content: string }[];
}

/** @param refuses recipients that it does not take */
export async function mailServer(refuses: readonly string[] = []): Promise<MailServer> {
  const mails: { to: string[]; content: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(refuses.includes(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      let content = '';
      stream.on('data', (part: Buffer) => (content += part));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), content });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}?from=fivefold@bureau.example`,
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
