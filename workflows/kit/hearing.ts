/*
 * 听取意见: the facts are served on a person, who then has the time of the task `hear` to state a view, counted from the service. Nothing that the record marks `afterHearing` can be decided about
 * them before (domain.md §4.3): heard is who stated a view, who waived that in writing, and who let the time pass after the facts were served.
 */
import type { Instant, PersonId } from '../../domain/ids.ts';
import type { HowHeard } from '../../domain/step.ts';
import type { HearingForm } from './hearing-form.ts';
import { openTask } from './open.ts';
import type { Run } from './run.ts';
import { openService } from './serve.ts';

export interface Hearing {
  readonly person: PersonId;
  /** Who sees to the service. */
  readonly by: PersonId;
  /** The facts, and what is intended, as the person is told them. */
  readonly facts: unknown;
}

export interface Heard {
  readonly how: HowHeard;
  readonly statement: string | null;
  readonly servedAt: Instant;
}

export function openHearing(run: Run, { person, by, facts }: Hearing, settle: (heard: Heard) => void): void {
  run.changes.push({ kind: 'show-facts', person });
  openService(run, { to: person, by, document: facts }, ({ servedAt }) =>
    openTask(run, {
      key: 'hear',
      options: { assignee: person, series: person, since: servedAt, context: { document: facts } },
      lapses: true,
      settle: (end) => {
        const said = end.how === 'done' ? (end.data as HearingForm) : null;
        const heard = { how: said?.answer ?? 'lapsed', statement: said?.answer === 'stated' ? said.statement : null, servedAt } as const;
        const { how, statement } = heard;
        run.changes.push({ kind: 'heard', person, how, servedAt, ...(statement !== null && { statement }) });
        settle(heard);
      },
    }),
  );
}
