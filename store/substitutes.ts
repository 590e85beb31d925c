import type { Locale, PersonId, Text } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Database, Transaction } from '../platform/database.ts';
import { forgetActors } from './actor.ts';

/** Someone who acts for an absent person, from one instant to another, in these processes or (null) in all. */
export interface Substitute {
  readonly to: PersonId;
  readonly from: Date;
  readonly until: Date;
  readonly processes: readonly string[] | null;
  readonly reason: string | null;
}

/** Who stands in for someone at `at` or will later, or null. */
export async function substituteOf(db: Database | Transaction, person: PersonId, at: Date): Promise<Substitute | null> {
  const [row] = await db.$queryRaw<Substitute[]>`
    select to_id as "to", starts_at as "from", ends_at as until, processes, reason
      from substitution where person_id = ${person} and ends_at > ${at} order by ends_at desc limit 1`;
  return row ?? null;
}

/**
 * Names who stands in for someone, in place of whoever was named before; null names nobody.
 * @param locale of the words that say what is wrong
 * @throws Problem `invalid-form` for oneself, a period that is over or ends before it begins, someone unknown or gone by then, and someone who is away
 *   in the same period: it never chains (domain.md §2 "Substitute")
 */
export async function setSubstitute(
  db: Database,
  person: PersonId,
  { substitute, at, locale }: { substitute: Substitute | null; at: Date; locale: Locale },
): Promise<void> {
  await db.$transaction(async (tx) => {
    // One after the other, or two people could name each other at the same moment.
    await tx.$executeRaw`lock table substitution in share row exclusive mode`;
    const fault = substitute && (await faultOf(tx, person, substitute, at));
    if (fault) throw new Problem('invalid-form', { errors: [{ path: fault.path, message: fault.message[locale] }] });
    await tx.$executeRaw`delete from substitution where person_id = ${person} and starts_at >= ${at}`;
    await tx.$executeRaw`update substitution set ends_at = ${at} where person_id = ${person} and ends_at > ${at}`;
    if (substitute === null) return;
    const { to, from, until, processes, reason } = substitute;
    const startsAt = from < at ? at : from;
    await tx.$executeRaw`
      insert into substitution (person_id, to_id, starts_at, ends_at, processes, reason)
      values (${person}, ${to}, ${startsAt}, ${until}, ${processes === null ? null : [...processes]}, ${reason})`;
  });
  forgetActors(db);
}

interface Fault {
  readonly path: string;
  readonly message: Text;
}

async function faultOf(tx: Transaction, person: PersonId, { to, from, until }: Substitute, at: Date): Promise<Fault | null> {
  if (to === person) return { path: 'to', message: { zh: '不能委托本人。', en: 'You cannot stand in for yourself.' } };
  if (from >= until || until <= at) return { path: 'until', message: badPeriod };
  const [found] = await tx.$queryRaw<{ stays: boolean; isAway: boolean }[]>`
    select exists (select 1 from person where id = ${to} and (left_at is null or left_at >= ${until})) as stays,
           exists (select 1 from substitution where person_id = ${to} and starts_at < ${until} and ends_at > ${from}) as "isAway"`;
  if (!found?.stays)
    return { path: 'to', message: { zh: '没有此人，或其届时已离职。', en: 'There is no such person, or they will have left.' } };
  return found.isAway ? { path: 'to', message: chained } : null;
}

const badPeriod = { zh: '委托止须晚于委托起，也晚于现在。', en: 'The period must end after it begins, and in the future.' };
const chained = { zh: '此人同期也委托了他人，委托不能转递。', en: 'This person has a substitute in that period too, and it never chains.' };
