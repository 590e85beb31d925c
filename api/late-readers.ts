import type { Bureau } from '../store/bureau.ts';
import { lateReaders, markReminded } from '../store/lists/readers.ts';
import { note } from '../store/steps.ts';

const PAGE = 100;

/** Reminds whoever was to have read a case by now and has not, once. Every API node may do it; the record keeps one. */
export async function remindReaders(bureau: Bureau, at: Date): Promise<void> {
  for (let late = await lateReaders(bureau.db, at, PAGE); late.length > 0; late = await lateReaders(bureau.db, at, PAGE)) {
    for (const each of late) {
      const { number, person, cause } = each;
      const changes = [{ kind: 'notify', to: { person }, notice: 'unread' }] as const;
      await note(bureau, { case: number, cause, at, by: null, for: null, bodyHash: null, changes });
      await markReminded(bureau.db, each, at);
    }
  }
}
