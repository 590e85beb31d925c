import { z } from 'zod';
import type { Duty } from '../domain/recusal.ts';
import { type Role, roleIds } from '../domain/roles.ts';
import { type Reference, referenceKinds } from '../store/references.ts';
import type { JsonSchema } from './json-schema.ts';

/** An id in a form, with the place where it stands. */
export interface PlacedReference extends Reference {
  readonly path: string;
  /** The part in the case that the person is named for, and must be free to take. */
  readonly duty?: Duty | undefined;
  /** The role that the person must hold. */
  readonly role?: Role | undefined;
  /** The person must have no tie to the case's unit. */
  readonly independent?: boolean | undefined;
}

const Node = z.looseObject({
  'x-ref': z.enum(referenceKinds).optional().catch(undefined),
  'x-role': z.enum(roleIds).optional(),
  'x-independent': z.boolean().optional(),
  'x-in-force-on': z.string().optional(),
  'x-duty': z.enum(['handle', 'investigate', 'investigate-conduct', 'investigate-leadership', 'decide', 'review']).optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  items: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.record(z.string(), z.unknown())).optional(),
  oneOf: z.array(z.record(z.string(), z.unknown())).optional(),
});

/** All ids that a form's data names where its JSON Schema says `x-ref`. `data` fits the schema. */
export function referencesIn(schema: JsonSchema, data: unknown, path = 'data'): PlacedReference[] {
  const node = Node.parse(schema);
  const shapes = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter((shape) => fits(shape, data));
  const inShapes = shapes.flatMap((shape) => referencesIn(shape, data, path));
  if (typeof data === 'string')
    // Rules that are judged by another day than today are found by the form itself (workflows/kit/citations.ts).
    return node['x-ref'] && node['x-in-force-on'] === undefined
      ? [
          { kind: node['x-ref'], id: data, path, duty: node['x-duty'], role: node['x-role'], independent: node['x-independent'] },
          ...inShapes,
        ]
      : inShapes;
  if (Array.isArray(data)) return data.flatMap((each, index) => (node.items ? referencesIn(node.items, each, `${path}.${index}`) : []));
  if (data === null || typeof data !== 'object') return [];
  const fields = new Map(Object.entries(node.properties ?? {}));
  const inFields = Object.entries(data).flatMap(([name, value]) => referencesIn(fields.get(name) ?? {}, value, `${path}.${name}`));
  return [...inShapes, ...inFields];
}

/** Whether this shape of several is meant: its constant fields have their values. */
function fits(shape: JsonSchema, data: unknown): boolean {
  if (data === null || typeof data !== 'object') return true;
  const values = new Map(Object.entries(data));
  return Object.entries(Node.parse(shape).properties ?? {}).every(
    ([name, field]) => !('const' in field) || values.get(name) === field.const,
  );
}
