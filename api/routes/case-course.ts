import { z } from 'zod';
import { dueAt } from '../../domain/clock.ts';
import type { Duration } from '../../domain/duration.ts';
import { type CaseNumber, Instant, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { processOf } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { type Acting, once, submit } from '../act.ts';
import { caseFor } from '../case-for.ts';
import { commandSettings } from '../command-rules.ts';
import type { ApiDeps } from '../deps.ts';
import { checkedForm, checkReferences } from '../form.ts';
import { type Route, route } from '../route.ts';
import { commandSpec, words } from './case-path.ts';

const reason = { reason: words };
const Part = z.strictObject({ unit: UnitId, data: z.unknown() });

/** 交办人对已交办事项的处置: what whoever issued a case may still do with it. */
export const caseCourseRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/cases/:number/cancel',
    commandSpec({ title: { zh: '撤销', en: 'Cancel a case' }, permission: 'case.cancel', body: z.strictObject(reason) }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { decision } = await caseFor(deps, call, { number, permission: 'case.cancel' });
        await submit(deps, call, { number, decision, action: { action: 'cancel', ...call.body } });
      }),
  ),
  route.post(
    '/cases/:number/amend',
    commandSpec({
      title: { zh: '变更', en: 'Amend what a case asks for' },
      permission: 'case.amend',
      body: z.strictObject({ data: z.unknown(), ...reason }),
    }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { record, decision } = await caseFor(deps, call, { number, permission: 'case.amend' });
        const form = schemaOf(processOf(record.process).intake);
        const data = await checkedForm(
          deps,
          { form, data: call.body.data, participants: record.participants, number: call.params.number },
          call,
        );
        await submit(deps, call, { number, decision, action: { action: 'amend', data, reason: call.body.reason } });
      }),
  ),
  route.post(
    '/cases/:number/split',
    commandSpec({
      title: { zh: '分解为若干件', en: 'Split a case into several' },
      permission: 'case.split',
      body: z.strictObject({ parts: z.array(Part).min(2).max(50), ...reason }),
    }),
    async (call) => once(deps, call, call.params.number, () => split(deps, call, { number: call.params.number, ...call.body })),
  ),
  route.post(
    '/cases/:number/suspend',
    commandSpec({
      title: { zh: '中止', en: 'Suspend a case' },
      permission: 'case.suspend',
      body: z.strictObject({ until: Instant, ...reason }),
    }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { record, decision } = await caseFor(deps, call, { number, permission: 'case.suspend' });
        const { maxSuspension } = await commandSettings(deps, record);
        refuseUntil(deps, call, { until: call.body.until, ...(maxSuspension && { most: maxSuspension }) });
        await submit(deps, call, { number, decision, action: { action: 'suspend', ...call.body } });
      }),
  ),
  route.post(
    '/cases/:number/resume',
    commandSpec({ title: { zh: '恢复办理', en: 'End a suspension' }, permission: 'case.suspend', body: z.strictObject({}).optional() }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { decision } = await caseFor(deps, call, { number, permission: 'case.suspend' });
        await submit(deps, call, { number, decision, action: { action: 'end-suspension' } });
      }),
  ),
];

interface Splitting {
  readonly number: CaseNumber;
  readonly parts: readonly z.output<typeof Part>[];
  readonly reason: string;
}

async function split(deps: ApiDeps, call: Acting, { number, parts, reason: why }: Splitting): Promise<void> {
  const { record, decision } = await caseFor(deps, call, { number, permission: 'case.split' });
  await checkReferences(
    deps,
    parts.map(({ unit }, index) => ({ kind: 'unit', id: unit, path: `parts.${index}.unit` })),
    call,
  );
  const form = schemaOf(processOf(record.process).intake);
  const checked = await Promise.all(
    parts.map(async ({ unit, data }, index) => ({
      unit,
      data: await checkedForm(deps, { form, data, number, at: `parts.${index}.data` }, call),
    })),
  );
  await submit(deps, call, { number, decision, action: { action: 'split', parts: checked, reason: why } });
}

/** A suspension ends by itself, and not too late. @throws Problem `invalid-form` */
function refuseUntil({ policies }: ApiDeps, { at, locale }: Acting, { until, most }: { until: Instant; most?: Duration }): void {
  const { calendar, policy } = policies.current;
  const latest = most && dueAt(instantOf(at.getTime()), most, calendar, policy.timeScale);
  const isFuture = Date.parse(until) > at.getTime();
  if (isFuture && (!latest || Date.parse(until) <= Date.parse(latest))) return;
  throw new Problem('invalid-form', { errors: [{ path: 'until', message: (isFuture ? tooFar : isPast)[locale] }] });
}

const isPast = { zh: '应为将来的时间', en: 'expected a time to come' };
const tooFar = { zh: '超出政策允许的最长中止期', en: 'later than policy allows a suspension to last' };
