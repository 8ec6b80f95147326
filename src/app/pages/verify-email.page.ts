import { html } from './html.js';
import { layOut, type Page } from './layout.js';
import { field, needsScript, resendForm, saidPlace } from './form-parts.js';
import { pageScript } from './page-script.js';

const script = pageScript(`
const confirm = find('#confirm'), again = find('#again'), which = find('#which');

function prepare() {
  const missing = !tokenOfLink();
  confirm.hidden = missing;
  again.hidden = !missing;
  find('#explained').hidden = missing;
  find('#incomplete').hidden = !missing;
}

async function verify({ password }) {
  const document = 'mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { email username } }';
  const { verifyEmail } = await ask(document, { token: tokenOfLink(), ...(password && { password }) });
  forgetToken();
  confirm.reset();
  confirm.querySelector('button').hidden = which.hidden = true;
  find('#explained').hidden = again.hidden = true;
  retitle('Address confirmed');
  return verifyEmail.email + ' is confirmed. You can sign in now, as ' + verifyEmail.username +
    ' or with your address.';
}

handle(confirm, verify, ({ code }) => {
  again.hidden = code !== 'ACCOUNTS_VERIFICATION_INVALID';
  if (code === 'ACCOUNTS_VERIFICATION_NEEDS_PASSWORD') which.hidden = which.disabled = false;
});
handleResend();
addEventListener('hashchange', () => location.reload());
prepare();
`);

/**
 * The page behind the link of the verification mail. It changes nothing until its button is pressed: scanners
 * of mail open links too.
 */
export function verifyEmailPage(productName: string): Page {
  const body = html`<h1>Confirm your address</h1>
    <p id="explained">
      Press the button to confirm that you can read mail at your e-mail address. Your account works from then
      on.
    </p>
    ${needsScript}
    <p id="incomplete" hidden>
      The link that brought you here is not complete. Open the one in the mail again, all of it, or ask for a
      new mail.
    </p>
    <form id="confirm" method="post" aria-describedby="confirm-said">
      <fieldset id="which" hidden disabled>
        ${field({
          id: 'password',
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'current-password',
          hint: 'The one that you chose when you registered.',
          maxLength: 1024,
        })}
      </fieldset>
      <button>Confirm my address</button>
      ${saidPlace('confirm-said')}
    </form>
    <section id="again" hidden>
      <h2>Ask for a new mail</h2>
      ${resendForm()}
    </section>`;
  return layOut({ productName, title: 'Confirm your address', body, script });
}
