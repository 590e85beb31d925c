import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { dayNumberOf } from '../../domain/calendar.ts';
import { type RestrictionKind, reasonsAgainst, restrictionKinds } from '../../domain/eligibility.ts';
import { CaseNumber, PersonId, PlainDate } from '../../domain/ids.ts';
import { settingsOf } from '../../domain/policy.ts';
import { Problem } from '../../domain/problems.ts';
import { readPerson } from '../../store/lists/people.ts';
import { restrictionsOf } from '../../store/restrictions.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';

const kinds = Object.keys(restrictionKinds) as [RestrictionKind, ...RestrictionKind[]];

/** `until`: the last day on which it stands against the person. `case` only for whoever may know of it. */
const EligibilityView = z.object({
  eligible: z.boolean(),
  reasons: z.array(z.object({ kind: z.enum(kinds), until: PlainDate, case: CaseNumber.optional() })),
});

export const eligibilityRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/people/:id/eligibility',
    {
      title: { zh: '能否评先评优、晋升', en: 'Whether someone can be put forward' },
      permission: 'person.eligibility',
      params: z.object({ id: PersonId }),
      query: z.object({ for: z.enum(['honours', 'promotion']), on: PlainDate.optional() }),
      view: EligibilityView,
    },
    async ({ actor, params: { id }, query: { for: purpose, on }, at }) => {
      const person = await readPerson(deps.db, id, at);
      if (person === null) throw new Problem('not-found');
      demand(actor, 'person.eligibility', person);
      const { calendar, policy } = deps.policies.current;
      const today = calendar.dayAt(at.getTime()).date;
      const day = dayNumberOf(on ?? today);
      const from = on === undefined || on === today ? at.getTime() : calendar.startOf(day);
      const rows = await restrictionsOf(deps.db, id, { since: new Date(from), actor, viewing: viewingAt(at) });
      const { measuresBar } = settingsOf(policy, 'eligibility-bar', z.object({ measuresBar: z.boolean() }));
      const reasons = reasonsAgainst(purpose, rows, { asked: { from, until: calendar.startOf(day + 1) }, measuresBar });
      return {
        eligible: reasons.length === 0,
        // The end is not part of it: 24:00 of a day belongs to that day.
        reasons: reasons.map(({ kind, until, number }) => ({
          kind,
          until: calendar.dayAt(until - 1).date,
          ...(number !== null && { case: number }),
        })),
      };
    },
  ),
];
