import { z } from 'zod';

/** A notice may belong to no case, such as the daily brief. */
const Change = z.object({ case: z.string().nullable(), task: z.string().nullable() });

/** A change as the stream tells it; its content is read by the ordinary routes. */
export type Change = z.output<typeof Change> & { readonly kind: string };

/** Opens the stream anew behind the event of that id; with none, from now on. */
export type OpenStream = (lastEventId?: string) => Promise<ReadableStream<Uint8Array>>;

/** Reads server-sent events; a stream that ends is opened again where it ended, as a browser does, until `open` gives up. */
export async function* liveChanges(open: OpenStream, first: ReadableStream<Uint8Array>): AsyncGenerator<Change> {
  let lastEventId: string | undefined;
  for (let stream = first; ; stream = await open(lastEventId)) {
    for await (const block of blocksOf(stream)) {
      lastEventId = /^id: (.+)$/m.exec(block)?.[1] ?? lastEventId;
      const [, kind] = /^event: (.+)$/m.exec(block) ?? [];
      const [, data] = /^data: (.+)$/m.exec(block) ?? [];
      if (kind !== undefined && data !== undefined) yield { kind, ...Change.parse(JSON.parse(data)) };
    }
  }
}

async function* blocksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let text = '';
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${part}`.split('\n\n');
    text = blocks.pop() ?? '';
    yield* blocks;
  }
}
