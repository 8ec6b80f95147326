import type { CaughtMail } from './caught-mail.js';

export interface MailFilter {
  /** A recipient of the envelope, in any case of letters. */
  to?: string;
  /** Part of the subject, in any case of letters, or a pattern. */
  subject?: string | RegExp;
  /** Only mails caught after the one with this id, or after this time. */
  after?: string | Date;
}

export interface MailStoreLimits {
  maxMails: number;
  /** Raw bytes and decoded bodies together. */
  maxTotalBytes: number;
  maxWaiters: number;
}

interface Entry {
  sequence: number;
  costBytes: number;
  mail: CaughtMail;
}

type Matcher = (entry: Entry) => boolean;

interface Waiter {
  fits: Matcher;
  resolve(mail: CaughtMail): void;
}

/** The waiting limit was reached. */
export class TooManyWaitersError extends Error {
  override readonly name = 'TooManyWaitersError';
}

/** `after` names a mail that was never caught, or is no longer kept. */
export class UnknownMailError extends Error {
  override readonly name = 'UnknownMailError';
}

/** The last mails in memory, the oldest dropped first when the number or the bytes run over. */
export class MailStore {
  #entries: Entry[] = [];
  #totalBytes = 0;
  #sequence = 0;
  /** The last place of each mail that was dropped or deleted, so that `after` keeps its meaning for a while. */
  readonly #gone = new Map<string, number>();
  readonly #waiters = new Set<Waiter>();

  constructor(private readonly limits: MailStoreLimits) {}

  add(mail: CaughtMail): void {
    this.#sequence += 1;
    const costBytes = mail.raw.length + 2 * ((mail.html?.length ?? 0) + (mail.text?.length ?? 0));
    const added: Entry = { sequence: this.#sequence, costBytes, mail };
    this.#entries.push(added);
    this.#totalBytes += costBytes;
    while (this.#entries.length > this.limits.maxMails || this.#totalBytes > this.limits.maxTotalBytes) {
      if (!this.#dropOldest()) break;
    }
    for (const waiter of [...this.#waiters]) {
      if (waiter.fits(added)) waiter.resolve(mail);
    }
  }

  get(id: string): CaughtMail | null {
    return this.#entries.find((entry) => entry.mail.id === id)?.mail ?? null;
  }

  /** Newest first. Throws UnknownMailError when `after` is no mail and no time. */
  list(filter: MailFilter = {}, limit = Number.POSITIVE_INFINITY): CaughtMail[] {
    const fits = this.#matcher(filter);
    const found: CaughtMail[] = [];
    for (let index = this.#entries.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const entry = this.#entries[index];
      if (entry !== undefined && fits(entry)) found.push(entry.mail);
    }
    return found;
  }

  /**
   * The newest mail that fits, or the next one to come; null after `timeoutMs` and when the signal aborts.
   * Throws TooManyWaitersError, UnknownMailError.
   */
  async waitFor(filter: MailFilter, timeoutMs: number, signal?: AbortSignal): Promise<CaughtMail | null> {
    const [present] = this.list(filter, 1);
    if (present !== undefined) return present;
    if (signal?.aborted) return null;
    if (this.#waiters.size >= this.limits.maxWaiters) {
      throw new TooManyWaitersError(
        `${this.#waiters.size} requests wait for mail already; end some of them first.`,
      );
    }
    return new Promise((resolve) => {
      const finish = (mail: CaughtMail | null) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.#waiters.delete(waiter);
        resolve(mail);
      };
      const giveUp = () => finish(null);
      const waiter: Waiter = { fits: this.#matcher(filter), resolve: finish };
      const timer = setTimeout(giveUp, timeoutMs);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiters.add(waiter);
    });
  }

  delete(id: string): boolean {
    const index = this.#entries.findIndex((entry) => entry.mail.id === id);
    const [entry] = index === -1 ? [] : this.#entries.splice(index, 1);
    if (entry === undefined) return false;
    this.#forget(entry);
    return true;
  }

  clear(): number {
    const entries = this.#entries;
    this.#entries = [];
    for (const entry of entries) this.#forget(entry);
    return entries.length;
  }

  /** False when only the newest is left: it stays, whatever its size, because the size of one mail is bounded. */
  #dropOldest(): boolean {
    if (this.#entries.length <= 1) return false;
    const oldest = this.#entries.shift();
    if (oldest !== undefined) this.#forget(oldest);
    return true;
  }

  #forget(entry: Entry): void {
    this.#totalBytes -= entry.costBytes;
    this.#gone.set(entry.mail.id, entry.sequence);
    const [first] = this.#gone.keys();
    if (this.#gone.size > 10 * this.limits.maxMails && first !== undefined) this.#gone.delete(first);
  }

  #matcher({ to, subject, after }: MailFilter): Matcher {
    const position = this.#position(after);
    return ({ sequence, mail }) => {
      const isLater =
        position instanceof Date ? Date.parse(mail.receivedAt) > position.getTime() : sequence > position;
      return isLater && isTo(mail, to) && isAbout(mail, subject);
    };
  }

  #position(after: string | Date | undefined): number | Date {
    if (after === undefined) return 0;
    if (after instanceof Date) return after;
    const sequence =
      this.#entries.find((entry) => entry.mail.id === after)?.sequence ?? this.#gone.get(after);
    if (sequence !== undefined) return sequence;
    const time = /^\d{4}-\d{2}-\d{2}T/u.test(after) ? new Date(after) : new Date(NaN);
    if (!Number.isNaN(time.getTime())) return time;
    throw new UnknownMailError(
      'after must be the id of a caught mail or a time such as 2026-01-31T12:00:00Z.',
    );
  }
}

function isTo({ envelope }: CaughtMail, to: string | undefined): boolean {
  return to === undefined || envelope.to.some((address) => address.toLowerCase() === to.toLowerCase());
}

function isAbout(mail: CaughtMail, subject: string | RegExp | undefined): boolean {
  if (subject === undefined) return true;
  if (typeof subject === 'string') return mail.subject.toLowerCase().includes(subject.toLowerCase());
  return mail.subject.search(subject) !== -1;
}
