import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { type Draft, dropDraft, listDrafts, readDraft, saveDraft } from '../../store/drafts.ts';
import { processes } from '../../workflows/definitions.ts';
import { type Asking, findTask } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

/** A task's id, or `start:<process>` for an intake. */
const target = z.union([TaskId, z.templateLiteral(['start:', z.enum([...processes.keys()])])]);
const draftPath = z.object({ target });
/** What `POST /cases` takes beside the form belongs to the draft of a start. */
const Drafted = z.strictObject({ data: z.record(z.string(), z.unknown()), unit: UnitId.optional(), onBehalfOf: PersonId.optional() });
const DraftView = z.object({ target: z.string(), ...Drafted.shape, savedAt: Instant });

/** Forms that their author has not sent yet: kept on the server, for nobody else. Not checked before they are sent. */
export const draftRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/me/drafts',
    {
      title: { zh: '未提交的草稿', en: 'Own drafts' },
      permission: 'me',
      view: z.object({ items: z.array(DraftView.omit({ data: true })) }),
    },
    async ({ actor }) => {
      const drafts = await listDrafts(deps, actor.id);
      return { items: drafts.map(({ target: of, savedAt }) => ({ target: of, savedAt: Instant.parse(savedAt.toISOString()) })) };
    },
  ),
  route.get(
    '/me/drafts/:target',
    { title: { zh: '读取草稿', en: 'Read a draft' }, permission: 'me', params: draftPath, view: DraftView },
    async ({ actor, params }) => {
      const draft = await readDraft(deps, actor.id, params.target);
      if (draft === null) throw new Problem('not-found');
      return draftView(draft);
    },
  ),
  route.put(
    '/me/drafts/:target',
    {
      title: { zh: '保存草稿', en: 'Save a draft' },
      permission: 'me',
      params: draftPath,
      body: Drafted,
      view: DraftView,
      problems: ['task-not-open', 'recused', 'needs-second-person', 'forbidden'],
    },
    async (call) => {
      const { actor, params, body, at } = call;
      await mayDraft(deps, call, params.target);
      const { data, ...beside } = body;
      return draftView(await saveDraft(deps, actor.id, { target: params.target, data, beside, savedAt: at }));
    },
  ),
  route.delete(
    '/me/drafts/:target',
    { title: { zh: '删除草稿', en: 'Delete a draft' }, permission: 'me', params: draftPath },
    async ({ actor, params }) => dropDraft(deps, actor.id, params.target),
  ),
];

const draftView = ({ target: of, data, beside, savedAt }: Draft) =>
  DraftView.parse({ target: of, data, ...beside, savedAt: savedAt.toISOString() });

/** Only who may do a task drafts its form. */
async function mayDraft(deps: ApiDeps, call: Asking, of: string): Promise<void> {
  const id = TaskId.safeParse(of);
  if (!id.success) return;
  const { facts, taskFacts } = await findTask(deps, call, id.data);
  demand(call.actor, 'task.draft', { case: facts, task: taskFacts });
}
