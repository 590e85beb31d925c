import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { type CaseNumber, Instant, PersonId } from '../../domain/ids.ts';
import type { Change } from '../../domain/step.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { type Acting, carryOut, noteChanges, once } from '../act.ts';
import { caseFor, findCase } from '../case-for.ts';
import { checkReaders, circulating } from '../circulating.ts';
import type { ApiDeps } from '../deps.ts';
import { checkReferences } from '../form.ts';
import { type Route, route } from '../route.ts';
import { urging } from '../urging.ts';
import { noteSpec, words } from './case-path.ts';

/** An hour, in milliseconds: how long broken glass stays open (domain.md §4.6). */
const GLASS_MS = 3_600_000;

/** Parts that can be given by hand; the others come from what people do. */
const givenParts = ['appellant', 'subject', 'reported', 'witness', 'informed', 'reader', 'consulted'] as const;

const holdTitles = {
  hold: { zh: '保全：不得清除', en: 'Place a case under a legal hold' },
  release: { zh: '解除保全', en: 'Lift a legal hold' },
};

/** What leaves the course of a case as it is. */
export const caseNoteRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/cases/:number/comment',
    noteSpec({ title: { zh: '留言', en: 'Comment on a case' }, permission: 'case.comment', body: z.strictObject({ text: words }) }),
    async (call) => once(deps, call, call.params.number, () => comment(deps, call, { number: call.params.number, text: call.body.text })),
  ),
  route.post(
    '/cases/:number/urge',
    noteSpec({ title: { zh: '催办', en: 'Urge a case' }, permission: 'case.urge', body: z.strictObject({ text: words }) }),
    async (call) =>
      once(deps, call, call.params.number, async () =>
        carryOut(deps, call, await urging(deps, call, { number: call.params.number, text: call.body.text })),
      ),
  ),
  route.post(
    '/cases/:number/copy',
    noteSpec({
      title: { zh: '抄送传阅', en: 'Copy a case to others' },
      permission: 'case.copy',
      body: z.strictObject({ people: z.array(PersonId).min(1).max(50), note: words.optional(), readBy: Instant.optional() }),
    }),
    async (call) =>
      once(deps, call, call.params.number, async () =>
        carryOut(deps, call, await circulating(deps, call, { number: call.params.number, ...call.body })),
      ),
  ),
  route.post(
    '/cases/:number/participants',
    noteSpec({
      title: { zh: '添加参与人', en: 'Add a participant' },
      permission: 'case.participants',
      body: z.strictObject({ person: PersonId, role: z.enum(givenParts) }),
    }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { decision, record, facts } = await caseFor(deps, call, { number, permission: 'case.participants' });
        const { person, role } = call.body;
        if (role === 'reader' || role === 'informed')
          await checkReaders(deps, call, { record, facts, receivers: [{ person, path: 'person' }] });
        else await checkReferences(deps, [{ kind: 'person', id: person, path: 'person' }], call);
        await noteChanges(deps, call, { number, decision, changes: [{ kind: 'participant', ...call.body }] });
      }),
  ),
  route.post(
    '/cases/:number/recuse',
    noteSpec({
      title: { zh: '回避', en: 'Stand down, or ask someone to' },
      permission: 'case.recuse',
      body: z.strictObject({ person: PersonId, reason: words }),
    }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { person, reason } = call.body;
        const { facts } = await findCase(deps, call, number);
        const decision = demand(call.actor, 'case.recuse', { ...facts, target: person === call.actor.id ? 'self' : 'other' });
        await checkReferences(deps, [{ kind: 'person', id: person, path: 'person' }], call);
        await noteChanges(deps, call, { number, decision, changes: [{ kind: 'recuse', person, reason }] });
      }),
  ),
  ...(['hold', 'release'] as const).map((kind) =>
    route.post(
      `/cases/:number/${kind}`,
      noteSpec({ title: holdTitles[kind], permission: `case.${kind}`, body: z.strictObject({ reason: words }) }),
      async (call) =>
        once(deps, call, call.params.number, async () => {
          const { number } = call.params;
          const { decision } = await caseFor(deps, call, { number, permission: `case.${kind}` });
          await noteChanges(deps, call, { number, decision, changes: [{ kind, reason: call.body.reason }] });
        }),
    ),
  ),
  route.post(
    '/cases/:number/break-glass',
    noteSpec({
      title: { zh: '紧急调阅', en: 'Break the glass for an hour' },
      permission: 'case.break-glass',
      body: z.strictObject({ reason: words }),
    }),
    async (call) =>
      once(deps, call, call.params.number, () => breakGlass(deps, call, { number: call.params.number, reason: call.body.reason })),
  ),
];

async function comment(deps: ApiDeps, call: Acting, { number, text }: { number: CaseNumber; text: string }): Promise<void> {
  const { record, decision } = await caseFor(deps, call, { number, permission: 'case.comment' });
  const told = [record.handler, record.subject].find((person) => person !== null && person !== call.actor.id);
  const changes: Change[] = [{ kind: 'event', type: 'commented', data: { text } }];
  await noteChanges(deps, call, { number, decision, changes: told ? [...changes, tellOf(told, 'commented')] : changes });
}

/** The data's owner and the auditor are told (domain.md §4.6). */
async function breakGlass(deps: ApiDeps, call: Acting, { number, reason }: { number: CaseNumber; reason: string }): Promise<void> {
  const { record, decision } = await caseFor(deps, call, { number, permission: 'case.break-glass' });
  const changes: Change[] = [
    { kind: 'break-glass', until: instantOf(call.at.getTime() + GLASS_MS), reason },
    { kind: 'notify', to: { role: 'auditor' }, notice: 'break-glass' },
  ];
  await noteChanges(deps, call, {
    number,
    decision,
    changes: record.subject ? [...changes, tellOf(record.subject, 'break-glass')] : changes,
  });
}

const tellOf = (person: PersonId, notice: string): Change => ({ kind: 'notify', to: { person }, notice });
