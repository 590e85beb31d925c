import { appeal, cast, cellsOf, confirm, decide, han, handle, id, on, told } from '../test/access-cast.ts';
import { may } from './access.ts';
import type { CaseFacts } from './access-facts.ts';
import { hiddenPeople, redactions } from './access-sight.ts';
import type { Actor } from './actor.ts';

describe('who sees a case', () => {
  const levels = `
                li   bai  han  leader cousin gone    rui  reader chief desk  super duty wang audit    admin stand
  open          full full full full   full   full    full full   full  full  full  full full full     full  full
  internal      full full full full   full   full    full full   full  full  full  404  404  skeleton 404   full
  confidential  full 404  full 404    404    recused 404  full   404   full  full  404  404  skeleton 404   404
  sealed        full 404  full 404    404    recused 404  full   404   404   404   404  404  skeleton 404   404`;

  test.each(cellsOf(levels))('at level %s: %s: %s', (level, who, expected) => {
    expect(told(may(cast[who], 'case.read', { ...appeal, confidentiality: level as CaseFacts['confidentiality'] }))).toBe(expected);
  });

  test('a desk that oversees a confidential case sees none of a relative, and is told why', () => {
    const relative = { ...cast.desk, relatives: [id('li')] };
    expect(told(may(relative, 'case.read', { ...appeal, confidentiality: 'confidential' }))).toBe('recused');
  });

  test('broken glass shows a sealed case for its hour to who broke it; a relative may not break it', () => {
    const broken: CaseFacts = { ...appeal, confidentiality: 'sealed', glassBroken: true };
    expect(told(may(cast.duty, 'case.read', broken))).toBe('full');
    expect(told(may({ ...cast.duty, relatives: [id('li')] }, 'case.break-glass', appeal))).toBe('recused');
  });

  test('whoever may do an unassigned task of a sealed case sees it, and whoever is excluded from the task does not', () => {
    const sealed: CaseFacts = { ...appeal, confidentiality: 'sealed', openTasks: [decide] };
    expect(told(may(cast.leader, 'case.read', sealed))).toBe('full');
    expect(told(may(cast.leader, 'case.read', { ...sealed, openTasks: [{ ...decide, excluded: [id('leader')] }] }))).toBe('not-found');
  });
});

describe('a withheld name', () => {
  test.each([
    ['li', []],
    ['desk', []],
    ['super', []],
    ['han', ['subject']],
    ['leader', ['subject']],
    ['chief', ['subject']],
    ['bai', ['subject']],
    ['audit', ['title', 'data', 'subject']],
  ] as const)('%s is not shown: %j', (who, expected) => {
    expect(redactions(cast[who], appeal)).toEqual(expected);
    expect(hiddenPeople(cast[who], appeal).includes(id('li'))).toBe(expected.length > 0);
  });

  test('stays withheld behind broken glass, and from no one where it is not withheld', () => {
    expect(redactions(cast.duty, { ...appeal, glassBroken: true })).toEqual(['subject']);
    expect(redactions(cast.leader, { ...appeal, nameWithheld: false })).toEqual([]);
  });

  test('an auditor learns the names of no party, whether withheld or not', () => {
    expect(hiddenPeople(cast.audit, { ...appeal, nameWithheld: false })).toEqual([id('li'), id('rui')]);
  });
});

describe('standing in', () => {
  const standIn = (further: Partial<Actor>) => told(may({ ...cast.stand, ...further }, 'task.complete', on(handle)));

  test('covers only the processes that were named', () => {
    expect(standIn({ standsInFor: [{ ...han, processes: ['supervision'] }] })).toBe('not-found');
    expect(standIn({ standsInFor: [{ ...han, processes: null }] })).toBe('for-han');
  });

  test('is for nobody who is in conflict with the case', () => {
    expect(standIn({ relatives: [id('li')] })).toBe('not-found');
    expect(told(may({ ...cast.gone, standsInFor: cast.stand.standsInFor }, 'task.complete', on(handle)))).toBe('recused');
  });

  test('brings a role of the absent person with it, but not past the exclusion of the absent person', () => {
    const forLeader = { ...cast.wang, standsInFor: [{ ...cast.leader, processes: null }] };
    const open: CaseFacts = { ...appeal, openTasks: [decide] };
    expect(told(may(forLeader, 'task.complete', on(decide, open)))).toBe('for-leader');
    const without = { ...decide, excluded: [id('leader')] };
    expect(told(may(forLeader, 'task.complete', on(without, { ...open, openTasks: [without] })))).toBe('not-found');
  });

  test('opens no confidential case, unless it is open to the substitute anyway', () => {
    const confidential: CaseFacts = { ...appeal, confidentiality: 'confidential' };
    expect(told(may(cast.stand, 'task.complete', on(handle, confidential)))).toBe('not-found');
    const deskFor = { ...cast.desk, standsInFor: cast.stand.standsInFor };
    expect(told(may(deskFor, 'task.complete', on(handle, confidential)))).toBe('for-han');
  });

  test('is not done for what is asked of the subject itself', () => {
    const forLi = { ...cast.leader, standsInFor: [{ ...cast.li, processes: null }] };
    expect(told(may(forLi, 'task.complete', on(confirm)))).toBe('forbidden');
  });
});
