// Imports go down only, as docs/ARCHITECTURE draws them: `npm run check` calls this, import-directions.test.ts proves that each rule bites.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

const folders = ['domain', 'documents', 'workflows', 'activities', 'store', 'platform', 'api', 'web', 'demo', 'test', 'bench', 'scripts'];

interface Layer {
  readonly name: string;
  readonly files: RegExp;
  readonly may: readonly string[] | 'all';
  readonly types?: readonly string[];
  readonly not?: RegExp;
}

interface Import {
  readonly to: string;
  readonly isPackage: boolean;
  readonly typeOnly: boolean;
}

type Imports = ReadonlyMap<string, readonly Import[]>;

/** The first layer whose pattern fits is a file's. `may`: layers it imports; `types`: those of which it imports types only; `not`: packages it never imports. */
const layers: readonly Layer[] = [
  { name: 'test', files: /\.test\.tsx?$|^(test|bench|scripts)\//, may: 'all' },
  { name: 'domain', files: /^domain\//, may: ['domain'], not: /^@temporalio\/|^node:(?!crypto$|module$)/ },
  {
    name: 'definition',
    files:
      /\.definition\.ts$|^workflows\/(definitions|kit\/(define|fields|tasks|submission|acceptance|citations|counts|attachments|marked-fields|medical-fields|round-form|service-form|hearing-form|investigation-form))\.ts$/,
    may: ['domain', 'definition'],
    not: /^@temporalio\/|^node:/,
  },
  { name: 'kit', files: /^workflows\/kit\//, may: ['domain', 'definition', 'kit'], types: ['activities'], not: /^node:/ },
  { name: 'procedure', files: /^workflows\//, may: ['domain', 'definition', 'kit', 'procedure'], types: ['activities'], not: /^node:/ },
  { name: 'platform', files: /^platform\//, may: ['platform', 'generated'] },
  { name: 'store', files: /^store\//, may: ['store', 'domain', 'platform', 'generated'] },
  { name: 'documents', files: /^documents\//, may: ['documents', 'domain'] },
  { name: 'activities', files: /^activities\//, may: ['activities', 'store', 'domain', 'platform', 'definition'] },
  { name: 'api', files: /^api\//, may: ['api', 'documents', 'store', 'domain', 'platform', 'definition'] },
  { name: 'web', files: /^web\//, may: ['web'] },
  { name: 'demo', files: /^demo\//, may: ['demo', 'store', 'domain', 'platform', 'definition'] },
  { name: 'generated', files: /^generated\//, may: ['generated'] },
  {
    name: 'entry point',
    files: /^[\w.-]+\.ts$/,
    may: ['entry point', 'api', 'activities', 'store', 'domain', 'platform', 'definition', 'demo'],
  },
];

/** @returns one line for each import that goes the wrong way and each circle, `from imports to: why` */
export function importFaults(root: string): readonly string[] {
  const files = [...folders.flatMap((folder) => sourcesIn(root, folder)), ...readdirSync(root).filter((name) => /\.ts$/.test(name))];
  const imports = new Map(files.map((file) => [file, importsOf(root, file)]));
  const faults = [...imports].flatMap(([file, wanted]) => wanted.flatMap((one) => faultOf(file, one)));
  return [...faults, ...circles(imports)];
}

function faultOf(file: string, { to, isPackage, typeOnly }: Import): readonly string[] {
  const from = layerOf(file);
  if (isPackage) return from.not?.test(to) ? [`${file} imports ${to}: ${from.name} stays free of it`] : [];
  const target = layerOf(to);
  const allowed = from.may === 'all' || from.may.includes(target.name) || (typeOnly && from.types?.includes(target.name));
  if (allowed) return [];
  return [`${file} imports ${to}: ${from.name} imports ${from.may.join(', ')}${from.types ? `, and types of ${from.types}` : ''} only`];
}

function layerOf(file: string): Layer {
  const layer = layers.find(({ files }) => files.test(file));
  if (layer === undefined)
    throw new Error(`${file} belongs to no layer: put it where architecture.md has a place for it, or name the layer here`);
  return layer;
}

function importsOf(root: string, file: string): readonly Import[] {
  const { body } = parseSync(readFileSync(path.join(root, file), 'utf8'), {
    syntax: 'typescript',
    tsx: file.endsWith('x'),
    target: 'es2022',
  });
  return body.flatMap((statement) => {
    if (!('source' in statement) || !statement.source) return [];
    const { value } = statement.source;
    const isPackage = !value.startsWith('.');
    const typeOnly = 'typeOnly' in statement && statement.typeOnly;
    return [{ to: isPackage ? value : path.join(path.dirname(file), value), isPackage, typeOnly }];
  });
}

function circles(imports: Imports): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) return void found.push(`${[...trail.slice(trail.indexOf(file)), file].join(' → ')}: a circle`);
    if (done.has(file)) return;
    for (const { to, isPackage, typeOnly } of imports.get(file) ?? []) if (!isPackage && !typeOnly) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}

function sourcesIn(root: string, folder: string): readonly string[] {
  const place = path.join(root, folder);
  const names = existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }) : [];
  return names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')).map((name) => `${folder}/${name}`);
}
