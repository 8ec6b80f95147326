import { setTimeout as sleep } from 'node:timers/promises';
import type { SMTPServerError } from 'smtp-server';

/** Failures that the mail catcher plays to its senders, for tests of retries and doubt. */
export class MailFaults {
  /** Waits this long before each mail is answered. */
  delayMs = 0;
  #failures: { code: number; message: string }[] = [];
  #drops = 0;

  /** Refuses the next `count` mails with this SMTP reply code (400 to 599); they are not kept. */
  failNext(count: number, code: number, message = 'refused as told'): void {
    if (!Number.isInteger(code) || code < 400 || code > 599) {
      throw new RangeError(`${code} is no SMTP failure; use a reply code from 400 to 599.`);
    }
    for (let index = 0; index < count; index += 1) this.#failures.push({ code, message });
  }

  /** Keeps the next `count` mails but cuts the connection before the answer, as a crash would. */
  dropNextAfterData(count: number): void {
    this.#drops += count;
  }

  /** Takes back all that is left of the above. */
  reset(): void {
    this.delayMs = 0;
    this.#failures = [];
    this.#drops = 0;
  }

  /** For the catcher: waits, but not beyond its stop. */
  async delay(signal: AbortSignal): Promise<void> {
    if (this.delayMs <= 0) return;
    await sleep(this.delayMs, undefined, { signal });
  }

  /** For the catcher: throws the failure that is due, if any. */
  failIfTold(): void {
    const failure = this.#failures.shift();
    if (failure === undefined) return;
    const error: SMTPServerError = new Error(failure.message);
    error.responseCode = failure.code;
    throw error;
  }

  /** For the catcher: whether the connection is to be cut now. */
  dropIfTold(): boolean {
    if (this.#drops === 0) return false;
    this.#drops -= 1;
    return true;
  }
}
