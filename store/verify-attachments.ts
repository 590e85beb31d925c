import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AttachmentId } from '../domain/attachments.ts';
import type { CaseNumber } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { SealError } from '../platform/key-ring.ts';
import { readPieces } from './attachment-pieces.ts';
import { findAttachment } from './attachments.ts';
import type { Bureau } from './bureau.ts';
import { openEvent, type SealedEvent } from './events.ts';

/** What the event of a file that was added states, and the chain holds to. */
const Added = z.object({ attachment: AttachmentId, size: z.number(), sha256: z.string() });

/**
 * Reads every file of a case and compares it with what its event states.
 * @returns the number of the first event whose file was altered or is gone; null where all are as they were added
 */
export async function firstAlteredFile(bureau: Bureau, number: CaseNumber): Promise<number | null> {
  const rows = await bureau.db.$queryRaw<SealedEvent[]>(Prisma.sql`
    select e.seq, e.at, e.type, e.actor, e.actor_for as "actorFor", e.task_id as task, null as "taskKey", d.sealed, e.prev_hash as "prevHash", e.hash
      from "case" c join event e on e.case_id = c.id join event_data d on d.case_id = e.case_id and d.seq = e.seq
     where c.number = ${number} and e.at >= c.opened_at and e.type = 'attachment-added' order by e.seq`);
  for (const row of rows) {
    const { attachment, size, sha256 } = Added.parse(openEvent(bureau.ring, number, row).data);
    const file = await findAttachment(bureau, attachment);
    if (file?.case !== number || (await hashOf(bureau, { id: attachment, size })) !== sha256) return row.seq;
  }
  return null;
}

async function hashOf(bureau: Bureau, file: { readonly id: AttachmentId; readonly size: number }): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of readPieces(bureau, file)) hash.update(piece);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
