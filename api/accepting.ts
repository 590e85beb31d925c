import { z } from 'zod';
import { demand } from '../domain/access.ts';
import type { Actor } from '../domain/actor.ts';
import { PersonId, UnitId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Acceptance } from '../domain/step.ts';
import { placeOf } from '../store/people-places.ts';
import { processes, processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import type { Asking } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { checkedForm, checkReferences } from './form.ts';

export const NewCase = z.strictObject({
  process: z.enum([...processes.keys()]),
  data: z.unknown(),
  /** The person whom the case is about; the caller where the process is about its appellant. */
  subject: PersonId.optional(),
  unit: UnitId.optional(),
  /** Whose case it is where someone else sends it in. */
  onBehalfOf: PersonId.optional(),
});
export type NewCase = z.output<typeof NewCase>;

/** Judges an intake as a whole, and changes nothing. @throws Problem with the reason of the refusal */
export async function accepting(deps: ApiDeps, asking: Asking, body: NewCase): Promise<Acceptance> {
  const { actor, at } = asking;
  const definition = processOf(body.process);
  const { startableBy, overseenBy } = definition;
  demand(actor, 'case.start', { startableBy, overseenBy, onBehalfOf: null });
  const references = (['subject', 'onBehalfOf', 'unit'] as const).flatMap((path) => {
    const id = body[path];
    return id === undefined ? [] : [{ path, id, kind: path === 'unit' ? ('unit' as const) : ('person' as const) }];
  });
  await checkReferences(deps, references, asking);

  const data = await checkedForm(deps, { form: schemaOf(definition.intake), data: body.data }, asking);
  const named = definition.subjectFrom?.(data);
  const isOfAppellant = definition.subjectRole === 'appellant' || definition.subjectRole === 'reporter';
  const isConcerned = named === actor.id || actor.relatives.some((relative) => relative === named);
  if (!isOfAppellant && named !== undefined && isConcerned) throw new Problem('recused');
  const subject =
    (named === undefined ? undefined : PersonId.parse(named)) ?? body.subject ?? body.onBehalfOf ?? (isOfAppellant ? actor.id : null);
  // Whom the form names is spoken about, not for.
  const spokenFor = body.onBehalfOf ?? (isOfAppellant && named === undefined ? subject : null);
  const place = subject === null || subject === actor.id ? null : await placeOf(deps.db, subject, at);
  if (spokenFor !== null && spokenFor !== actor.id) {
    demand(actor, 'case.start', { startableBy, overseenBy, onBehalfOf: await placeOf(deps.db, spokenFor, at) });
  }
  return acceptanceOf(definition, {
    data,
    subject,
    unit: body.unit ?? place?.unit ?? ownUnit(actor),
    by: actor.id,
    for: body.onBehalfOf ?? null,
  });
}

/** @throws Error for someone who belongs nowhere: store/actor.ts gives everyone the role of their unit */
function ownUnit(actor: Actor): UnitId {
  const home = actor.roles.find(({ role }) => role === 'officer');
  if (home === undefined) throw new Error(`${actor.id} belongs to no unit`);
  return home.unit;
}
