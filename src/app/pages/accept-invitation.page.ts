import { html, type Html } from './html.js';
import { layOut, type Page } from './layout.js';
import { field, needsScript, resendForm, saidPlace } from './form-parts.js';
import { pageScript } from './page-script.js';

const script = pageScript(`
const accept = find('#accept'), register = find('#register'), again = find('#again');

function prepare() {
  const missing = !tokenOfLink();
  accept.hidden = missing;
  find('#explained').hidden = missing;
  find('#incomplete').hidden = !missing;
}

async function signOut(accessToken) {
  try {
    await ask('mutation { signOut }', undefined, accessToken);
  } catch {
    // Nobody holds this session's tokens once the page is closed, and it ends by itself.
  }
}

async function join({ login, password }) {
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const { accessToken } = (await ask(signIn, { login, password })).signIn;
  try {
    const document = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { name } }';
    return (await ask(document, { token: tokenOfLink() }, accessToken)).acceptInvitation;
  } finally {
    await signOut(accessToken);
  }
}

handle(
  accept,
  async (values) => {
    const { name } = await join(values);
    forgetToken();
    accept.reset();
    find('#accept-fields').hidden = find('#explained').hidden = find('#newcomer').hidden = again.hidden = true;
    retitle('Welcome');
    return 'You are a member of ' + name + ' now. Sign in and switch to it to begin.';
  },
  ({ code }) => {
    again.hidden = code !== 'ACCOUNTS_EMAIL_NOT_VERIFIED';
    const { value } = find('#login');
    if (!again.hidden && value.includes('@')) find('#resend-email').value = value;
    if (code === 'ORGANIZATIONS_INVITATION_FOR_OTHER_ADDRESS') find('#newcomer details').open = true;
  },
);

handle(register, async ({ email, username, password }) => {
  const document = 'mutation ($input: RegisterInput!) { register(input: $input) { email } }';
  const { register: registered } = await ask(document, { email, username, password });
  register.reset();
  accept.reset();
  find('#accept-said').textContent = '';
  find('#login').value = registered.email;
  return 'Check your mail: we wrote to ' + registered.email + '. Confirm your address with the link there, then come ' +
    'back to this page, or open the invitation again, and sign in above.';
});
handleResend();
addEventListener('hashchange', () => location.reload());
prepare();
`);

function acceptForm(): Html {
  return html`<form id="accept" method="post" aria-describedby="accept-said">
    <div id="accept-fields">
      ${field({ id: 'login', name: 'login', label: 'E-mail address or username', autocomplete: 'username', maxLength: 254 })}
      ${field({
        id: 'password',
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        maxLength: 1024,
      })}
      <button>Sign in and accept</button>
    </div>
    ${saidPlace('accept-said')}
  </form>`;
}

function registerForm(): Html {
  return html`<form id="register" method="post" aria-describedby="register-said">
    ${field({
      id: 'register-email',
      name: 'email',
      label: 'E-mail address',
      type: 'email',
      autocomplete: 'email',
      hint: 'The address that the invitation was sent to.',
      maxLength: 254,
    })}
    ${field({
      id: 'register-username',
      name: 'username',
      label: 'Username',
      autocomplete: 'username',
      hint: '3 to 32 letters, digits, dots, hyphens or underscores.',
      minLength: 3,
      maxLength: 32,
    })}
    ${field({
      id: 'register-password',
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'new-password',
      hint: 'At least 8 characters.',
      minLength: 8,
      maxLength: 1024,
    })}
    <button class="second">Register</button>
    ${saidPlace('register-said')}
  </form>`;
}

/**
 * The page behind the link of an invitation. Whoever signs in here only accepts it: the session ends with that,
 * since this page keeps no tokens.
 */
export function acceptInvitationPage(productName: string): Page {
  const body = html`<h1>Accept your invitation</h1>
    <p id="explained">
      You were invited to an organization. Sign in with the account of the address that got the mail to join
      it.
    </p>
    ${needsScript}
    <p id="incomplete" hidden>
      The link that brought you here is not complete. Open the one in the mail again, all of it. If that does
      not help, ask the person who invited you for a new one.
    </p>
    ${acceptForm()}
    <section id="again" hidden>
      <h2>Confirm your address first</h2>
      ${resendForm()}
    </section>
    <section id="newcomer">
      <details>
        <summary>No account yet? Register first</summary>
        ${registerForm()}
      </details>
    </section>`;
  return layOut({ productName, title: 'Accept your invitation', body, script });
}
