import { expect, test } from '@jest/globals';
import { liveChanges } from './live-changes.ts';

const streamOf = (text: string) => new Blob([text]).stream();
const event = (id: string, number: string) => `id: ${id}\nevent: case\ndata: {"case":"${number}","task":null}\n\n`;

test('a stream that ends is opened again behind the last event, and what comes then is told too', async () => {
  const opened: (string | undefined)[] = [];
  const open = async (lastEventId?: string) => {
    opened.push(lastEventId);
    if (opened.length === 3) throw new Error('given up');
    return streamOf(event('b', 'SQ-2026-000002'));
  };
  const told: (string | null)[] = [];
  const follow = async () => {
    for await (const change of liveChanges(open, streamOf(`retry: 2000\nid: a\n\n${event('a', 'SQ-2026-000001')}`))) told.push(change.case);
  };
  await expect(follow()).rejects.toThrow('given up');
  expect(told).toEqual(['SQ-2026-000001', 'SQ-2026-000002', 'SQ-2026-000002']);
  expect(opened).toEqual(['a', 'b', 'b']);
});
