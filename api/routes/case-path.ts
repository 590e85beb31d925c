import { z } from 'zod';
import type { Permission } from '../../domain/access.ts';
import { CaseNumber, type Text } from '../../domain/ids.ts';
import type { ProblemSlug } from '../../domain/problems.ts';
import { CaseView } from '../views/case.ts';

export const casePath = z.object({ number: CaseNumber });

/** A text that a person writes into a command. */
export const words = z.string().trim().min(1).max(2000);

interface Command<B extends z.ZodType> {
  readonly title: Text;
  readonly permission: Permission;
  readonly body: B;
}

const commandProblems: readonly ProblemSlug[] = [
  'forbidden',
  'recused',
  'not-now',
  'case-not-open',
  'idempotency-conflict',
  'invalid-form',
];
const engineProblems: readonly ProblemSlug[] = ['engine-unavailable', 'outcome-unknown'];

/** A command that only touches the case's record. */
export const noteSpec = <B extends z.ZodType>(command: Command<B>) =>
  ({ ...command, params: casePath, idempotent: true, view: CaseView, problems: commandProblems }) as const;

/** A command that goes through the case's workflow. */
export const commandSpec = <B extends z.ZodType>(command: Command<B>) =>
  ({ ...command, params: casePath, idempotent: true, view: CaseView, problems: [...commandProblems, ...engineProblems] }) as const;
