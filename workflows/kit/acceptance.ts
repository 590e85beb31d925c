import type { z } from 'zod';
import { PersonId, UnitId } from '../../domain/ids.ts';
import type { Acceptance } from '../../domain/step.ts';
import { attachmentsIn } from './attachments.ts';
import { citationsIn } from './citations.ts';
import { countsIn } from './counts.ts';
import { type ProcessDefinition, schemaOf } from './define.ts';
import { taskDefinition } from './tasks.ts';

export interface Intake {
  /** Parsed by the definition's intake form. */
  readonly data: unknown;
  readonly subject: string | null;
  readonly unit: string;
  /** Null where the bureau itself opens it: a period of a round. */
  readonly by: string | null;
  readonly for?: string | null;
  /** Opened by the decision of another case. */
  readonly spawned?: boolean;
}

/** What the store needs to accept a case of this process. */
export function acceptanceOf(definition: ProcessDefinition, intake: Intake): Acceptance {
  const data = intake.data as z.output<typeof definition.intake>;
  const about = definition.subjectFrom?.(data) ?? intake.subject;
  const subject = about === null ? null : PersonId.parse(about);
  const usual = definition.firstFor?.(data) ?? definition.first;
  const first = intake.spawned ? (definition.firstWhenSpawned ?? usual) : usual;
  const by = intake.by === null ? null : PersonId.parse(intake.by);
  const openers = [by, intake.for ?? null].filter((id) => id !== null).map((id) => PersonId.parse(id));
  const asked = subject ?? by;
  const named = (definition.parties?.(data) ?? []).map(({ person, role }) => ({ person: PersonId.parse(person), role }));
  const caller = definition.openerRole && by !== null && by !== subject ? [{ person: by, role: definition.openerRole }] : [];
  const parties = [...named, ...caller];
  return {
    process: definition.id,
    prefix: definition.prefix,
    title: definition.caseTitle(data),
    data,
    confidentiality: definition.confidentiality,
    nameWithheld: definition.withholdsName?.(data) ?? false,
    subject,
    unit: UnitId.parse(intake.unit),
    by,
    for: intake.for ? PersonId.parse(intake.for) : null,
    ...(definition.oneWithin && subject !== null ? { oneWithin: definition.oneWithin } : {}),
    ...(definition.eachPeriod ? { ownPeriod: { rhythm: definition.eachPeriod, ahead: definition.isAhead?.(data) ?? false } } : {}),
    cites: citationsIn(schemaOf(definition.intake), data, data),
    // What another case hands on stays where it is.
    attachments: intake.spawned ? [] : attachmentsIn(schemaOf(definition.intake), data),
    parties: subject === null ? parties : [{ person: subject, role: definition.subjectRole }, ...parties],
    stage: firstStage(definition, first),
    ...(definition.counts ? { counts: countsIn(definition.counts, data) } : {}),
    first: first.map((key) => {
      const { duty, role, checkpoints, adverse } = taskDefinition(definition, key);
      return {
        key,
        duty,
        role,
        ...(checkpoints ? { checkpoints } : {}),
        ...(adverse ? { adverse } : {}),
        // A proposal is decided by someone else.
        ...(adverse && duty === 'decide' ? { notBy: openers } : {}),
        ...(role === 'subject' && asked ? { assignee: asked } : {}),
      };
    }),
  };
}

/** The stage that the procedure comes to by opening its first tasks. */
function firstStage(definition: ProcessDefinition, first: readonly string[]): string {
  const last = first.at(-1);
  return last === undefined ? 'registered' : (taskDefinition(definition, last).stage ?? last);
}
