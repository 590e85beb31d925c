import type { Case, Process, Task, Text } from '../../contract/types.ts';

/** One step of the drawn path. */
export type Step =
  | { readonly state: 'done'; readonly titles: readonly Text[]; readonly tasks: readonly Task[] }
  | { readonly state: 'now'; readonly titles: readonly Text[]; readonly tasks: readonly Task[] }
  /** By which of these tasks is not decided yet. */
  | { readonly state: 'next'; readonly titles: readonly Text[] };

/** What was done in its order, what is open, and what usually follows. */
export function pathOf(
  it: Pick<Case, 'tasks' | 'state' | 'stageTitle'>,
  { tasks, course }: Pick<Process, 'tasks' | 'course'>,
): readonly Step[] {
  const own = it.tasks.filter(({ key }) => tasks.some((task) => task.key === key));
  const open = own.filter(({ state }) => state === 'open');
  const steps = [...doneSteps(own)];
  if (it.state === 'closed') return steps;
  return [
    ...steps,
    { state: 'now', titles: open.length > 0 ? unique(open.map(({ title }) => title)) : [it.stageTitle], tasks: open },
    ...nextSteps(own, course, tasks),
  ];
}

function doneSteps(own: readonly Task[]): readonly Step[] {
  const done = own.filter(({ state }) => state === 'done').toSorted((a, b) => String(a.closedAt).localeCompare(String(b.closedAt)));
  const steps: { state: 'done'; titles: readonly Text[]; tasks: Task[] }[] = [];
  for (const task of done) {
    const last = steps.at(-1);
    if (last?.tasks[0]?.key === task.key) last.tasks.push(task);
    else steps.push({ state: 'done', titles: [task.title], tasks: [task] });
  }
  return steps;
}

function nextSteps(own: readonly Task[], course: Process['course'], tasks: Process['tasks']): readonly Step[] {
  const placeOf = (states: readonly Task['state'][]) =>
    course.findLastIndex((keys) => own.some(({ key, state }) => states.includes(state) && keys.includes(key)));
  const present = placeOf(['open']);
  const reached = present < 0 ? placeOf(['done']) : present;
  const titleOf = (key: string) => tasks.find((task) => task.key === key)?.title;
  return course.slice(reached + 1).map((keys) => ({ state: 'next', titles: keys.flatMap((key) => titleOf(key) ?? []) }));
}

const unique = (titles: readonly Text[]): readonly Text[] => [...new Map(titles.map((title) => [title.zh, title])).values()];
