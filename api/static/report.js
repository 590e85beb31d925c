// 伤病上报: four facts, from a phone, in less than a minute.
import { ask, el, lang, signedIn } from '/static/page.js';

const texts = {
  zh: {
    title: '伤病上报',
    lead: '四项即可，其余由值守人员处理。',
    who: '谁',
    me: '我本人',
    other: '同事',
    find: '姓名、警号或用户名',
    none: '没有找到，请换一个写法。',
    place: '在哪里',
    placeHint: '路段、医院、楼层',
    what: '什么情况',
    how: '有多严重',
    danger: '有生命危险',
    serious: '严重',
    light: '较轻',
    send: '立即上报',
    sending: '正在上报…',
    pick: '请选择是谁。',
    sent: '已登记，正在通知医院联络、优抚、陪护、带队领导和单位。',
    keep: '有人响应即通知您。情况变化请再报一次，会并入同一件。',
    again: '再报一件',
  },
  en: {
    title: 'Report an injury',
    lead: 'Four facts are enough; whoever is on duty does the rest.',
    who: 'Who',
    me: 'Myself',
    other: 'A colleague',
    find: 'Name, badge or user name',
    none: 'Nobody found. Try another spelling.',
    place: 'Where',
    placeHint: 'Road, hospital, floor',
    what: 'What happened',
    how: 'How bad',
    danger: 'Life in danger',
    serious: 'Serious',
    light: 'Light',
    send: 'Report now',
    sending: 'Reporting …',
    pick: 'Choose who it is.',
    sent: 'Registered. Hospital liaison, welfare desk, companion, leader and unit are being told.',
    keep: 'You are told when someone answers. If something changes report it again: it joins the same case.',
    again: 'Report another',
  },
};
const t = texts[lang];
document.documentElement.lang = lang;
document.title = t.title;
const root = document.getElementById('report');
document.getElementById('title').textContent = t.title;

await signedIn(root);
showForm();

function showForm() {
  // One key for one report, however often a bad line makes it be sent.
  const key = crypto.randomUUID();
  const fault = el('p', { class: 'down', role: 'alert' });
  const people = el('div', { class: 'choices', role: 'radiogroup', 'aria-label': t.find });
  const find = el('input', { type: 'search', placeholder: t.find, 'aria-label': t.find, enterkeyhint: 'search' });
  const colleague = el('div', { hidden: '' }, find, people);
  const place = el('input', { name: 'place', required: '', maxlength: '200', placeholder: t.placeHint });
  const what = el('textarea', { name: 'what', required: '', maxlength: '2000', rows: '3' });
  const send = el('button', { class: 'alarm' }, t.send);
  const form = el(
    'form',
    { class: 'fields' },
    el('p', { class: 'quiet' }, t.lead),
    group(t.who, [radio('who', 'me', t.me, true), radio('who', 'other', t.other)], colleague),
    el('label', {}, t.place, place),
    el('label', {}, t.what, what),
    group(t.how, [
      radio('severity', 'danger', t.danger),
      radio('severity', 'serious', t.serious, true),
      radio('severity', 'light', t.light),
    ]),
    fault,
    send,
  );
  form.addEventListener('change', () => {
    colleague.hidden = new FormData(form).get('who') !== 'other';
  });
  find.addEventListener(
    'input',
    debounced(() => showPeople(find.value.trim(), people)),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const person = given.get('who') === 'other' ? given.get('person') : undefined;
    if (person === null) {
      fault.textContent = t.pick;
      return find.focus();
    }
    send.disabled = true;
    send.textContent = t.sending;
    try {
      const data = { ...(person && { person }), place: place.value, what: what.value, severity: given.get('severity') };
      showSent(await ask('POST', '/cases', { key, body: { process: 'injury-care', data } }));
    } catch (error) {
      fault.textContent = error.message;
      send.disabled = false;
      send.textContent = t.send;
    }
  });
  root.replaceChildren(form);
}

async function showPeople(q, people) {
  if (q.length < 1) return people.replaceChildren();
  const { items } = await ask('GET', `/people?limit=8&q=${encodeURIComponent(q)}`).catch(() => ({ items: [] }));
  const found = items.map(({ id, name, badge, unitName }) => radio('person', id, [name, badge, unitName].filter(Boolean).join(' · ')));
  people.replaceChildren(...(found.length > 0 ? found : [el('p', { class: 'quiet' }, t.none)]));
}

function showSent({ number }) {
  const again = el('button', { type: 'button' }, t.again);
  again.addEventListener('click', showForm);
  root.replaceChildren(
    el('p', { class: 'number', role: 'status' }, number),
    el('p', {}, t.sent),
    el('p', { class: 'quiet' }, t.keep),
    again,
  );
}

function group(title, choices, ...more) {
  return el('fieldset', {}, el('legend', {}, title), el('div', { class: 'choices' }, ...choices), ...more);
}

function radio(name, value, text, isChecked = false) {
  return el(
    'label',
    { class: 'choice' },
    el('input', { type: 'radio', name, value, ...(isChecked && { checked: '' }) }),
    el('span', {}, text),
  );
}

function debounced(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, 250);
  };
}
