import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import { procedure } from '../kit/procedure.ts';
import type { Closed } from '../kit/run.ts';
import { UpwardReport } from './upward-report.definition.ts';

type C = Case<typeof UpwardReport>;
type Appeals = C['intake']['appeals'];

/**
 * 汇总上报 (domain.md 3.2): collected by theme → approved → sent → answered → fed back. Each appeal waits by its own task; one that is not answered here waits still, and the next report
 * collects it.
 */
export const upwardReport = procedure(UpwardReport, async (c) => {
  const { appeals } = c.intake;
  if (appeals.length === 0) return c.close('nothing-to-report');
  for (const { number } of appeals) c.tellCase(number, { event: 'in-upward-report', link: { here: 'collects', there: 'in-report' } });

  const { drafted, approved, reasons } = await approval(c, {
    draft: 'draft',
    approve: 'approve',
    drafting: { context: byTheme(appeals) },
    approving: { context: byTheme(appeals) },
  });
  if (!approved) return c.close('refused', { reasons });

  const waiting = await stillWaiting(c, appeals);
  if (waiting.length === 0) return c.close('nothing-to-report');
  const { to } = await c.task('send', { context: { ...drafted, ...byTheme(waiting) } });
  for (const { number } of waiting)
    c.tellCase(number, { event: 'sent-upward', data: { body: to }, notice: { kind: 'sent-upward', to: ['appellant'] } });
  return feedBack(c, waiting);
});

/** 反馈: each answer goes at once to the appeals that it is for. */
async function feedBack(c: C, sent: Appeals): Promise<Closed> {
  let left = await stillWaiting(c, sent);
  for (let round = 1; left.length > 0; round++) {
    const given = await c.task('register-answer', { keepsDate: round > 1, context: byTheme(left) });
    if (given.about === 'rest') return c.close('partly-answered', { unanswered: left.length, reasons: given.reasons });
    const meant = left.filter(({ theme, number }) => (given.about === 'theme' ? theme === given.theme : number === given.number));
    for (const { task } of meant) c.answerTask(task, { body: given.body, answer: given.answer });
    left = await stillWaiting(
      c,
      left.filter((each) => !meant.includes(each)),
    );
  }
  return c.close('answered');
}

/** Without those that were withdrawn or answered by hand meanwhile. */
async function stillWaiting(c: C, appeals: Appeals): Promise<Appeals> {
  const open = await c.stillOpen(appeals.map(({ task }) => task));
  return appeals.filter(({ task }) => open.includes(task));
}

/** The themes with how many appeals each has, the most frequent first, and the appeals themselves. */
function byTheme(appeals: Appeals) {
  const counts = new Map<string, number>();
  for (const { theme } of appeals) counts.set(theme, (counts.get(theme) ?? 0) + 1);
  const themes = [...counts].map(([theme, count]) => ({ theme, count })).toSorted((a, b) => b.count - a.count);
  return { themes, appeals: appeals.map(({ number, theme, title }) => ({ number, theme, title })) };
}
