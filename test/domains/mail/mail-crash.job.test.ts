import type { SMTPServerOptions } from 'smtp-server';
import { cleanUp, host, startServer } from '../../contract/smtp-setup.js';
import { spawnToolbox, type ToolboxProcess } from '../../journeys/toolbox-process.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { captureLog } from '../../support/captured-log.js';
import { hurryRetry } from '../../support/jobs.js';
import { waitFor } from '../../support/wait-for.js';
import { causeMail, deadLettersOf, waitForMail, type MailRow } from './scene.js';

/** A mail server that takes mails and, while it is told to, never says so. */
async function startSilentServer() {
  const taken: string[] = [];
  let silent = true;
  const onData: SMTPServerOptions['onData'] = (stream, _session, callback) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      taken.push(/^Message-ID: (.*)$/im.exec(Buffer.concat(chunks).toString())?.[1]?.trim() ?? '');
      if (!silent) callback(null, 'OK');
    });
  };
  const { port } = await startServer({ onData });
  return {
    port,
    taken,
    answer: () => {
      silent = false;
    },
  };
}

describe('a worker that is killed while it sends', () => {
  const workers: ToolboxProcess[] = [];
  let api: TestApp;
  let server: Awaited<ReturnType<typeof startSilentServer>>;
  let mail: MailRow;

  beforeAll(async () => {
    server = await startSilentServer();
    api = await startTestApp({ mode: 'api' });
    workers.push(await startWorkerProcess());
    const { invitationId } = await causeMail(api);
    await waitFor(() => server.taken.length === 1, { timeoutMs: 15_000, what: 'the mail at the server' });
    mail = await waitForMail(api, invitationId, ({ status }) => status === 'sending');
  }, 30_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await Promise.all(workers.map(({ ended }) => ended));
    await api.stop();
    await cleanUp();
  });

  async function startWorkerProcess(): Promise<ToolboxProcess> {
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      PUBLIC_URL: 'http://toolbox.test',
      DATABASE_URL: api.database.url('app'),
      DATABASE_RELAY_URL: api.database.url('relay'),
      SMTP_HOST: host,
      SMTP_PORT: String(server.port),
      SMTP_USE_TLS: 'false',
      SECRET_KEY: 'test-secret-key-0123456789-abcdefghijklmn',
      JWT_SECRET_KEY: 'test-jwt-secret-0123456789-abcdefghijklmn',
    };
    return spawnToolbox(['worker'], { env });
  }

  /** Another worker on the same database; what the killed one held is made to look long dead. */
  async function takeOver(): Promise<TestApp> {
    const worker = await startTestApp({
      mode: 'worker',
      database: api.database,
      mail: api.mail,
      env: { SMTP_PORT: String(server.port) },
      log: captureLog('error').log,
    });
    await api.database.query(
      'superuser',
      `update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'`,
    );
    await hurryRetry(api.database, 'send-mail', { mailId: mail.id });
    return worker;
  }

  it('repeats the mail at most once, under the same Message-ID', async () => {
    workers[0]?.kill('SIGKILL');
    await workers[0]?.ended;
    server.answer();
    const worker = await takeOver();
    try {
      const sent = await waitForMail(api, mail.subject_id, ({ status }) => status === 'sent');
      expect(sent).toMatchObject({ attempts: 2, unconfirmed_attempts: 1 });
      const id = `<${mail.id}@toolbox.localhost>`;
      expect(server.taken).toEqual([id, id]);
      expect(await deadLettersOf(api, mail.id)).toEqual([]);
    } finally {
      await worker.stop();
    }
  });
});
