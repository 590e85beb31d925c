import { z } from 'zod';
import { bundleFor, type Masks, peopleIn } from '../../domain/bundle.ts';
import { type CaseNumber, Instant, type Locale, PersonId, PlainDate, Text } from '../../domain/ids.ts';
import {
  type FilingOfRecord,
  type Inquiry,
  type InvestigationRecord,
  inquiries,
  investigatorOf,
  type RecordContent,
  type RecordKind,
  recordKinds,
} from '../../domain/investigation.ts';
import { namesOf } from '../../store/events.ts';
import { recordsOf } from '../../store/investigation.ts';
import { noteLook } from '../../store/looks.ts';
import { attachmentsIn } from '../../workflows/kit/attachments.ts';
import { type Form, schemaOf } from '../../workflows/kit/define.ts';
import { recordForms } from '../../workflows/kit/investigation-form.ts';
import { type Acting, noteChanges, once } from '../act.ts';
import { caseFor, type FoundCase } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { checkedForm } from '../form.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { type Route, route } from '../route.ts';
import { casePath, noteSpec, words } from './case-path.ts';

const kindOf = <K extends keyof typeof recordForms>(record: K) =>
  z.strictObject({
    record: z.literal(record),
    data: z.unknown(),
    /** Of which investigation, for whoever could mean either. */
    inquiry: z.enum(inquiries).optional(),
    /** The number of the record that this one corrects. */
    replaces: z.int().min(1).optional(),
    reason: words.optional(),
  });

const NewRecord = z.discriminatedUnion('record', [
  kindOf('allegation'),
  kindOf('party'),
  kindOf('interview'),
  kindOf('evidence'),
  kindOf('finding'),
]);

const RecordView = z.object({
  no: z.int(),
  inquiry: z.enum(inquiries),
  record: z.enum(Object.keys(recordForms) as [keyof typeof recordForms]),
  data: z.unknown(),
  by: PersonId,
  at: Instant,
  replaces: z.int().nullable(),
  reason: z.string().nullable(),
});

const BundleView = z.object({
  allegations: z.array(
    z.object({
      no: z.int(),
      actOn: PlainDate,
      ground: z.string(),
      facts: z.string(),
      finding: z.object({ result: z.string(), reasons: z.string() }).nullable(),
    }),
  ),
  evidence: z.array(z.object({ no: z.int(), title: z.string(), type: z.string(), shows: z.string(), attachments: z.array(z.string()) })),
  statements: z.array(z.object({ no: z.int(), own: z.boolean(), said: z.string() })),
  leftOut: z.array(z.object({ no: z.int(), record: z.string(), reason: z.string() })),
});

/** 调查卷: the file of an investigation as data, and what of it the person heard is shown. */
export const caseInquiryRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/cases/:number/records',
    {
      ...noteSpec({
        title: { zh: '记入调查卷', en: 'Put an entry into the file of the investigation' },
        permission: 'case.file-record',
        body: NewRecord,
      }),
      problems: ['forbidden', 'recused', 'not-now', 'invalid-form', 'idempotency-conflict', 'rule-not-in-force', 'attachment-not-usable'],
    },
    async (call) => once(deps, call, call.params.number, () => file(deps, call, { number: call.params.number, ...call.body })),
  ),
  route.get(
    '/cases/:number/records',
    {
      title: { zh: '调查卷', en: 'The file of the investigation' },
      permission: 'case.records',
      params: casePath,
      query: z.object({ inquiry: z.enum(inquiries).optional() }),
      /** `forms`: what an entry of each kind holds. */
      view: z.object({
        items: z.array(RecordView),
        forms: z.record(z.string(), z.object({ title: Text, form: z.record(z.string(), z.unknown()) })),
      }),
      problems: ['forbidden', 'recused'],
    },
    async (call) => {
      const { number } = call.params;
      await caseFor(deps, call, { number, permission: 'case.records' });
      const records = await recordsOf(deps, number);
      await noteLook(deps.db, { number, person: call.actor.id, what: 'records', at: call.at });
      const items = records.filter(({ inquiry }) => call.query.inquiry === undefined || inquiry === call.query.inquiry);
      return { items, forms: formsIn(call.locale) };
    },
  ),
  route.get(
    '/cases/:number/bundle',
    {
      title: { zh: '告知材料（已作保密处理）', en: 'What the person heard is shown of the file' },
      permission: 'case.bundle',
      params: casePath,
      view: BundleView,
      problems: ['forbidden'],
    },
    async (call) => {
      const { number } = call.params;
      const { facts } = await caseFor(deps, call, { number, permission: 'case.bundle' });
      const records = await recordsOf(deps, number);
      await noteLook(deps.db, { number, person: call.actor.id, what: 'bundle', at: call.at });
      return bundleFor(call.actor.id, records, await masksFor(deps, call.actor.id, { records, facts }));
    },
  ),
];

function formsIn(locale: Locale) {
  const forms: Readonly<Record<RecordKind, Form>> = recordForms;
  const kinds = Object.keys(recordKinds) as RecordKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, { title: recordKinds[kind], form: jsonSchemaOf(schemaOf(forms[kind]), locale) }]));
}

type Filing = z.output<typeof NewRecord> & { readonly number: CaseNumber };

async function file(deps: ApiDeps, call: Acting, { number, record, data, inquiry, replaces, reason }: Filing): Promise<void> {
  const { record: found, facts, decision } = await caseFor(deps, call, { number, permission: 'case.file-record' });
  const form = recordForms[record]();
  const checked = await checkedForm(deps, { form, data, participants: found.participants, number }, call);
  const mine = inquiries.filter((each) =>
    facts.participants.some(({ person, role }) => person === call.actor.id && role === investigatorOf[each]),
  );
  const filing = {
    // The form of this kind has just parsed it.
    ...({ record, data: checked } as RecordContent),
    inquiry: inquiry ?? (mine[0] as Inquiry),
    ...(replaces !== undefined && { replaces }),
    ...(reason !== undefined && { reason }),
    ...(attachmentsIn(form, checked).length > 0 && { attachments: attachmentsIn(form, checked) }),
  } satisfies FilingOfRecord;
  await noteChanges(deps, call, { number, decision, changes: [{ kind: 'file-record', ...filing }] });
}

/** 甲、乙、丙 …: everyone whose name the file or the case holds, but the reader. Longer names first, so that no part of one is left over. */
async function masksFor(
  deps: ApiDeps,
  reader: PersonId,
  { records, facts }: Pick<FoundCase, 'facts'> & { readonly records: readonly InvestigationRecord[] },
): Promise<Masks> {
  const { ids, names } = peopleIn(records);
  const parties = facts.participants
    .filter(({ role }) => role === 'witness' || role === 'reported' || role === 'heard')
    .map(({ person }) => person);
  const people = [...new Set([...ids, ...parties])].filter((person) => person !== reader);
  const known = await namesOf(deps, { people, units: [] });
  const all = [...names, ...people.flatMap((person) => known.get(`person ${person}`) ?? [])];
  return [...new Set(all)]
    .toSorted((a, b) => b.length - a.length || a.localeCompare(b))
    .map((name, index) => [name, maskOf(index)] as const);
}

const stems = '甲乙丙丁戊己庚辛壬癸';
const maskOf = (index: number): string =>
  `人员${stems[index % stems.length]}${index < stems.length ? '' : Math.floor(index / stems.length) + 1}`;
