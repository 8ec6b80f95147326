import { html, type Html } from './html.js';

export interface FieldOptions {
  id: string;
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  autocomplete: string;
  hint?: string;
  minLength?: number;
  maxLength: number;
}

/** A labelled input with its hint, and the place where the script says what is wrong with it. */
export function field({
  id,
  name,
  label,
  type = 'text',
  autocomplete,
  hint,
  minLength,
  maxLength,
}: FieldOptions): Html {
  const describedBy = hint ? `${id}-hint ${id}-wrong` : `${id}-wrong`;
  const lowestLength = minLength !== undefined && html` minlength="${minLength}"`;
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      required${lowestLength}
      maxlength="${maxLength}"
      aria-describedby="${describedBy}"
    />
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <p class="wrong" id="${id}-wrong"></p>
  </div>`;
}

/** Where a form says what happened, aloud too. It takes the focus, which the locked button loses. */
export function saidPlace(id: string): Html {
  return html`<div class="said" id="${id}" role="status" aria-live="polite" tabindex="-1"></div>`;
}

/** Asks for a new verification mail. */
export function resendForm(): Html {
  return html`<form id="resend" method="post" aria-describedby="resend-said">
    ${field({ id: 'resend-email', name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'email', maxLength: 254 })}
    <button class="second">Send a new mail</button>
    ${saidPlace('resend-said')}
  </form>`;
}

export const needsScript = html`<noscript
  >This page needs JavaScript. Turn it on, and load the page again.</noscript
>`;
