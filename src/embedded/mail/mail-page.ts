/** The mail catcher's page: one file, no outside asset, so it also works offline and under a strict policy. */
import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; --line: light-dark(#dfe3ea, #333946); --soft: light-dark(#5b6472, #a9b1c0);
  --back: light-dark(#f5f6f9, #14161c); --card: light-dark(#fff, #1e222b); --accent: light-dark(#3346d3, #9fadff); }
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template: auto 1fr / minmax(260px, 30%) 1fr;
  font: 15px/1.5 system-ui, sans-serif; background: var(--back); }
header { grid-column: 1 / -1; display: flex; gap: 1rem; align-items: center; padding: .6rem 1rem;
  border-bottom: 1px solid var(--line); background: var(--card); }
h1 { font-size: 1.05rem; margin: 0; } header span { color: var(--soft); flex: 1; }
button, input, .download { font: inherit; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 6px;
  background: transparent; color: inherit; text-decoration: none; }
button { cursor: pointer; } button[aria-selected=true] { border-color: var(--accent); color: var(--accent); }
ul { list-style: none; margin: 0; padding: 0; overflow: auto; border-right: 1px solid var(--line); }
li button { display: block; width: 100%; text-align: start; border: 0; border-bottom: 1px solid var(--line);
  border-radius: 0; padding: .6rem 1rem; }
li button[aria-current=true] { background: var(--card); box-shadow: inset 3px 0 var(--accent); }
li b, li small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
small, dt { color: var(--soft); }
main { display: flex; flex-direction: column; min-width: 0; padding: 1rem; gap: .7rem; overflow: auto; }
h2 { margin: 0; font-size: 1.2rem; overflow-wrap: anywhere; }
nav { display: flex; gap: .5rem; flex-wrap: wrap; }
iframe, pre { flex: 1; min-height: 20rem; margin: 0; border: 1px solid var(--line); border-radius: 8px; }
iframe { background: #fff; } pre { padding: 1rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere;
  background: var(--card); font: 13px/1.5 ui-monospace, monospace; }
a { color: var(--accent); overflow-wrap: anywhere; } .empty { color: var(--soft); margin: auto; text-align: center; }
@media (max-width: 700px) { body { grid-template: auto 40% 1fr / 1fr; } ul { border-right: 0; } }
`;

const script = `
const list = document.querySelector('ul'), main = document.querySelector('main'), state = document.querySelector('header span');
const search = document.querySelector('input');
let shown = '', openId = '', tab = 'HTML';
const make = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  element.textContent = text ?? '';
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
const time = (iso) => new Date(iso).toLocaleTimeString();

function drawList(messages) {
  const wanted = search.value.trim().toLowerCase();
  const fitting = messages.filter((mail) => (mail.subject + ' ' + mail.envelope.to.join(' ')).toLowerCase().includes(wanted));
  const key = JSON.stringify([openId, fitting.map((mail) => mail.id)]);
  state.textContent = messages.length === 0 ? 'no mail yet' : messages.length + (messages.length === 1 ? ' mail' : ' mails');
  if (key === shown) return;
  shown = key;
  const focused = document.activeElement?.dataset?.id;
  list.replaceChildren(...fitting.map((mail) => {
    const button = make('button', '', { 'data-id': mail.id, 'aria-current': String(mail.id === openId) });
    button.append(make('b', mail.subject || '(no subject)'), make('small', mail.envelope.to.join(', ') + ' · ' + time(mail.receivedAt)));
    button.addEventListener('click', () => open(mail.id));
    const item = make('li');
    item.append(button);
    return item;
  }));
  if (focused) list.querySelector('[data-id="' + focused + '"]')?.focus();
}

async function open(id) {
  openId = id;
  const response = await fetch('api/messages/' + id);
  if (!response.ok) return close();
  drawMail(await response.json());
  refresh();
}

function close() {
  openId = '';
  main.replaceChildren(make('p', 'Choose a mail. New ones appear by themselves.', { class: 'empty' }));
}

function drawMail(mail) {
  const panels = {
    HTML: () => make('iframe', '', { sandbox: 'allow-popups allow-popups-to-escape-sandbox', src: 'api/messages/' + mail.id + '/html', title: 'HTML of the mail' }),
    Text: () => make('pre', mail.text ?? '(no text part)', { tabindex: '0' }),
    Headers: () => make('pre', mail.headers.map((header) => header.name + ': ' + header.value).join('\\n'), { tabindex: '0' }),
    Links: () => {
      const panel = make('pre', mail.links.length === 0 ? '(no links)' : '', { tabindex: '0' });
      for (const link of mail.links) panel.append(make('a', link, { href: link, target: '_blank', rel: 'noopener noreferrer' }), '\\n\\n');
      return panel;
    },
  };
  if (mail.html === null && tab === 'HTML') tab = 'Text';
  const tabs = make('nav', '', { role: 'tablist' });
  for (const name of Object.keys(panels)) {
    const button = make('button', name, { role: 'tab', 'aria-selected': String(name === tab) });
    button.addEventListener('click', () => { tab = name; drawMail(mail); });
    tabs.append(button);
  }
  tabs.append(make('a', 'Download raw', { class: 'download', href: 'api/messages/' + mail.id + '/raw', download: '' }));
  const files = mail.attachments.map((file) => (file.filename ?? 'unnamed') + ' (' + file.mimeType + ', ' + file.sizeBytes + ' bytes)').join(', ');
  const about = make('small', 'From ' + mail.from + ' · to ' + mail.envelope.to.join(', ') + ' · ' + time(mail.receivedAt) + (files ? ' · attached: ' + files : '') + (mail.parseError ? ' · could not be read: ' + mail.parseError : ''));
  main.replaceChildren(make('h2', mail.subject || '(no subject)'), about, tabs, panels[tab]());
}

async function refresh() {
  try {
    const response = await fetch('api/messages?limit=500');
    const { messages } = await response.json();
    if (openId && !messages.some((mail) => mail.id === openId)) close();
    drawList(messages);
  } catch {
    state.textContent = 'the server does not answer; trying again';
  }
}

search.addEventListener('input', refresh);
document.querySelector('#clear').addEventListener('click', async () => { await fetch('api/messages', { method: 'DELETE' }); close(); refresh(); });
setInterval(() => { if (!document.hidden) refresh(); }, 2000);
document.addEventListener('visibilitychange', refresh);
close();
refresh();
`;

export const mailPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Caught mail</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>Caught mail</h1><span role="status"></span>
<input type="search" placeholder="Filter" aria-label="Filter by subject or recipient"><button id="clear">Delete all</button></header>
<ul aria-label="Mails, newest first"></ul>
<main></main>
<script>${script}</script>
</body>
</html>
`;

/** Only this very script and style run; mails show in frames of this origin under a policy of their own. */
export const mailPageSecurityPolicy = [
  "default-src 'none'",
  `script-src ${hashSource(script)}`,
  `style-src ${hashSource(style)}`,
  "connect-src 'self'",
  "frame-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function hashSource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
