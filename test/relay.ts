import { createConnection, createServer, type Socket } from 'node:net';

/** A wire between two ends of a test that can be cut and mended. */
export interface Relay {
  readonly address: string;
  cut(): void;
  /** Cuts itself once, when this has been said and was heard at the far end: before the answer comes through, or right after it. */
  cutAt(said: string, when: 'before-the-answer' | 'after-the-answer'): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function relayTo(address: string): Promise<Relay> {
  const [host = '127.0.0.1', port = '0'] = address.split(':');
  const sockets = new Set<Socket>();
  let trap: { readonly said: string; readonly when: 'before-the-answer' | 'after-the-answer' } | null = null;
  const cut = () => {
    trap = null;
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    const far = createConnection(Number(port), host);
    let springs: 'before-the-answer' | 'after-the-answer' | null = null;
    near.on('data', (chunk) => {
      if (trap !== null && chunk.includes(trap.said)) springs = trap.when;
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (springs === 'before-the-answer') return cut();
      near.write(chunk, () => springs === 'after-the-answer' && cut());
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const bound = server.address();
  const own = bound !== null && typeof bound === 'object' ? bound.port : 0;
  return {
    address: `127.0.0.1:${own}`,
    cut,
    cutAt: (said, when) => {
      trap = { said, when };
    },
    mend: () => listen(own),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
