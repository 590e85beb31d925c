import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { CaseEvent } from '../../contract/types.ts';
import { Loading, Nothing, Refused } from '../../parts/states.tsx';
import { locale, said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

interface Verified {
  readonly ok: boolean;
  readonly events: number;
  readonly broken?: { readonly seq: number; readonly kind: string };
}

interface Moment {
  readonly at: string;
  readonly events: CaseEvent[];
}

/** What one step wrote belongs together: what was done, and what came of it. Newest first. */
function together(events: readonly CaseEvent[]): readonly Moment[] {
  const moments: Moment[] = [];
  for (const event of events) {
    const last = moments.at(-1);
    if (last?.at === event.at) last.events.push(event);
    else moments.push({ at: event.at, events: [event] });
  }
  return moments.toReversed();
}

/** What happened, as a story that anyone entitled can verify. */
export function Story({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const events = useQuery({
    queryKey: ['events', number],
    queryFn: ({ signal }) => get<readonly CaseEvent[]>(`/cases/${number}/events`, signal),
  });
  const verify = useMutation({ mutationFn: () => get<Verified>(`/cases/${number}/verify`) });
  return (
    <section className="panel padded" aria-label={t('case.story')}>
      <div className="panel-head bare">
        <h2>{t('case.story')}</h2>
        <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('case.verify')}
        </Button>
      </div>
      <div role="status">
        {verify.data?.ok && <Alert type="success" title={t('case.verified', { count: verify.data.events })} />}
        {verify.data?.broken && <Alert type="error" title={t('case.broken', verify.data.broken)} />}
        {verify.error && <Alert type="error" title={verify.error.message} />}
      </div>
      {events.error && !events.data && <Refused error={events.error} retry={events.refetch} />}
      {events.isPending && <Loading />}
      {events.data?.length === 0 && <Nothing>{t('case.emptyStory')}</Nothing>}
      <ol className="story">
        {together(events.data ?? []).map(({ at, events: same }) => (
          <li key={same[0]?.seq}>
            <time dateTime={at} className="quiet">
              {dateAndTime(at)}
            </time>
            <span>{same.map(({ summary }) => said(summary)).join(locale() === 'zh' ? '' : ' ')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
