import type { z } from 'zod';
import { PersonId, UnitId } from '../../domain/ids.ts';
import type { Acceptance } from '../../domain/step.ts';
import type { ProcessDefinition } from './define.ts';
import { taskDefinition } from './tasks.ts';

export interface Intake {
  /** Parsed by the definition's intake form. */
  readonly data: unknown;
  readonly subject: string | null;
  readonly unit: string;
  readonly by: string;
  readonly for?: string | null;
}

/** What the store needs to accept a case of this process. */
export function acceptanceOf(definition: ProcessDefinition, intake: Intake): Acceptance {
  const data = intake.data as z.output<typeof definition.intake>;
  const subject = intake.subject === null ? null : PersonId.parse(intake.subject);
  const by = PersonId.parse(intake.by);
  const parties = (definition.parties?.(data) ?? []).map(({ person, role }) => ({ person: PersonId.parse(person), role }));
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
    parties: subject === null ? parties : [{ person: subject, role: definition.subjectRole }, ...parties],
    stage: firstStage(definition),
    first: definition.first.map((key) => {
      const { duty, role, checkpoints } = taskDefinition(definition, key);
      return { key, duty, role, ...(checkpoints ? { checkpoints } : {}), ...(role === 'subject' ? { assignee: subject ?? by } : {}) };
    }),
  };
}

/** The stage that the procedure comes to by opening its first tasks. */
function firstStage(definition: ProcessDefinition): string {
  const last = definition.first.at(-1);
  return last === undefined ? 'registered' : (taskDefinition(definition, last).stage ?? last);
}
