import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { appeal, cast, id, told } from '../test/access-cast.ts';
import { may } from './access.ts';
import type { CaseFacts, TaskFacts } from './access-facts.ts';
import { sightOf } from './access-sight.ts';
import type { Actor } from './actor.ts';
import { careProcesses, placedWithin } from './care-team.ts';
import { UnitId } from './ids.ts';
import { parsePolicy } from './policy.ts';
import type { Role } from './roles.ts';

const who = (name: string, role: Role): Actor => ({
  ...cast.bai,
  id: id(name),
  username: name,
  roles: [{ role, unit: UnitId.parse('city'), unitPath: '/city/' }],
});
const counsellor = who('tang', 'counsellor');
const other = who('huang', 'counsellor');
const task: TaskFacts = {
  role: 'counsellor',
  duty: 'handle',
  unit: UnitId.parse('city'),
  unitPath: '/city/',
  state: 'open',
  assignee: counsellor.id,
  excluded: [],
  urgent: false,
  closedBy: null,
};
/** li's, which the counsellor tang has in hand. */
const c: CaseFacts = {
  ...appeal,
  process: 'mental-health',
  confidentiality: 'sealed',
  nameWithheld: false,
  handler: counsellor.id,
  overseenBy: [],
  openTasks: [task],
  participants: [
    { person: id('li'), role: 'appellant' },
    { person: counsellor.id, role: 'handler' },
  ],
};

describe('a case of the care team', () => {
  test.each(['bai', 'leader', 'cousin', 'chief', 'desk', 'super', 'duty', 'polit', 'admin', 'wang'] as const)(
    '%s knows nothing of it, and breaks no glass',
    (name) => {
      expect(sightOf(cast[name], c)).toBe('none');
      expect(told(may(cast[name], 'case.read', c))).toBe('not-found');
      expect(told(may(cast[name], 'case.break-glass', c))).toBe('not-found');
    },
  );

  test('an auditor sees the skeleton; the person and whoever cares see it whole', () => {
    expect(sightOf(cast.audit, c)).toBe('skeleton');
    expect(sightOf(cast.li, c)).toBe('full');
    expect(sightOf(counsellor, c)).toBe('full');
    expect(sightOf(other, c)).toBe('none');
  });

  test('goes to nobody outside of the team, by whatever way', () => {
    for (const to of [cast.leader, cast.chief, cast.admin]) {
      expect(told(may(counsellor, 'task.reassign', { case: c, task, to }))).toBe('forbidden');
      expect(told(may(counsellor, 'task.consult', { case: c, task, to }))).toBe('forbidden');
      expect(told(may(counsellor, 'case.hand-over', { ...c, from: { id: counsellor.id, unitPath: '/city/' }, to }))).toBe('forbidden');
    }
    expect(told(may(counsellor, 'case.participants', c))).toBe('forbidden');
    expect(told(may(counsellor, 'task.reassign', { case: c, task, to: other }))).toBe('full');
    expect(told(may(counsellor, 'task.consult', { case: c, task, to: other }))).toBe('full');
    expect(told(may(counsellor, 'case.hand-over', { ...c, from: { id: counsellor.id, unitPath: '/city/' }, to: other }))).toBe('full');
  });

  test('whoever of the team was called to it may give its tasks to another one, since no leader can', () => {
    const called: CaseFacts = { ...c, participants: [...c.participants, { person: other.id, role: 'informed' }] };
    const health = who('zhou', 'health-desk');
    expect(told(may(other, 'task.reassign', { case: called, task, to: other }))).toBe('full');
    expect(told(may(health, 'task.reassign', { case: called, task, to: health }))).toBe('not-found');
    expect(told(may(other, 'task.reassign', { case: called, task, to: cast.leader }))).toBe('forbidden');
    expect(told(may(cast.leader, 'task.reassign', { case: called, task, to: other }))).toBe('not-found');
  });

  test('has all its tasks inside the team, those of leaders too', () => {
    expect(placedWithin('mental-health', 'unit-leader')).toEqual({ role: 'counsellor', instead: ['counsellor', 'health-desk'] });
    expect(placedWithin('mental-health', 'health-desk')).toMatchObject({ role: 'health-desk' });
    expect(placedWithin('appeal', 'unit-leader')).toEqual({ role: 'unit-leader' });
  });
});

describe('the policy', () => {
  const shipped = { name: 'policy/default.yaml', text: readFileSync(new URL('../policy/default.yaml', import.meta.url), 'utf8') };
  const overlaid = (text: string) => () => parsePolicy([shipped, { name: 'overlay', text }], { demo: false });

  const first: Readonly<Record<string, string>> = { 'mental-health': 'triage', 'health-check': 'book' };
  test.each(careProcesses)('can’t let a ladder of %s climb out of the team', (process) => {
    const ladder = (to: string) => `ladders: {ours: [{at: limit, do: due, to: ${to}}]}`;
    const tasks = `processes: {${process}: {tasks: {${first[process]}: {ladder: ours}}}}`;
    expect(overlaid(`${ladder('health-desk')}\n${tasks}`)).not.toThrow();
    for (const to of ['unit-leader', 'bureau-leader', 'inspection', 'administrator'])
      expect(overlaid(`${ladder(to)}\n${tasks}`)).toThrow(/those who care/);
  });

  test('can’t do so for the tasks that every process has either', () => {
    expect(overlaid('processes: {mental-health: {tasks: {consult: {ladder: standard}}}}')).toThrow(/those who care/);
  });
});
