import { z } from 'zod';
import type { Actor } from '../../domain/actor.ts';
import { CaseNumber, Instant, ItemId, type Locale, PersonId, Text, UnitId } from '../../domain/ids.ts';
import { coverageRate, itemStates } from '../../domain/round-item.ts';
import type { coverageFor, ItemRow } from '../../store/lists/items.ts';
import { processOf } from '../../workflows/definitions.ts';
import { type ItemDefinition, schemaOf } from '../../workflows/kit/define.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { ItemOffers } from './offers.ts';

const needs = ['asked', 'agreed', 'declined'] as const;

/** Someone, or a unit, whom a round covers. */
export const ItemView = z.object({
  id: ItemId,
  case: CaseNumber,
  process: z.string(),
  key: z.string(),
  title: Text,
  /** Null where the unit itself is on the list. */
  person: PersonId.nullable(),
  personName: z.string().nullable(),
  unit: UnitId,
  unitName: z.string(),
  assignee: PersonId.nullable(),
  assigneeName: z.string().nullable(),
  state: z.enum(itemStates),
  /** Why it need not be covered any more: left the service · no longer on the roster · struck out by hand. */
  struckAs: z.enum(['left', 'off-roster', 'by-hand']).nullable(),
  dueAt: Instant,
  overdue: z.boolean(),
  escalationLevel: z.int(),
  closedAt: Instant.nullable(),
  /** For the person and whoever met them: whether a need was raised, and what the person said to it. */
  need: z.enum(needs).nullable().optional(),
  /** For the person alone: the appeal that they opened about it. */
  appeal: CaseNumber.nullable().optional(),
  /** What was recorded, for whoever may read it; `redacted` for who else sees the item. */
  data: z.unknown().optional(),
  redacted: z.boolean().optional(),
  /** What the reader may do with it; where its round is shown. */
  may: ItemOffers.optional(),
});

export function itemView(row: ItemRow, { actor, now }: { readonly actor: Actor; readonly now: Date }) {
  const { number, key, dueAt, closedAt, closedBy, level, need, needCase, unitPath, ...rest } = row;
  const isOwn = row.person === actor.id;
  return {
    ...rest,
    case: number,
    key,
    title: itemTitle(row.process, key),
    dueAt: dueAt.toISOString(),
    overdue: row.state === 'open' && dueAt < now,
    escalationLevel: level,
    closedAt: closedAt?.toISOString() ?? null,
    ...((isOwn || closedBy === actor.id) && { need: isOwn || need === null ? need : 'asked' }),
    ...(isOwn && { appeal: needCase }),
  };
}

/** How far a round has come, by list. `rate`: whole per cent of those to be covered, null where there is nobody. */
export const CoverageView = z.object({
  key: z.string(),
  title: Text,
  open: z.int(),
  done: z.int(),
  struck: z.int(),
  missed: z.int(),
  cancelled: z.int(),
  rate: z.int().nullable(),
});

type CoverageRow = Awaited<ReturnType<typeof coverageFor>>[number];

export const coverageView = (process: string, row: CoverageRow): z.input<typeof CoverageView> => ({
  ...row,
  title: itemTitle(process, row.key),
  rate: coverageRate(row),
});

/** What is recorded of each, by list: for whoever sees to it, also without any of the process's roles. */
export const ItemForms = z.record(z.string(), z.record(z.string(), z.unknown()));

export const itemForms = (process: string, locale: Locale): z.input<typeof ItemForms> =>
  Object.fromEntries(Object.entries(processOf(process).items ?? {}).map(([key, { form }]) => [key, jsonSchemaOf(schemaOf(form), locale)]));

export const itemTitle = (process: string, key: string): Text => itemDefinition(process, key).title;

/** @throws Error for a list that the process does not have */
export function itemDefinition(process: string, key: string): ItemDefinition {
  const item = processOf(process).items?.[key];
  if (item === undefined) throw new Error(`${process} has no items ${key}`);
  return item;
}
