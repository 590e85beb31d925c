// Draws openapi.json. Text only ever goes in as text nodes.
const texts = {
  zh: {
    parameters: '参数',
    body: '提交内容',
    answers: '应答',
    open: '无需登录',
    permission: '登录后，按权限',
    required: '必填',
    failed: '读取接口说明失败，请重试。',
  },
  en: {
    parameters: 'Parameters',
    body: 'Body',
    answers: 'Answers',
    open: 'No sign-in needed',
    permission: 'Signed in, by permission',
    required: 'required',
    failed: 'The description could not be read. Try again.',
  },
};

const asked = new URLSearchParams(location.search).get('lang');
const lang = asked === 'en' || asked === 'zh' ? asked : navigator.language.startsWith('zh') ? 'zh' : 'en';
const t = texts[lang];
document.documentElement.lang = lang;
const root = document.getElementById('document');

try {
  const response = await fetch(`/api/v1/openapi.json?lang=${lang}`);
  if (!response.ok) throw new Error(String(response.status));
  draw(await response.json());
} catch {
  root.append(el('p', { class: 'down' }, t.failed));
}

function draw({ info, servers, paths }) {
  document.title = info.title;
  root.append(el('h1', {}, info.title), el('p', {}, info.description), el('p', { class: 'quiet' }, el('code', {}, servers[0].url)));
  const groups = new Map();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags[0];
      groups.set(tag, [...(groups.get(tag) ?? []), drawOperation(method, path, operation)]);
    }
  }
  for (const [tag, operations] of groups) root.append(el('h2', { id: tag }, tag), ...operations);
}

function drawOperation(method, path, operation) {
  const details = el('details', { id: operation.operationId });
  details.append(el('summary', {}, el('span', { class: 'method' }, method), el('code', {}, path), ` ${operation.summary}`));
  details.append(el('p', { class: 'quiet' }, whoMay(operation)));
  if (operation.parameters.length > 0) details.append(el('h3', {}, t.parameters), parameterTable(operation.parameters));
  for (const [type, { schema }] of Object.entries(operation.requestBody?.content ?? {})) {
    details.append(el('h3', {}, `${t.body} (${type})`), el('pre', {}, JSON.stringify(schema, null, 2)));
  }
  details.append(el('h3', {}, t.answers));
  for (const [status, answer] of Object.entries(operation.responses)) {
    const [content] = Object.values(answer.content ?? {});
    details.append(el('p', {}, el('strong', {}, status), ` ${answer.description}`));
    if (Number(status) < 400 && content) details.append(el('pre', {}, JSON.stringify(content.schema, null, 2)));
  }
  return details;
}

function whoMay(operation) {
  if (operation.security.length === 0) return t.open;
  return `${t.permission}: ${operation['x-permission']}`;
}

function parameterTable(parameters) {
  const rows = parameters.map(({ name, in: place, required, schema }) =>
    el(
      'tr',
      {},
      el('td', {}, el('code', {}, name)),
      el('td', {}, place),
      el('td', {}, required ? t.required : ''),
      el('td', {}, el('code', {}, JSON.stringify(schema))),
    ),
  );
  return el('table', {}, ...rows);
}

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
