// What the small pages share: language, elements, sign-in, requests. Text only ever goes in as text nodes.
const asked = new URLSearchParams(location.search).get('lang');
export const lang = asked === 'en' || asked === 'zh' ? asked : navigator.language.startsWith('zh') ? 'zh' : 'en';

export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Asks the API with the session of this browser. @throws Error with the answer's own words; `status` 0 where there was none */
export async function ask(method, path, { body, key } = {}) {
  const csrf = /(?:^|; )fivefold_csrf=([^;]+)/.exec(document.cookie)?.[1];
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: {
      'Accept-Language': lang,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(key && { 'Idempotency-Key': key }),
      ...(csrf && { 'X-CSRF-Token': decodeURIComponent(csrf) }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => null);
  if (response === null) throw Object.assign(new Error(texts[lang].away), { status: 0 });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? answer.title ?? String(response.status)), { status: response.status });
  return answer;
}

const texts = {
  zh: { user: '用户名', password: '密码', signIn: '登录', away: '网络不通，请重试；重试不会重复登记。' },
  en: { user: 'User name', password: 'Password', signIn: 'Sign in', away: 'No connection. Try again: nothing is registered twice.' },
};

/** Whoever is signed in in this browser, after they did. */
export async function signedIn(root) {
  const known = await ask('GET', '/me').catch((error) => {
    if (error.status === 401) return null;
    throw error;
  });
  return known ?? signIn(root);
}

function signIn(root) {
  const t = texts[lang];
  const fault = el('p', { class: 'down', role: 'alert' });
  const user = el('input', { name: 'username', autocomplete: 'username', autocapitalize: 'none', required: '' });
  const password = el('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: '' });
  const form = el('form', { class: 'fields' }, el('label', {}, t.user, user), el('label', {}, t.password, password), fault);
  form.append(el('button', {}, t.signIn));
  root.replaceChildren(form);
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        const answer = await ask('POST', '/auth/login', { body: { username: user.value, password: password.value } });
        root.replaceChildren();
        resolve(answer.user);
      } catch (error) {
        fault.textContent = error.message;
      }
    });
  });
}
