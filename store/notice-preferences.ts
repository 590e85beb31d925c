import type { PersonId } from '../domain/ids.ts';
import { type NoticePreference, undisturbed } from '../domain/quiet-hours.ts';
import type { Database } from '../platform/database.ts';

/** When a person wants to be left alone; nothing set means never. */
export async function preferenceOf(db: Database, person: PersonId): Promise<NoticePreference> {
  const row = await db.noticePreference.findUnique({ where: { personId: person } });
  if (!row) return undisturbed;
  const { quietFrom, quietTo, quietDaysOff, digestAt } = row;
  return { quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo }, quietDaysOff, digestAt };
}

/** What waits under the former preference is looked at again at once. */
export async function setPreference(db: Database, person: PersonId, preference: NoticePreference): Promise<void> {
  const { quiet, quietDaysOff, digestAt } = preference;
  const columns = { quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null, quietDaysOff, digestAt };
  await db.$transaction([
    db.noticePreference.upsert({ where: { personId: person }, create: { personId: person, ...columns }, update: columns }),
    db.$executeRaw`
      update delivery set held = false, next_at = now() where person_id = ${person} and state = 'queued' and held and attempts = 0 and bundle is null`,
  ]);
}
