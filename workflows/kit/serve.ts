/*
 * 送达: a document is served on a person, whoever refuses it and however often it has to be tried; what follows counts from then. A service that does not stand
 * (domain/service-of-documents.ts) is on the record and is done again. Through the system it is the person's own confirmation that serves it; without one in time another way is taken.
 */
import type { Instant, PersonId } from '../../domain/ids.ts';
import { type ServiceFault, serviceFault, type WayOfService } from '../../domain/service-of-documents.ts';
import { openTask } from './open.ts';
import { lineOf, type Run } from './run.ts';
import type { ServiceForm } from './service-form.ts';

export interface Serving {
  readonly to: PersonId;
  /** Who sees to it. */
  readonly by: PersonId;
  /** What is served, as whoever serves and whoever is served need to see it. */
  readonly document: unknown;
}

export interface Served {
  readonly how: WayOfService;
  /** From when the remedy's time runs. */
  readonly servedAt: Instant;
}

export function openService(run: Run, { to, by, document }: Serving, settle: (served: Served) => void): void {
  const begunAt = run.at;
  const end = (served: Served) => {
    run.changes.push({ kind: 'event', type: 'served', data: { person: to, document, ...served } });
    settle(served);
  };
  const again = (fault: ServiceFault) => {
    run.changes.push({ kind: 'event', type: 'service-fails', data: { person: to, fault } });
    askServer(fault);
  };
  const askReceipt = () =>
    openTask(run, {
      key: 'confirm-receipt',
      options: { assignee: to, series: to, context: { document } },
      lapses: true,
      settle: ({ how }) => (how === 'done' ? end({ how: 'system', servedAt: run.at }) : again('not-opened')),
    });
  const askServer = (fault?: ServiceFault): void => {
    openTask(run, {
      key: 'serve',
      options: { assignee: by, series: to, context: { to, document, ...(fault && { fault }) } },
      settle: (done) => {
        if (done.how !== 'done') throw new Error('a service neither lapses nor is it judged');
        const service = done.data as ServiceForm;
        if (service.how === 'system') return void askReceipt();
        const found = serviceFault(service, { to, servedBy: run.doneBy.get(lineOf('serve', to)) ?? [], begunAt, statedAt: run.at });
        return found === null ? end({ how: service.how, servedAt: service.at }) : again(found);
      },
    });
  };
  askServer();
}
