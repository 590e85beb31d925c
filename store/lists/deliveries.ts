import { type ChannelKind, channelKinds, type NoticeTopic } from '../../domain/channels.ts';
import type { PersonId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

export const deliveryStates = ['queued', 'sent', 'failed'] as const;

/** A delivery as administrators see it: no text, no address, nothing of the case. */
export interface DeliveryRow {
  readonly id: string;
  readonly person: PersonId;
  readonly channel: ChannelKind;
  readonly topic: NoticeTopic;
  readonly state: (typeof deliveryStates)[number];
  readonly attempts: number;
  readonly error: string | null;
  readonly queuedAt: Date;
  readonly nextAt: Date;
  readonly endedAt: Date | null;
}

export interface DeliveryFilter {
  readonly state: DeliveryRow['state'];
  readonly channel?: ChannelKind | undefined;
  readonly person?: PersonId | undefined;
}

/** Newest first. Uses delivery_failed, delivery_person or delivery_pkey. */
export const listDeliveries = (
  db: Database,
  { before, limit, ...filter }: DeliveryFilter & { readonly before: string | undefined; readonly limit: number },
): Promise<DeliveryRow[]> =>
  db.$queryRaw<DeliveryRow[]>(Prisma.sql`
  select d.id::text, d.person_id as person, d.channel, n.topic, d.state, d.attempts, d.error, d.queued_at as "queuedAt", d.next_at as "nextAt", d.ended_at as "endedAt"
    from delivery d join notice n on n.id = d.notice_id
   where ${conditionOf(filter)} ${before === undefined ? Prisma.empty : Prisma.sql`and d.id < ${before}::bigint`}
   order by d.id desc limit ${limit}`);

const conditionOf = ({ state, channel, person }: DeliveryFilter): Prisma.Sql => Prisma.sql`(
  d.state = ${state} ${channel === undefined ? Prisma.empty : Prisma.sql`and d.channel = ${channel}`}
  ${person === undefined ? Prisma.empty : Prisma.sql`and d.person_id = ${person}`})`;

export type Retrying =
  | { readonly ids: readonly string[] }
  | { readonly channel?: ChannelKind | undefined; readonly person?: PersonId | undefined };

/** Queues failed deliveries anew, with all their tries; those whose channel is gone stay as they are. @returns how many */
export const retryDeliveries = (db: Database, which: Retrying, at: Date): Promise<number> => {
  const condition = 'ids' in which ? Prisma.sql`d.id = any (${[...which.ids]}::bigint[])` : conditionOf({ state: 'failed', ...which });
  return db.$executeRaw(Prisma.sql`
    update delivery d set state = 'queued', attempts = 0, error = null, ended_at = null, next_at = ${at}, held = false
     where d.state = 'failed' and ${condition} and exists (select 1 from channel c where c.person_id = d.person_id and c.kind = d.channel)`);
};

export interface Backlog {
  readonly channel: ChannelKind;
  readonly queued: number;
  readonly failed: number;
  /** How long the oldest has been due, in seconds. */
  readonly oldestSeconds: number;
}

/** How the post stands with each channel. Uses delivery_due, delivery_failed. */
export async function backlog(db: Database, at: Date): Promise<Backlog[]> {
  const rows = await db.$queryRaw<Backlog[]>`
    select channel, count(*) filter (where state = 'queued')::int as queued, count(*) filter (where state = 'failed')::int as failed,
           coalesce(extract(epoch from ${at}::timestamptz - min(next_at) filter (where state = 'queued' and next_at <= ${at})), 0)::float as "oldestSeconds"
      from (select channel, state, next_at from delivery where state = 'queued' union all select channel, state, next_at from delivery where state = 'failed') left_over
     group by channel`;
  return channelKinds.map((channel) => rows.find((row) => row.channel === channel) ?? { channel, queued: 0, failed: 0, oldestSeconds: 0 });
}
