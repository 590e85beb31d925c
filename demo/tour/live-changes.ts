import { z } from 'zod';

/** A notice may belong to no case, such as the daily brief. */
const Change = z.object({ case: z.string().nullable(), task: z.string().nullable() });

/** A change as the stream tells it; its content is read by the ordinary routes. */
export type Change = z.output<typeof Change> & { readonly kind: string };

/** Reads server-sent events until the stream ends. */
export async function* liveChanges(stream: ReadableStream<Uint8Array>): AsyncGenerator<Change> {
  let text = '';
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${part}`.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, kind] = /^event: (.+)$/m.exec(block) ?? [];
      const [, data] = /^data: (.+)$/m.exec(block) ?? [];
      if (kind !== undefined && data !== undefined) yield { kind, ...Change.parse(JSON.parse(data)) };
    }
  }
}
