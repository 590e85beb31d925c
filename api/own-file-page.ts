import type { Text } from '../domain/ids.ts';
import type { OwnCase } from './own-export.ts';
import type { OwnFile } from './own-file.ts';

/* Pages of an export: whole by themselves, without scripts, readable in any browser and years from now. */

export function ownFilePage({
  at,
  person,
  cases,
  tasks,
  notices,
  marks,
  restrictions,
  looks,
  files,
  exports,
  items,
  leave,
  checks,
}: OwnFile): string {
  const limits = [...marks, ...restrictions].map((each) => [each.kind, each.from, each.until, each.case ?? '']);
  return page({ zh: '本人档案', en: 'Own file' }, [
    `<p>${escaped([person.name, person.badge, person.unit, person.post, person.rank].filter(Boolean).join(' · '))}</p><p>${at}</p>`,
    section(
      { zh: '办件', en: 'Cases' },
      `<ul>${cases.map((number) => `<li><a href="cases/${number}.html">${number}</a></li>`).join('')}</ul>`,
    ),
    section(
      { zh: '任务', en: 'Tasks' },
      table(tasks.map(({ id, title, state, openedAt, closedAt }) => [id, both(title), state, openedAt, closedAt ?? ''])),
    ),
    section(
      { zh: '谈心、慰问、走访', en: 'Talks, visits, meetings' },
      table(
        items.map(({ title, case: number, closedAt, data }) => [
          closedAt ?? '',
          both(title),
          number,
          data === undefined ? '' : JSON.stringify(data),
        ]),
      ),
    ),
    section(
      { zh: '年休假', en: 'Annual leave' },
      table(
        leave.flatMap(({ year, case: number, account }) =>
          (account?.periods ?? []).map(({ from, until, days, state }) => [`${year}`, number, from, until, `${days}`, state]),
        ),
      ),
    ),
    section(
      { zh: '体检', en: 'Health checks' },
      table(
        checks.map(({ year, case: number, standing, appointment }) => [
          `${year}`,
          number,
          both(standing),
          appointment?.at ?? '',
          appointment?.hospital ?? '',
        ]),
      ),
    ),
    section({ zh: '标记、限制与措施', en: 'Marks, bars and measures' }, table(limits)),
    section({ zh: '谁查阅过', en: 'Who looked' }, table(looks.map((look) => [look.at, look.name, look.case, look.what]))),
    section({ zh: '上传的文件', en: 'Files' }, table(files.map((file) => [file.at, file.name, file.type, file.case ?? '']))),
    section({ zh: '通知', en: 'Notices' }, table(notices.map((notice) => [notice.at, both(notice.text)]))),
    section({ zh: '历次导出', en: 'Exports' }, table(exports.map((each) => [each.at, `${each.cases}`]))),
  ]);
}

export function ownCasePage({ case: of, events }: OwnCase): string {
  return page({ zh: of.number, en: of.title ?? '' }, [
    table([
      ['事项 Process', both(of.processTitle)],
      ['环节 Stage', both(of.stageTitle)],
      ['结果 Outcome', of.outcomeTitle ? both(of.outcomeTitle) : ''],
      ['登记 Opened', of.openedAt],
      ['办结 Closed', of.closedAt ?? ''],
    ]),
    section({ zh: '内容', en: 'Contents' }, `<pre>${escaped(JSON.stringify(of.data ?? null, null, 2))}</pre>`),
    section(
      { zh: '办理经过', en: 'What happened' },
      table(events.map(({ at, summary, data }) => [at, both(summary), data === undefined ? '' : JSON.stringify(data)])),
    ),
  ]);
}

const page = (title: Text, parts: readonly string[]): string =>
  `<!doctype html><html lang="zh"><meta charset="utf-8"><title>${escaped(both(title))}</title><style>${style}</style><h1>${escaped(both(title))}</h1>${parts.join('')}</html>`;

const style =
  'body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}td{border-top:1px solid #ccc;padding:.3em .5em;vertical-align:top;overflow-wrap:anywhere}pre{white-space:pre-wrap}';

const section = (title: Text, content: string): string => `<h2>${escaped(both(title))}</h2>${content}`;

const table = (rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? '<p>无 none</p>'
    : `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

const both = ({ zh, en }: Text): string => `${zh} ${en}`.trim();

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
