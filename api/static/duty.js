// 值班清单: emergencies that nobody has answered yet, who should have, and since when. Looks again by itself.
import { ask, el, lang, signedIn } from '/static/page.js';

const EVERY_MS = 10_000;

const texts = {
  zh: {
    title: '值班清单',
    none: '没有待响应的紧急事项。',
    at: '截至',
    task: '谁该做什么',
    since: '等待',
    due: '时限',
    level: '已催到',
    overdue: '逾期',
    taken: '已接手',
    not: '尚未催办',
    minutes: (n) => (n < 60 ? `${n} 分钟` : `${Math.floor(n / 60)} 小时 ${n % 60} 分钟`),
  },
  en: {
    title: 'Duty list',
    none: 'No emergency waits for an answer.',
    at: 'As of',
    task: 'Who, and what',
    since: 'Waiting',
    due: 'Due',
    level: 'Called last',
    overdue: 'overdue',
    taken: 'taken up',
    not: 'not called yet',
    minutes: (n) => (n < 60 ? `${n} min` : `${Math.floor(n / 60)} h ${n % 60} min`),
  },
};
const t = texts[lang];
document.documentElement.lang = lang;
document.title = t.title;
document.getElementById('title').textContent = t.title;
const root = document.getElementById('duty');

const { timeZone } = await signedIn(root);
await look();
setInterval(look, EVERY_MS);

async function look() {
  try {
    show(await ask('GET', '/duty'));
  } catch (error) {
    root.replaceChildren(el('p', { class: 'down', role: 'alert' }, error.message));
  }
}

function show({ at, items }) {
  document.title = items.length > 0 ? `(${items.length}) ${t.title}` : t.title;
  const head = el('p', { class: 'quiet' }, `${t.at} ${time(at)}`);
  root.replaceChildren(head, ...(items.length > 0 ? items.map((item) => emergency(item, at)) : [el('p', { role: 'status' }, t.none)]));
}

function emergency(item, at) {
  const who = [item.processTitle[lang], item.subjectName, item.unitName].filter(Boolean).join(' · ');
  return el('section', {}, el('h2', {}, who), el('p', { class: 'quiet' }, item.case), ...item.unanswered.map((task) => waiting(task, at)));
}

function waiting(task, at) {
  const who = task.assigneeName ?? task.candidates.map(({ name }) => name).join(lang === 'zh' ? '、' : ', ');
  const minutes = Math.max(0, Math.floor((Date.parse(at) - Date.parse(task.since)) / 60_000));
  const last = task.lastCalled ? `${t.level} ${task.lastCalled.title[lang]} ${time(task.lastCalled.at)}` : t.not;
  const state = [task.claimedAt && t.taken, task.overdue && t.overdue].filter(Boolean).join(', ');
  return el(
    'article',
    { class: task.overdue ? 'waiting late' : 'waiting' },
    el('strong', {}, task.title[lang]),
    el('span', {}, who),
    el('span', {}, `${t.since} ${t.minutes(minutes)}`),
    el('span', { class: task.overdue ? 'down' : 'quiet' }, `${t.due} ${task.dueAt ? time(task.dueAt) : '–'} ${state}`),
    el('span', { class: 'quiet' }, last),
  );
}

function time(at) {
  return new Date(at).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
}
