/** The mail catcher: an SMTP server on loopback that keeps what it gets in memory and shows it over HTTP. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SMTPServer, SMTPServerDataStream, SMTPServerError, SMTPServerSession } from 'smtp-server';
import { readCaughtMail, type CaughtMail, type Envelope } from './caught-mail.js';
import { MailFaults } from './mail-faults.js';
import { createMailHandler } from './mail-handler.js';
import { MailStore, type MailFilter } from './mail-store.js';

const maxMailBytes = 10 * 1024 * 1024;
const limits = { maxMails: 500, maxTotalBytes: 50 * 1024 * 1024, maxWaiters: 200 };

export interface MailCatcherOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Where `handle` is mounted, such as `/dev/mail`; request URLs come with it. Default: at the root. */
  pathPrefix?: string;
}

export interface MailCatcher {
  readonly host: string;
  readonly smtpPort: number;
  /** Failures to play to the sender. */
  readonly faults: MailFaults;
  /** Newest first. */
  messages(filter?: MailFilter): CaughtMail[];
  /** The newest mail that fits, or the next to come. Rejects after `timeoutMs` (default 5 s), saying what did come. */
  waitFor(filter: MailFilter, timeoutMs?: number): Promise<CaughtMail>;
  /** Forgets all mails; answers how many. */
  clear(): number;
  /** Answers requests under `pathPrefix`; false, and nothing written, for all others. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  /** Ends waiting requests and connections, and forgets all mails. */
  stop(): Promise<void>;
}

/** Rejects when the port cannot be listened on. Takes any sender, recipient and sign-in; offers no STARTTLS. */
export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  const { host = '127.0.0.1', port = 0, pathPrefix = '' } = options;
  const [smtp, { default: PostalMime }] = await Promise.all([import('smtp-server'), import('postal-mime')]);
  const store = new MailStore(limits);
  const faults = new MailFaults();
  const stopping = new AbortController();

  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const raw = await collect(stream);
    await faults.delay(stopping.signal);
    faults.failIfTold();
    const envelope = envelopeOf(session);
    store.add(await readCaughtMail(PostalMime, { id: randomUUID(), receivedAt: new Date(), envelope, raw }));
  };

  const server = new smtp.SMTPServer({
    name: 'mail-catcher',
    banner: 'keeps mail in memory, delivers none',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: maxMailBytes,
    rejectOversized: true,
    maxClients: 100,
    // Long enough for replies under way, short enough for a stop that nobody notices.
    closeTimeout: 200,
    logger: false,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anyone' }),
    onData: (stream, session, callback) => {
      receive(stream, session).then(
        () => {
          if (faults.dropIfTold()) dropConnection(server, session);
          else callback(null, 'caught');
        },
        (error: unknown) => callback(asSmtpError(error)),
      );
    },
  });
  const smtpPort = await listen(server, host, port);

  return {
    host,
    smtpPort,
    faults,
    messages: (filter) => store.list(filter),
    waitFor: (filter, timeoutMs = 5_000) => waitOrExplain(store, filter, timeoutMs, stopping.signal),
    clear: () => store.clear(),
    handle: createMailHandler({ store, pathPrefix, stopping: stopping.signal, maxListed: limits.maxMails }),
    stop: async () => {
      stopping.abort();
      await new Promise<void>((resolve) => server.close(resolve));
      store.clear();
    },
  };
}

async function listen(server: SMTPServer, host: string, port: number): Promise<number> {
  // Without a listener a client's reset would end the process; it concerns that client alone. The failure to
  // listen comes here as well, and rejects below.
  server.on('error', () => undefined);
  const listener = server.listen(port, host);
  try {
    await once(listener, 'listening');
  } catch (error) {
    const message = `The mail catcher cannot listen on ${host}:${port}: free the port or choose another.`;
    throw new Error(message, { cause: error });
  }
  const address = listener.address();
  if (address === null || typeof address === 'string')
    throw new Error(`The mail catcher has no port on ${host}.`);
  return address.port;
}

/** Beyond the limit the bytes are read and dropped: the server then answers 552 by itself. */
async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.byteLength <= maxMailBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (stream.byteLength > maxMailBytes) throw new Error('The mail is larger than 10 MB.');
  return Buffer.concat(chunks);
}

function envelopeOf({ envelope }: SMTPServerSession): Envelope {
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map((recipient) => recipient.address),
  };
}

function asSmtpError(error: unknown): SMTPServerError {
  if (!(error instanceof Error)) return new Error('The mail catcher failed.');
  return error;
}

function dropConnection(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.id === session.id) connection.close();
  }
}

async function waitOrExplain(
  store: MailStore,
  filter: MailFilter,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<CaughtMail> {
  const mail = await store.waitFor(filter, timeoutMs, signal);
  if (mail !== null) return mail;
  const caught = store.list().slice(0, 5);
  const seen = caught.map((other) => `"${other.subject}" to ${other.envelope.to.join(', ')}`).join('; ');
  throw new Error(
    `No mail fitting ${describeFilter(filter)} came within ${timeoutMs} ms; caught last: ${seen === '' ? 'nothing' : seen}.`,
  );
}

function describeFilter({ to, subject, after }: MailFilter): string {
  const parts = Object.entries({ to, subject, after }).filter(([, value]) => value !== undefined);
  return parts.length === 0 ? 'anything' : parts.map(([key, value]) => `${key} ${String(value)}`).join(', ');
}
