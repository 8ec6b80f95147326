import { errorWords } from './error-words.js';
import { scriptLiteral } from './html.js';

const shared = `
const words = ${scriptLiteral(errorWords)};
const timeoutMs = 30_000;
const find = (selector) => document.querySelector(selector);
const tokenOfLink = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

/** A spent token has no business in the address bar and the history. */
const forgetToken = () => history.replaceState(null, '', location.pathname);

function retitle(text) {
  document.title = document.title.replace(/^.*(?= · )/, text);
  find('h1').textContent = text;
}

class Refusal extends Error {
  constructor(message, { code = '', violations = [], field } = {}) {
    super(message);
    this.code = code;
    this.violations = violations.length > 0 || !field ? violations : [{ field, message }];
  }
}

async function ask(document, input, accessToken) {
  const headers = { 'content-type': 'application/json', ...(accessToken && { authorization: 'Bearer ' + accessToken }) };
  const body = JSON.stringify({ query: document, variables: { input } });
  let answer;
  try {
    const options = { method: 'POST', headers, body, credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) };
    answer = await (await fetch('/graphql', options)).json();
  } catch {
    throw new Refusal('The server cannot be reached. Check your connection and try again.');
  }
  const [error] = answer.errors ?? [];
  if (!error) return answer.data;
  const { code, requestId } = error.extensions ?? {};
  const said = words[code] ?? error.message;
  throw new Refusal(said + (requestId ? ' (Request ' + requestId + ')' : ''), error.extensions);
}

function say(place, kind, text) {
  place.dataset.kind = kind;
  place.textContent = text;
  if (kind !== 'busy') place.focus();
}

function mark(form, violations) {
  for (const input of form.querySelectorAll('input')) {
    const violation = violations.find(({ field }) => field === 'input.' + input.name);
    input.toggleAttribute('aria-invalid', false);
    if (violation) input.setAttribute('aria-invalid', 'true');
    const place = document.getElementById(input.id + '-wrong');
    if (place) place.textContent = (violation?.message ?? '').replace(/^must .*$/, 'This $&.');
  }
}

/** Sends a form by work(values), once at a time; work gives the words of success. */
function handle(form, work, onRefusal = () => {}) {
  const button = form.querySelector('button');
  const place = document.getElementById(form.getAttribute('aria-describedby'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    form.setAttribute('aria-busy', 'true');
    mark(form, []);
    say(place, 'busy', 'One moment …');
    try {
      say(place, 'good', await work(Object.fromEntries(new FormData(form))));
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(error);
      const refusal = error instanceof Refusal ? error : new Refusal('Something failed on this page. Load it again.');
      mark(form, refusal.code === 'INPUT_INVALID' || refusal.code === 'ACCOUNTS_USERNAME_TAKEN' ? refusal.violations : []);
      onRefusal(refusal);
      say(place, 'bad', refusal.message);
      form.querySelector('[aria-invalid]')?.focus();
    } finally {
      button.disabled = false;
      form.removeAttribute('aria-busy');
    }
  });
}

function handleResend() {
  handle(find('#resend'), async ({ email }) => {
    await ask('mutation ($input: ResendVerificationInput!) { resendVerification(input: $input) { email } }', { email });
    return 'If an account with this address waits to be confirmed, a new mail is on its way to ' + email +
      '. We send at most one a minute; look into your spam folder too.';
  });
}
`;

/** A page's script, behind the functions that all pages share. */
export function pageScript(own: string): string {
  return `${shared}${own}`;
}
