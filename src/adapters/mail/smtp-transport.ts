/** The MailTransport over SMTP: nodemailer's connection pool, loaded at the first mail. */
import type { Readable } from 'node:stream';
import type * as Nodemailer from 'nodemailer';
import {
  MailDeliveryError,
  type MailAddress,
  type MailReceipt,
  type MailTransport,
  type OutgoingMail,
} from '../../domains/mail/mail.ports.js';
import { toMailDeliveryError, withoutSecrets, type SendingState } from './smtp-errors.js';

export interface SmtpTransportOptions {
  host: string;
  port: number;
  user?: string;
  password?: string;
  /** `starttls` refuses a server that does not offer it; `tls` speaks TLS from the first byte. */
  tls: 'none' | 'starttls' | 'tls';
  /** PEM of a certificate authority to trust in place of the well-known ones. Verification cannot be turned off. */
  ca?: string;
  dkim?: { domainName: string; keySelector: string; privateKey: string };
  pool?: {
    /** Default 5. */
    maxConnections?: number;
    /** Mails over one connection before it is replaced; default 100. */
    maxMessages?: number;
  };
  timeouts?: {
    /** DNS to the end of the TLS handshake; default 10 s. */
    connectMs?: number;
    /** Silence of the server; default 60 s. */
    idleMs?: number;
    /** One mail as a whole, waiting for a connection included; default 2 minutes. */
    deliveryMs?: number;
  };
}

const defaultConnections = 5;

type Transporter = ReturnType<typeof createPool>;

/** Connections are opened when mails are sent; a wrong setting shows at `verify` or at the first `send`. */
export function createSmtpTransport(options: SmtpTransportOptions): MailTransport {
  return new SmtpTransport(options);
}

class SmtpTransport implements MailTransport {
  readonly name = 'smtp';
  readonly concurrency: number;
  #transporter: Promise<Transporter> | undefined;
  #closed = false;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #states = new WeakMap<AbortSignal, SendingState>();

  constructor(private readonly options: SmtpTransportOptions) {
    this.concurrency = options.pool?.maxConnections ?? defaultConnections;
  }

  async send(mail: OutgoingMail, { signal }: { signal?: AbortSignal } = {}): Promise<MailReceipt> {
    const sending = this.#send(mail, signal);
    this.#underWay.add(sending);
    try {
      return await sending;
    } finally {
      this.#underWay.delete(sending);
    }
  }

  async verify(): Promise<void> {
    try {
      await (await this.#open()).verify();
    } catch (error) {
      throw toMailDeliveryError(error, { server: this.#server(), secrets: this.#secrets(), state: {} });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    const transporter = await this.#transporter;
    transporter?.close();
  }

  async #send(mail: OutgoingMail, signal: AbortSignal | undefined): Promise<MailReceipt> {
    const secrets = [mail.to.address, mail.from.address, ...this.#secrets()];
    const state: SendingState = {};
    const stop = stopSignal(signal, this.options.timeouts?.deliveryMs ?? 120_000, state);
    this.#states.set(stop.signal, state);
    try {
      const transporter = await this.#open();
      const info = await transporter.sendMail({ ...toMessage(mail), signal: stop.signal });
      const response = withoutSecrets(info.response, secrets);
      return { provider: this.name, providerMessageId: info.serverMessageId ?? queueId(response), response };
    } catch (error) {
      throw toMailDeliveryError(error, { server: this.#server(), secrets, state });
    } finally {
      stop.release();
    }
  }

  #open(): Promise<Transporter> {
    if (this.#closed) {
      return Promise.reject(
        new MailDeliveryError('The SMTP transport is closed: send through a new one.', {
          kind: 'unavailable',
          accepted: 'no',
        }),
      );
    }
    this.#transporter ??= import('nodemailer').then((nodemailer) => {
      const transporter = createPool(nodemailer, this.options);
      // The only way to see how much of a mail was sent is to keep the stream that it is read from.
      transporter.use('stream', (mail, done) => {
        const state = mail.data.signal === undefined ? undefined : this.#states.get(mail.data.signal);
        const createReadStream = mail.message.createReadStream.bind(mail.message);
        mail.message.createReadStream = (streamOptions): Readable => {
          const body = createReadStream(streamOptions);
          if (state !== undefined) state.body = body;
          return body;
        };
        done();
      });
      return transporter;
    });
    return this.#transporter;
  }

  #server(): string {
    return `${this.options.host}:${this.options.port}`;
  }

  #secrets(): string[] {
    const { user = '', password = '' } = this.options;
    // The last is what AUTH PLAIN sends, in base64 (RFC 4616).
    return password === '' ? [user] : [password, user, `\0${user}\0${password}`];
  }
}

function createPool(nodemailer: typeof Nodemailer, options: SmtpTransportOptions) {
  const { host, port, user, password, ca, dkim, timeouts = {}, pool = {} } = options;
  return nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure: options.tls === 'tls',
    requireTLS: options.tls === 'starttls',
    ignoreTLS: options.tls === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    // With forceAuth, a server that offers no sign-in is an error instead of a mail sent without one.
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' }, forceAuth: true }),
    ...(dkim === undefined ? {} : { dkim }),
    maxConnections: pool.maxConnections ?? defaultConnections,
    maxMessages: pool.maxMessages ?? 100,
    // nodemailer repeats by itself only a mail of which not a byte was sent; more is the caller's decision.
    maxRequeues: 2,
    connectionTimeout: timeouts.connectMs ?? 10_000,
    greetingTimeout: timeouts.connectMs ?? 10_000,
    dnsTimeout: timeouts.connectMs ?? 10_000,
    socketTimeout: timeouts.idleMs ?? 60_000,
    // Content comes as text and bytes only: a value that looks like a path or URL is never fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
}

function toMessage(mail: OutgoingMail) {
  return {
    messageId: mail.messageId,
    envelope: { from: singleAddress(mail.from), to: [singleAddress(mail.to)] },
    from: toMailbox(mail.from),
    to: toMailbox(mail.to),
    ...(mail.replyTo === undefined ? {} : { replyTo: toMailbox(mail.replyTo) }),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    ...(mail.headers === undefined ? {} : { headers: mail.headers }),
    ...(mail.attachments === undefined
      ? {}
      : { attachments: mail.attachments.map((attachment) => ({ ...attachment })) }),
  };
}

function toMailbox(mailbox: MailAddress): { name: string; address: string } {
  return { name: mailbox.name ?? '', address: singleAddress(mailbox) };
}

/** One address and nothing else, so that no value can add a recipient or a command (RFC 5321 §4.1.2). */
function singleAddress({ address }: MailAddress): string {
  if (/^[^\s\p{Cc}<>,;:"()[\]\\@]+@[^\s\p{Cc}<>,;:"()\\@]+$/u.test(address)) return address;
  throw new MailDeliveryError(
    'The mail names something that is not one plain email address; correct it before sending again.',
    {
      kind: 'permanent',
      accepted: 'no',
    },
  );
}

/** One signal for "the caller gave up" and "it took too long"; `release` drops the timer and the listener. */
function stopSignal(signal: AbortSignal | undefined, deliveryMs: number, state: SendingState) {
  const controller = new AbortController();
  const stop = (reason: 'cancelled' | 'too-slow') => {
    state.stopped ??= reason;
    controller.abort();
  };
  const timer = setTimeout(() => stop('too-slow'), deliveryMs);
  const onAbort = () => stop('cancelled');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** Postfix, Exim and others name their queue entry in the final reply. */
function queueId(response: string): string | null {
  return /\b(?:queued as|id=)\s*([\w.-]+)/iu.exec(response)?.[1] ?? null;
}
