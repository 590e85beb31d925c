import { test as check, fc } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import { type Instant, PersonId } from './ids.ts';
import { type Service, type ServiceFacts, serviceFault } from './service-of-documents.ts';

const at = (minute: number): Instant => new Date(Date.UTC(2026, 10, 25, 9, minute)).toISOString() as Instant;
const person = (name: string) => PersonId.parse(name);
const facts: ServiceFacts = { to: person('li'), servedBy: [person('han')], begunAt: at(0), statedAt: at(30) };
const refused = (...witnesses: string[]): Service => ({ how: 'refused', at: at(10), witnesses: witnesses.map(person) });

describe('a refusal to accept', () => {
  test.each([
    ['two witnesses', refused('wang', 'zhao'), null],
    ['one witness', refused('wang'), 'too-few-witnesses'],
    ['one witness named twice', refused('wang', 'wang'), 'too-few-witnesses'],
    ['whoever serves it as a witness', refused('wang', 'zhao', 'han'), 'witness-not-apart'],
    ['the person themselves as a witness', refused('wang', 'li'), 'witness-not-apart'],
  ])('with %s: %s', (_what, service, fault) => {
    expect(serviceFault(service, facts)).toBe(fault);
  });
});

const minutes = fc.integer({ min: -120, max: 120 });
const how = fc.constantFrom('in-person' as const, 'left-at-unit' as const, 'mail' as const);

describe('service', () => {
  check.prop([minutes, how])('stands exactly between the order to serve and its statement', (minute, way) => {
    const fault = serviceFault({ how: way, at: at(minute) }, facts);
    expect(fault).toBe(minute > 30 ? 'in-the-future' : minute < 0 ? 'before-the-document' : null);
  });

  check.prop([fc.array(fc.constantFrom('wang', 'zhao', 'qian', 'sun'), { maxLength: 6 })])(
    'refused stands with two apart, however often each is named',
    (names) => {
      expect(serviceFault(refused(...names), facts) === null).toBe(new Set(names).size >= 2);
    },
  );

  test('stated to the minute stands in the minute in which it was ordered', () => {
    const begunAt = new Date(Date.parse(at(10)) + 59_000).toISOString() as Instant;
    expect(serviceFault({ how: 'in-person', at: at(10) }, { ...facts, begunAt })).toBeNull();
  });
});
