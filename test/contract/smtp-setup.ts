/** A real SMTP server for each test of the SMTP transport, and a transport that talks to it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createSmtpTransport, type SmtpTransportOptions } from '../../src/adapters/mail/smtp-transport.js';
import {
  MailDeliveryError,
  type MailTransport,
  type OutgoingMail,
} from '../../src/domains/mail/mail.ports.js';

export const host = '127.0.0.1';
export const mail: OutgoingMail = {
  messageId: '<0198c0de-0000-7000-8000-000000000001@toolbox.example>',
  from: { name: 'Toolbox', address: 'no-reply@toolbox.example' },
  to: { name: 'Ada', address: 'ada@school.example' },
  subject: 'Grüße',
  html: '<p>Hello</p>',
  text: 'Hello',
};

interface Delivery {
  from: string;
  to: string[];
  raw: string;
  secure: boolean;
}

export const cleanups: (() => Promise<void>)[] = [];
/** Ends what a test started, the latest first. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export async function startServer(options: SMTPServerOptions = {}) {
  const deliveries: Delivery[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 20,
    logger: false,
    onConnect: (_session, callback) => {
      connections += 1;
      callback();
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        deliveries.push({ from, to, raw: Buffer.concat(chunks).toString(), secure: session.secure });
        callback(null, 'OK: queued as 4F7A-1');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listener = server.listen(0, host);
  await once(listener, 'listening');
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return {
    server,
    deliveries,
    port: (listener.address() as AddressInfo).port,
    connections: () => connections,
  };
}

export function transportTo(port: number, options: Partial<SmtpTransportOptions> = {}): MailTransport {
  const transport = createSmtpTransport({ host, port, tls: 'none', ...options });
  cleanups.push(() => transport.close());
  return transport;
}

export async function failureOf(promise: Promise<unknown>): Promise<MailDeliveryError> {
  const error: unknown = await promise.then(
    () => new Error('It was accepted.'),
    (reason: unknown) => reason,
  );
  if (error instanceof MailDeliveryError) return error;
  throw error;
}

export function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
