import { appeal, cast, cellsOf, confirm, decide, handle, id, inquiry, type Name, on, paths, told } from '../test/access-cast.ts';
import { isGeneral, may, type Permission, permissions } from './access.ts';
import type { CaseFacts, TaskFacts } from './access-facts.ts';
import type { ItemFacts } from './access-round.ts';
import type { Role } from './roles.ts';

const to = (of: TaskFacts, name: Name) => ({ ...on(of), to: cast[name] });
const closed: CaseFacts = { ...appeal, state: 'closed', openTasks: [] };
const done = (of: TaskFacts): TaskFacts => ({ ...of, state: 'done', closedBy: of.assignee });
const start = (startableBy: Role[], onBehalfOf: keyof typeof paths | null = null) => ({
  startableBy,
  overseenBy: appeal.overseenBy,
  onBehalfOf: onBehalfOf && { unitPath: paths[onBehalfOf] },
});
const fileOf = (name: Name, unit: keyof typeof paths) => ({ id: id(name), unitPath: paths[unit] });

/** What each row of a table asks, by its first word. */
const facts: Record<string, { permission: Permission; of: unknown }> = {};
function row(name: string, permission: Permission, of: unknown): void {
  facts[name] = { permission, of };
}

for (const permission of permissions.filter(
  (each) => /^case\./.test(each) && !['case.start', 'case.list', 'case.recuse', 'case.hand-over'].includes(each),
))
  row(permission, permission, appeal);
row('stand-down', 'case.recuse', { ...appeal, target: 'self' });
row('plea', 'case.recuse', { ...appeal, target: 'other' });
row('withdraw-closed', 'case.withdraw', closed);
row('transfer-late', 'case.transfer', { ...appeal, stage: 'confirm' });
row('transfer-none', 'case.transfer', { ...appeal, commands: {} });
row('cancel-own', 'case.cancel', { ...appeal, commands: { cancel: { by: ['opener', 'supervision-desk'] } } });
row('release-held', 'case.release', { ...appeal, heldBy: id('chief') });
row('hold-anonymised', 'case.hold', { ...closed, isAnonymised: true });
row('glass-anonymised', 'case.break-glass', { ...closed, isAnonymised: true });
row('comment-anonymised', 'case.comment', { ...closed, isAnonymised: true });
row('reopen-closed', 'case.reopen', closed);
row('urge-closed', 'case.urge', closed);

const file = { owner: id('han'), case: appeal, isWithheld: false, isShown: false };
row('file', 'attachment.read', file);
row('file-withheld', 'attachment.read', { ...file, isWithheld: true });
row('file-unused', 'attachment.read', { ...file, case: null });

for (const name of ['read', 'records', 'file-record', 'bundle', 'attachments', 'documents', 'comment', 'looks'] as const)
  row(`inquiry.${name}`, `case.${name}`, inquiry);
row('inquiry.file-late', 'case.file-record', { ...inquiry, openTasks: [] });
row('inquiry.file-hidden', 'attachment.read', { ...file, case: inquiry });
row('inquiry.file-shown', 'attachment.read', { ...file, case: inquiry, isShown: true });
row('inquiry.file-withheld', 'attachment.read', { ...file, case: inquiry, isShown: true, isWithheld: true });

for (const name of [
  'complete',
  'pause',
  'extend',
  'consult',
  'stand-down',
  'recompute',
  'draft',
  'resume',
  'read',
  'candidates',
  'claim',
] as const)
  row(`task.${name}`, `task.${name}`, on(handle));
row('brief-bureau', 'brief.read', { unitPath: null });
row('brief-donghu', 'brief.read', { unitPath: paths.donghu });
row('decide', 'task.complete', on(decide));
row('claim-decide', 'task.claim', on(decide));
row('confirm', 'task.complete', on(confirm));
row('twice', 'task.complete', on(done(handle), { ...appeal, openTasks: [] }));
row('hand-on', 'task.reassign', to(handle, 'wang'));
row('to-cousin', 'task.reassign', to(handle, 'cousin'));
row('seat', 'task.seat', to(handle, 'wang'));
row('seat-cousin', 'task.seat', to(handle, 'cousin'));
row('to-handler', 'task.reassign', to(decide, 'han'));
row('of-subject', 'task.reassign', to(confirm, 'wang'));
row('recall', 'task.recall', on(done(handle)));
row('recall-open', 'task.recall', on({ ...handle, closedBy: id('han') }));

const handOver = (name: Name, c: CaseFacts = appeal) => ({ ...c, from: { id: id('han'), unitPath: paths.donghu }, to: cast[name] });
row('hand-over', 'case.hand-over', handOver('wang'));
row('to-relative', 'case.hand-over', handOver('cousin'));
row('of-sealed', 'case.hand-over', handOver('wang', { ...appeal, confidentiality: 'sealed' }));
row('of-nothing', 'case.hand-over', handOver('wang', { ...appeal, handler: null, openTasks: [] }));

row('start', 'case.start', start(['officer']));
row('start-desk', 'case.start', start(['acceptance-desk']));
row('start-for', 'case.start', start(['officer'], 'donghu'));
for (const name of [
  'person.read',
  'person.appeals',
  'person.marks',
  'person.holdings',
  'person.eligibility',
  'person.roles',
  'person.account',
] as const)
  row(name, name, fileOf('li', 'donghu'));
row('own-roles', 'person.roles', fileOf('polit', 'city'));
row('own-account', 'person.account', fileOf('admin', 'city'));
for (const name of ['bulk.read', 'bulk.run', 'bulk.cancel'] as const) row(name, name, { by: id('super') });
const round: CaseFacts = {
  ...appeal,

  nameWithheld: false,
  subject: null,
  unitPath: paths.city,
  handler: null,
  openedBy: null,
  participants: [],
  openTasks: [],
};
const item: ItemFacts = {
  case: round,
  person: id('li'),
  unitPath: paths.donghu,
  assignee: id('han'),
  closedBy: null,
  state: 'open',
  confidential: false,
  need: null,
};
const doneItem: ItemFacts = { ...item, state: 'done', closedBy: id('han'), need: 'asked' };
row('item.list', 'item.list', round);
for (const name of ['item.read', 'item.complete', 'item.reassign', 'item.strike', 'item.answer-need'] as const) row(name, name, item);
const figures = (unit: keyof typeof paths | null) => ({ unitPath: unit && paths[unit], overseenBy: ['political-department'] as const });
row('figures', 'figure.read', figures(null));
row('figures-donghu', 'figure.read', figures('donghu'));
row('secret.read', 'item.read', { ...doneItem, confidential: true });
row('secret.complete', 'item.complete', { ...item, confidential: true });
row('complete-done', 'item.complete', doneItem);
row('complete-ended', 'item.complete', { ...item, case: closed });
row('answer-asked', 'item.answer-need', doneItem);
const acting = (role: 'unit-leader' | 'supervising-leader', name: Name) => ({ role, unitPath: paths.donghu, person: id(name) });
row('acting', 'unit.acting', acting('unit-leader', 'bai'));
row('acting-own', 'unit.acting', acting('unit-leader', 'polit'));
row('acting-above', 'unit.acting', acting('supervising-leader', 'bai'));
for (const permission of permissions.filter(isGeneral)) row(permission, permission, null);

/** Each line: what is asked, then for each person of the head `full`, `skeleton`, `for-<person>` or why not. */
const tables = {
  'what is done with a case': `
                   li      bai    han    leader cousin  gone    rui     reader chief  desk   super  duty  wang  audit    admin stand
  case.read        full    full   full   full   full    full    full    full   full   full   full   404   404   skeleton 404   full
  case.events      full    full   full   full   full    full    full    full   full   full   full   404   404   skeleton 404   full
  case.verify      full    full   full   full   full    full    full    full   full   full   full   404   404   skeleton 404   full
  case.live        full    full   full   full   full    full    full    full   full   full   full   404   404   403      404   full
  case.looks       full    403    403    403    403     403     403     403    403    403    403    404   404   full     404   403
  case.comment     full    full   full   full   recused recused recused full   full   full   full   404   404   403      404   full
  case.urge        full    full   403    full   recused recused recused 403    full   403    full   404   404   403      404   403
  urge-closed      case-not-open case-not-open case-not-open case-not-open case-not-open case-not-open case-not-open case-not-open case-not-open case-not-open case-not-open 404 404 403 404 404
  case.copy        recused 403    full   full   recused recused recused 403    full   full   full   404   404   403      404   full
  case.readers     recused 403    full   full   recused recused recused full   full   full   full   404   404   403      404   full
  case.participants recused 403   full   full   recused recused recused 403    full   full   full   404   404   403      404   403
  stand-down       full    full   full   full   full    full    full    full   full   full   full   404   404   403      404   full
  plea             full    403    403    full   recused recused recused 403    full   full   full   404   404   403      404   403
  case.break-glass 403     403    403    403    403     403     403     403    full   403    403    full  404   403      404   403
  case.hold        recused 403    403    403    recused recused recused 403    full   403    403    404   404   full     404   403
  case.release     recused 403    403    403    recused recused recused 403    late   403    403    404   404   late     404   403
  release-held     recused 403    403    403    recused recused recused 403    second 403    403    404   404   full     404   403
  hold-anonymised  recused 403    403    403    recused recused recused 403    late   403    403    404   404   late     404   404
  glass-anonymised late    late   late   late   late    late    late    late   late   late   late   404   404   late     404   404
  comment-anonymised 403   403    403    403    403     403     403     403    403    403    403    404   404   403      404   404
  case.withdraw    full    403    403    403    recused recused recused 403    403    403    403    404   404   403      404   403
  withdraw-closed  case-not-open 403 403 403    recused recused recused 403    403    403    403    404   404   403      404   404
  case.transfer    recused 403    full   full   recused recused recused 403    403    full   403    404   404   403      404   403
  transfer-late    recused 403    late   late   recused recused recused 403    403    late   403    404   404   403      404   403
  transfer-none    late    late   late   late   late    late    late    late   late   late   late   404   404   403      404   late
  case.merge       recused 403    403    403    recused recused recused 403    403    full   403    404   404   403      404   403
  cancel-own       recused full   403    403    recused recused recused 403    403    403    full   404   404   403      404   403
  case.reopen      late    403    403    403    recused recused recused 403    403    403    late   404   404   403      404   403
  reopen-closed    full    403    403    403    recused recused recused 403    403    403    full   404   404   403      404   404
  case.cancel      late    late   late   late   late    late    late    late   late   late   late   404   404   403      404   late
  case.amend       late    late   late   late   late    late    late    late   late   late   late   404   404   403      404   late
  case.split       late    late   late   late   late    late    late    late   late   late   late   404   404   403      404   late
  case.suspend     late    late   late   late   late    late    late    late   late   late   late   404   404   403      404   late`,
  'what is done with the files of a case': `
                   li      bai    han    leader cousin  gone    rui     reader chief  desk   super  duty  wang  audit    admin stand
  file             full    full   full   full   full    full    full    full   full   full   full   404   404   403      404   full
  file-withheld    404     full   full   full   full    full    404     full   full   full   full   404   404   403      404   full
  file-unused      404     404    full   404    404     404     404     404    404    404    404    404   404   404      404   404
  case.attachments full    full   full   full   full    full    full    full   full   full   full   404   404   skeleton 404   full
  case.documents   full    full   full   full   full    full    full    full   full   full   full   404   404   403      404   full
  case.issue-document recused full full   full   recused recused recused 403    full   full   full   404   404   403      404   full
  case.withhold    recused 403    full   403    recused recused recused 403    403    403    403    404   404   403      404   full`,
  'what is done with an investigation': `
                       li      bai  han  leader cousin gone    rui  chief super wang audit
  inquiry.read         extract 404  full 404    404    recused 404  404   full  404  skeleton
  inquiry.records      403     404  full 404    404    recused 404  404   full  404  403
  inquiry.file-record  403     404  full 404    404    recused 404  404   403   404  403
  inquiry.file-late    403     404  late 404    404    recused 404  404   403   404  403
  inquiry.bundle       extract 404  403  404    404    recused 404  404   403   404  403
  inquiry.attachments  403     404  full 404    404    recused 404  404   full  404  skeleton
  inquiry.documents    extract 404  full 404    404    recused 404  404   full  404  403
  inquiry.file-hidden  404     404  full 404    404    recused 404  404   full  404  403
  inquiry.file-shown   extract 404  full 404    404    recused 404  404   full  404  403
  inquiry.file-withheld 404    404  full 404    404    recused 404  404   full  404  403
  inquiry.comment      403     404  full 404    404    recused 404  404   full  404  403
  inquiry.looks        full    404  403  404    404    recused 404  404   403   404  full`,
  'what is done when someone leaves': `
                   li      bai  han      leader  cousin  gone    rui     reader chief   desk    super   polit   wang audit admin
  hand-over        recused 403  full     full    recused recused recused 403    full    full    full    full    404  403   full
  to-relative      recused 403  recused  recused recused recused recused 403    recused recused recused recused 404  403   recused
  of-sealed        recused 404  full     404     404     recused 404     403    404     404     404     404     404  403   404
  of-nothing       recused 403  late     late    recused recused recused 403    late    late    late    late    404  403   late`,
  'what is done with a task': `
                   li      bai  han    leader cousin  gone    rui     reader chief  desk   super  duty  wang  audit    admin stand
  task.read        full    full full   full   full    full    full    full   full   full   full   404   404   skeleton 404   full
  task.candidates  403     403  403    full   full    403     full    403    full   403    full   404   404   full     404   403
  task.complete    recused 403  full   403    recused recused recused 403    403    403    403    404   404   403      404   for-han
  task.pause       recused 403  full   403    recused recused recused 403    403    403    403    404   404   403      404   for-han
  task.extend      recused 403  full   403    recused recused recused 403    403    403    403    404   404   403      404   for-han
  task.consult     recused 403  full   403    recused recused recused 403    403    403    403    404   404   403      404   for-han
  task.stand-down  recused 403  full   403    recused recused recused 403    403    403    403    404   404   403      404   for-han
  task.recompute   403     403  403    403    403     403     403     403    403    403    full   404   404   403      404   403
  task.draft       recused 403  full   403    recused recused recused 403    403    403    403    404   404   403      404   for-han
  task.resume      recused 403  full   full   recused recused recused 403    full   full   full   404   404   403      404   for-han
  task.claim       recused 403  late   403    recused recused recused 403    403    403    403    404   404   403      404   late
  twice            recused 403  done   403    recused recused recused 403    403    403    403    404   404   403      404   404
  decide           recused 403  second full   recused recused recused 403    403    403    403    404   404   403      404   403
  claim-decide     recused 403  second full   recused recused recused 403    403    403    403    404   404   403      404   403
  confirm          full    403  403    403    403     403     403     403    403    403    403    404   404   403      404   403
  hand-on          recused 403  full   full   recused recused recused 403    full   403    full   404   404   403      404   403
  seat             recused 403  403    full   recused recused recused 403    full   403    full   404   404   403      404   403
  seat-cousin      recused 403  403    recused recused recused recused 403  recused 403   recused 404  404   403      404   403
  to-cousin        recused 403  recused recused recused recused recused 403  recused 403   recused 404  404   403      404   403
  to-handler       recused 403  403    second recused recused recused 403    second 403    second 404   404   403      404   403
  of-subject       403     403  403    403    403     403     403     403    403    403    403    404   404   403      404   403
  recall           403     403  full   403    403     403     403     403    403    403    403    404   404   403      404   403
  recall-open      403     403  done   403    403     403     403     403    403    403    403    404   404   403      404   403`,
  'what is done with whom a round covers': `
                   li      bai  han  leader cousin  rui  chief super polit audit stand
  item.list        404     404  404  404    404     404  full  full  404   403   404
  item.read        full    404  full full   full    full full  full  404   404   full
  secret.read      full    404  full skeleton skeleton skeleton skeleton skeleton 404 404 404
  item.complete    recused 404  full 403    recused 403  403   full  404   404   for-han
  secret.complete  recused 404  full 403    recused 403  403   403   404   404   404
  complete-done    recused 404  task-not-open task-not-open recused task-not-open task-not-open task-not-open 404 404 task-not-open
  complete-ended   recused 404  case-not-open case-not-open recused case-not-open case-not-open case-not-open 404 404 case-not-open
  item.reassign    recused 404  403  full   recused full full  full  404   404   403
  item.strike      recused 404  403  403    recused 403  403   full  404   404   403
  item.answer-need late    404  403  403    403     403  403   403   404   404   403
  answer-asked     full    404  403  403    403     403  403   403   404   404   403`,
  'what is done without a case': `
                     li   leader cousin chief desk super polit wang audit admin
  start              full full   full   full  full full  full  full full  full
  start-desk         403  403    403    403   full 403   403   403  403   403
  start-for          403  full   full   full  full full  403   403  403   403
  person.read        full full   full   full  full full  full  full full  full
  person.appeals     full full   full   full  full full  full  403  403   403
  person.marks       full full   full   full  403  403   full  403  403   403
  person.eligibility full full   full   full  403  403   full  403  403   403
  person.holdings    full full   full   full  403  full full  403  403   full
  person.leavers     403  403    403    403   403  403  full  403  403   full
  person.roles       403  403    403    403   403  403   full  403  403   full
  own-roles          403  403    403    403   403  403   second 403 403   full
  person.account     403  403    403    403   403  403   403   403  403   full
  own-account        403  403    403    403   403  403   403   403  403   second
  person.import      403  403    403    403   403  403   full  403  403   full
  checkpoint.list    403  403    403    403   403  403   403   403  full  full
  checkpoint.verify  403  403    403    403   403  403   403   403  full  full
  key.list           403  403    403    403   403  403   403   403  full  full
  policy.read        403  403    403    403   403  full  full  403  full  full
  delivery.list      403  403    403    403   403  403   403   403  403   full
  delivery.retry     403  403    403    403   403  403   403   403  403   full
  stuck.list         403  403    403    403   403  403   403   403  403   full
  stuck.restart      403  403    403    403   403  403   403   403  403   full
  figures            403  full   full   full  403  403  full  full 403   403
  figures-donghu     403  full   full   full  403  403  full  403  403   403
  brief-bureau       403  full   full   full  403  full  403   full 403   403
  brief-donghu       403  full   full   full  403  full  403   403  403   403
  person.list        full full   full   full  full full  full  full full  full
  case.list          full full   full   full  full full  full  full full  full
  task.list          full full   full   full  full full  full  full full  full
  me                 full full   full   full  full full  full  full full  full
  unit.read          full full   full   full  full full  full  full full  full
  rule.read          full full   full   full  full full  full  full full  full
  calendar.read      full full   full   full  full full  full  full full  full
  process.read       full full   full   full  full full  full  full full  full
  notice.read        full full   full   full  full full  full  full full  full
  attachment.add     full full   full   full  full full  full  full full  full
  duty.read          403  403    403    full  403  403  403   403  403   403
  fund.read          403  403    403    full  403  403  403   403  full  403
  fund.ask           403  403    403    403   403  403  403   403  403   403
  fund.decide        403  403    403    403   403  403  403   403  403   403
  fund.close         403  403    403    403   403  403  403   403  403   403
  acting             403  full   403    full  403  403  full   403  403   full
  acting-own         403  full   403    full  403  403  second 403  403   full
  acting-above       403  403    403    full  403  403  full   403  403   full
  bulk.list          full full   full   full  full full  full  full full  full
  bulk.cases         full full   full   full  full full  full  full full  full
  bulk.start         full full   full   full  full full  full  full full  full
  bulk.read          404  404    404    404   404  full  404   404  404   404
  bulk.run           404  404    404    404   404  full  404   404  404   404
  bulk.cancel        404  404    404    404   404  full  404   404  404   404`,
};

describe('who may do what', () => {
  describe.each(Object.entries(tables))('%s', (_title, table) => {
    test.each(cellsOf(table))('%s by %s: %s', (name, who, expected) => {
      const { permission, of } = facts[name] as { permission: Permission; of: never };
      expect(told(may(cast[who], permission, of))).toBe(expected);
    });
  });

  test('the tables leave no permission out', () => {
    const listed = new Set(
      Object.values(tables)
        .flatMap(cellsOf)
        .map(([name]) => facts[name]?.permission),
    );
    expect(permissions.filter((permission) => !listed.has(permission))).toEqual([]);
  });
});

test('someone whom the task excludes for another reason than a conflict is asked to leave it to a second person', () => {
  const again = { ...decide, excluded: [id('leader')] };
  expect(told(may(cast.leader, 'task.complete', on(again)))).toBe('needs-second-person');
});

test('whoever leads a unit only for a time names no one to lead it in turn', () => {
  const roles = cast.leader.roles.map((held) => ({ ...held, acting: true as const }));
  expect(told(may({ ...cast.leader, roles }, 'unit.acting', acting('unit-leader', 'bai')))).toBe('forbidden');
});
