import { checkPackage } from '../../domain/check-package.ts';
import type { PlainDate } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { HealthCheck } from './health-check.definition.ts';

type C = Case<typeof HealthCheck>;
type Registered = C['intake'];
type Result = Exclude<FormOf<typeof HealthCheck, 'result'>, { finding: 'missed' }>;

/** “1+N”体检 (domain.md §3.4): registered → booked → done → the result, for the officer and the health desk alone → what was found is followed up until it is settled. */
export const healthCheck = procedure(HealthCheck, async (c) => {
  const registered = c.intake.facts === undefined ? await asked(c) : c.intake;
  if (typeof registered === 'string') return c.close(registered);

  const result = await checked(c, registered);
  if (result === 'declined') return c.close(result);
  c.notify({ part: 'appellant' }, 'check-result');
  if (result.finding === 'normal') return c.close('healthy');

  await followedUp(c, result);
  return c.close('followed-up');
});

async function asked(c: C): Promise<Registered | 'declined' | 'unanswered'> {
  const answer = await c.taskOrLapse('register');
  if (answer === 'lapsed') return 'unanswered';
  if (answer.answer === 'no') return 'declined';
  return { facts: answer.facts, wishes: answer.wishes ?? c.intake.wishes };
}

/** Booked until it has taken place: moved as often as the officer asks for it, and anew for who did not come. */
async function checked(c: C, { facts, wishes }: Registered): Promise<Result | 'declined'> {
  const items = checkPackage(facts as Parameters<typeof checkPackage>[0], c.at.slice(0, 10) as PlainDate);
  let earlier: unknown = null;
  for (;;) {
    const booked = await c.task('book', { context: { items, wishes, earlier } });
    const appointment = { ...booked, items: booked.items ?? items };
    const answer = await c.taskOrLapse('appointment', { dueAt: booked.at, context: appointment });
    if (answer !== 'lapsed' && answer.answer === 'no') return 'declined';
    if (answer !== 'lapsed') {
      earlier = answer;
      continue;
    }
    const result = await c.task('result', { context: appointment });
    if (result.finding !== 'missed') return result;
    earlier = { ...result, at: booked.at };
  }
}

/** After 7 days, and every 30 days from then on. @source domain.md §3.4 */
async function followedUp(c: C, result: Result): Promise<void> {
  let earlier: unknown = result;
  for (let limit = 'first'; ; limit = 'next') {
    const followed = await c.task('follow-up', { limit, context: { earlier } });
    if (followed.finding === 'settled') return;
    earlier = followed;
  }
}
