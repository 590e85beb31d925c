import { z } from 'zod';
import { Instant, PersonId } from '../../domain/ids.ts';
import { type Substitute, setSubstitute, substituteOf } from '../../store/substitutes.ts';
import { processes } from '../../workflows/definitions.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { UserView, userView } from '../views/user.ts';

const reason = z.string().trim().max(200);
const SubstituteView = z.object({
  to: PersonId,
  from: Instant,
  until: Instant,
  processes: z.array(z.string()).nullable(),
  reason: reason.nullable(),
});

const NewSubstitute = z.strictObject({
  to: PersonId,
  from: Instant,
  until: Instant,
  processes: z
    .array(z.enum([...processes.keys()]))
    .min(1)
    .optional(),
  reason: reason.min(1).optional(),
});
/** Ends what was arranged. */
const Nobody = z.strictObject({ to: z.null() });

const MeView = UserView.extend({ substitute: SubstituteView.nullable() });

export const meRoutes = ({ db, policies }: ApiDeps): Route[] => [
  route.get('/me', { title: { zh: '本人', en: 'Who is signed in' }, permission: 'me', view: MeView }, async ({ actor, at }) => ({
    ...userView(actor, policies.current.policy.timeZone),
    substitute: substituteView(await substituteOf(db, actor.id, at)),
  })),
  route.put(
    '/me/substitute',
    {
      title: { zh: '委托他人代办，或结束委托', en: 'Name who stands in for you, or nobody' },
      permission: 'me',
      body: z.union([NewSubstitute, Nobody]),
      view: z.object({ substitute: SubstituteView.nullable() }),
      problems: ['invalid-form'],
    },
    async ({ actor, body, at, locale }) => {
      await setSubstitute(db, actor.id, { substitute: body.to === null ? null : substituteFrom(body), at, locale });
      return { substitute: substituteView(await substituteOf(db, actor.id, at)) };
    },
  ),
];

const substituteFrom = ({ to, from, until, processes, reason: why }: z.output<typeof NewSubstitute>): Substitute => ({
  to,
  from: new Date(from),
  until: new Date(until),
  processes: processes ?? null,
  reason: why ?? null,
});

const substituteView = (substitute: Substitute | null) =>
  substitute && { ...substitute, from: substitute.from.toISOString(), until: substitute.until.toISOString() };
