import { z } from 'zod';
import type { About } from '../documents/about.ts';
import type { PersonId } from '../domain/ids.ts';
import type { RecordContents } from '../domain/investigation.ts';
import { partyRoles } from '../domain/recusal.ts';
import type { CaseRecord } from '../store/case-view.ts';
import { namesOf } from '../store/events.ts';
import { ruleNames } from '../store/rules.ts';
import { processOf } from '../workflows/definitions.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import { fieldsMarked } from '../workflows/kit/marked-fields.ts';
import { taskDefinition } from '../workflows/kit/tasks.ts';
import type { ApiDeps } from './deps.ts';

interface For {
  /** Whom a document names though no form of the case does. */
  readonly others?: readonly PersonId[];
  /** For whom it is, in a case about several. */
  readonly person?: PersonId | null;
  /** The interview that it records. */
  readonly interview?: RecordContents['interview'] | null;
}

const Named = z.looseObject({ 'x-ref': z.enum(['person', 'unit', 'rule']) });

/**
 * What documents of a case are written of. Whose name is withheld is named in no document: it would be read by people who may not learn it.
 */
export async function documentAbout(
  deps: ApiDeps,
  record: CaseRecord,
  { others = [], person = null, interview = null }: For = {},
): Promise<About> {
  const definition = processOf(record.process);
  const done = record.tasks.filter(({ state, context }) => state === 'done' && (person === null || isAbout(context, person)));
  const answers = new Map(done.map(({ key, answer }) => [key, answer]));
  const forms = [
    { form: definition.intake, data: record.data },
    ...[...answers].map(([key, data]) => ({ form: taskDefinition(definition, key).form, data })),
  ];
  const named = forms.flatMap(({ form, data }) => fieldsMarked(schemaOf(form), data, Named));
  const idsOf = (kind: 'person' | 'unit' | 'rule') => named.flatMap(({ value, mark }) => (mark['x-ref'] === kind ? [value] : []));
  const [names, rules] = await Promise.all([
    namesOf(deps, {
      people: [...idsOf('person'), ...Object.keys(record.people), ...others, ...(person ? [person] : []), ...peopleOf(interview)],
      units: [...idsOf('unit'), record.unit],
    }),
    ruleNames(deps.db, idsOf('rule')),
  ]);
  const withheld = record.nameWithheld
    ? [record.subject, ...record.participants.flatMap(({ person, role }) => (partyRoles.includes(role) ? [person] : []))]
    : [];
  const nameOf: About['nameOf'] = (kind, id) => {
    if (kind === 'rule') return rules.get(id) ?? id;
    return withheld.some((each) => each === id) ? UNNAMED : (names.get(`${kind} ${id}`) ?? id);
  };
  return {
    number: record.number,
    subject: person ? `${nameOf('person', person)}同志` : addressOf(record, nameOf),
    unit: nameOf('unit', record.unit),
    openedOn: writtenDay(deps, record.openedAt),
    intake: record.data,
    answer: (key) => answers.get(key),
    nameOf,
    person,
    interview: interview && interviewShown(deps, interview, nameOf),
    service: null,
  };
}

/** A task that names its person is about nobody else. */
const AboutPerson = z.union([
  z.looseObject({ person: z.string() }).transform(({ person }) => person),
  z.looseObject({ about: z.looseObject({ person: z.string() }) }).transform(({ about }) => about.person),
]);
const isAbout = (context: unknown, person: PersonId): boolean => {
  const named = AboutPerson.safeParse(context);
  return !named.success || named.data === person;
};

const peopleOf = (interview: RecordContents['interview'] | null): readonly PersonId[] =>
  interview === null ? [] : [...interview.interviewers, ...(interview.person ? [interview.person] : [])];

const interviewShown = (
  deps: ApiDeps,
  { person, name, at, place, interviewers, said }: RecordContents['interview'],
  nameOf: About['nameOf'],
): About['interview'] => ({
  of: person ? nameOf('person', person) : (name ?? ''),
  at: writtenDay(deps, new Date(at)),
  place,
  interviewers: interviewers.map((each) => nameOf('person', each)),
  said,
});

const UNNAMED = '诉求人';

/** 称谓: everyone by name, up to three. */
function addressOf({ subject, nameWithheld, participants }: CaseRecord, nameOf: About['nameOf']): string {
  if (nameWithheld || subject === null) return UNNAMED;
  const others = participants.flatMap(({ person, role }) => (role === 'appellant' && person !== subject ? [person] : []));
  const all = [subject, ...others].slice(0, 3).map((person) => `${nameOf('person', person)}同志`);
  return `${all.join('、')}${others.length > 2 ? '等' : ''}`;
}

/** 2026年11月25日, by the bureau's calendar. */
export function writtenDay({ policies }: ApiDeps, at: Date): string {
  const [year, month, day] = policies.current.calendar.dayAt(at.getTime()).date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
