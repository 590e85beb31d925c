import { z } from 'zod';
import { holdsAny } from '../../domain/actor.ts';
import { CaseNumber, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { type Acting, noteChanges, once, submit } from '../act.ts';
import { caseFor } from '../case-for.ts';
import { commandSettings } from '../command-rules.ts';
import type { ApiDeps } from '../deps.ts';
import { checkReferences } from '../form.ts';
import { type Route, route } from '../route.ts';
import { commandSpec, words } from './case-path.ts';

/** What changes the course of a case. */
export const caseCommandRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/cases/:number/withdraw',
    commandSpec({ title: { zh: '撤回', en: 'Withdraw a case' }, permission: 'case.withdraw', body: z.strictObject({ reason: words }) }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { decision } = await caseFor(deps, call, { number, permission: 'case.withdraw' });
        await submit(deps, call, { number, decision, action: { action: 'withdraw', reason: call.body.reason } });
      }),
  ),
  route.post(
    '/cases/:number/transfer',
    commandSpec({
      title: { zh: '移交其他单位', en: 'Transfer a case to another unit' },
      permission: 'case.transfer',
      body: z.strictObject({ unit: UnitId, reason: words }),
    }),
    async (call) => once(deps, call, call.params.number, () => transfer(deps, call, { number: call.params.number, ...call.body })),
  ),
  route.post(
    '/cases/:number/merge',
    commandSpec({
      title: { zh: '并案', en: 'Merge a case into another' },
      permission: 'case.merge',
      body: z.strictObject({ into: CaseNumber }),
    }),
    async (call) => once(deps, call, call.params.number, () => merge(deps, call, { number: call.params.number, into: call.body.into })),
  ),
  route.post(
    '/cases/:number/reopen',
    commandSpec({ title: { zh: '重新启动', en: 'Reopen a case' }, permission: 'case.reopen', body: z.strictObject({ reason: words }) }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { decision } = await caseFor(deps, call, { number, permission: 'case.reopen' });
        await noteChanges(deps, call, { number, decision, changes: [{ kind: 'reopen', reason: call.body.reason }] });
        await deps.starter.startNow(number);
      }),
  ),
];

/** Beyond the free hops the supervision desk decides first; what it asks for itself needs no more approval. */
async function transfer(
  deps: ApiDeps,
  call: Acting,
  { number, unit, reason }: { number: CaseNumber; unit: UnitId; reason: string },
): Promise<void> {
  const { record, decision } = await caseFor(deps, call, { number, permission: 'case.transfer' });
  await checkReferences(deps, [{ kind: 'unit', id: unit, path: 'unit' }], call);
  if (unit === record.unit) throw new Problem('not-now');
  const { maxTransfers } = await commandSettings(deps, record);
  const approved = record.transfers < maxTransfers || holdsAny(call.actor, ['supervision-desk']);
  await submit(deps, call, { number, decision, action: { action: 'transfer', unit, reason, approved } });
}

/** Into an open case of the same process whose contents the actor sees. */
async function merge(deps: ApiDeps, call: Acting, { number, into }: { number: CaseNumber; into: CaseNumber }): Promise<void> {
  const { record, decision } = await caseFor(deps, call, { number, permission: 'case.merge' });
  const target = await caseFor(deps, call, { number: into, permission: 'case.read' });
  if (target.decision.sight !== 'full') throw new Problem('forbidden');
  if (target.record.state === 'closed') throw new Problem('case-not-open');
  if (into === number || target.record.process !== record.process) throw new Problem('not-now');
  await submit(deps, call, { number, decision, action: { action: 'merge', into } });
}
