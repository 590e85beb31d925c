import type { Role } from '../domain/roles.ts';
import type { CaseStep, Change } from '../domain/step.ts';
import { Accountability } from './discipline/accountability.definition.ts';
import { Clue } from './discipline/clue.definition.ts';
import { Discipline } from './discipline/discipline.definition.ts';
import { DualInvestigation } from './discipline/dual-investigation.definition.ts';
import { EligibilityBar } from './discipline/eligibility-bar.definition.ts';
import { Measure } from './discipline/measure.definition.ts';
import { WarningTalk } from './discipline/warning-talk.definition.ts';
import { CareVisit } from './hardship/care-visit.definition.ts';
import { HardshipFile } from './hardship/hardship-file.definition.ts';
import { InjuryCare } from './hardship/injury-care.definition.ts';
import { MutualAid } from './hardship/mutual-aid.definition.ts';
import { PostSubstitution } from './hardship/post-substitution.definition.ts';
import { Appeal } from './interests/appeal.definition.ts';
import { UpwardReport } from './interests/upward-report.definition.ts';
import { acceptanceOf } from './kit/acceptance.ts';
import { type ProcessDefinition, schemaOf } from './kit/define.ts';
import { InspectionOrder } from './management/inspection-order.definition.ts';
import { Rectification } from './management/rectification.definition.ts';
import { Supervision } from './management/supervision.definition.ts';
import { DutyExemption } from './protection/duty-exemption.definition.ts';
import { RightsProtection } from './protection/rights-protection.definition.ts';
import { AnnualLeave } from './service/annual-leave.definition.ts';
import { GrassrootsVisit } from './service/grassroots-visit.definition.ts';
import { HealthCheck } from './service/health-check.definition.ts';
import { HeartTalk } from './service/heart-talk.definition.ts';
import { MentalHealth } from './service/mental-health.definition.ts';

/** What every process is, for the API and the activities; index.ts has their procedures for the worker. A test keeps the two alike. */
const all: readonly ProcessDefinition[] = [
  Accountability,
  AnnualLeave,
  Appeal,
  CareVisit,
  Clue,
  Discipline,
  DualInvestigation,
  DutyExemption,
  EligibilityBar,
  GrassrootsVisit,
  HardshipFile,
  HealthCheck,
  HeartTalk,
  InjuryCare,
  InspectionOrder,
  Measure,
  MentalHealth,
  MutualAid,
  PostSubstitution,
  Rectification,
  RightsProtection,
  Supervision,
  UpwardReport,
  WarningTalk,
];

export const processes: ReadonlyMap<string, ProcessDefinition> = new Map(all.map((definition) => [definition.id, definition]));

/** Which roles oversee each process. */
export const oversight: Readonly<Record<string, readonly Role[]>> = Object.fromEntries(all.map(({ id, overseenBy }) => [id, overseenBy]));

/** @throws Error for a process of another build: cases of it exist, but their definition is gone */
export function processOf(id: string): ProcessDefinition {
  const found = processes.get(id);
  if (!found) throw new Error(`there is no process ${id}`);
  return found;
}

/** How a case that another one opens is accepted: by whoever took the step. What a clock opens nobody opened; whoever raised the other case would be named by it. */
export const acceptanceOfSpawn = (spawn: Extract<Change, { kind: 'spawn' }>, from: CaseStep, unit: string) => {
  const definition = processOf(spawn.process);
  const data = schemaOf(definition.intake).parse(spawn.data);
  return acceptanceOf(definition, { data, subject: spawn.subject, unit: spawn.unit ?? unit, by: from.by, spawned: true });
};
