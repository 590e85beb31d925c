import type { CaseNumber } from '../domain/ids.ts';
import type { ZipEntry } from '../platform/zip.ts';
import { eventsOf } from '../store/events.ts';
import { type Asking, caseFor, viewOf } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { concerns, eventViewing } from './event-viewing.ts';
import type { OwnFile } from './own-file.ts';
import { ownCasePage, ownFilePage } from './own-file-page.ts';
import { eventView } from './views/event.ts';

/** Events of a case in an export; none has more. */
const MOST_EVENTS = 100_000;

/** The own file as files: a page to read and the same as JSON, and both for each case as the person sees it, one case at a time. */
export async function* exportedFile(deps: ApiDeps, asking: Asking, file: OwnFile): AsyncGenerator<ZipEntry> {
  yield { name: 'index.html', content: ownFilePage(file) };
  yield { name: 'file.json', content: JSON.stringify(file, null, 2) };
  for (const number of file.cases) {
    const whole = await ownCase(deps, asking, number);
    yield { name: `cases/${number}.html`, content: ownCasePage(whole) };
    yield { name: `cases/${number}.json`, content: JSON.stringify(whole, null, 2) };
  }
}

export type OwnCase = Awaited<ReturnType<typeof ownCase>>;

async function ownCase(deps: ApiDeps, asking: Asking, number: CaseNumber) {
  const { record, facts } = await caseFor(deps, asking, { number, permission: 'case.events' });
  const events = await eventsOf(deps, number, { after: 0, limit: MOST_EVENTS });
  const viewing = await eventViewing(deps, asking, { record, facts, events });
  return {
    case: await viewOf(deps, asking, { record, facts }),
    events: events.filter((event) => concerns(asking, { record, facts }, event)).map((event) => eventView(event, viewing)),
  };
}
