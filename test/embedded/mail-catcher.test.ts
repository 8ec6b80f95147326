import { once } from 'node:events';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';

let catcher: MailCatcher;

beforeEach(async () => {
  catcher = await startMailCatcher();
});

afterEach(() => catcher.stop());

async function send(fields: Record<string, unknown> = {}): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: catcher.smtpPort, ignoreTLS: true });
  try {
    await transport.sendMail({
      from: 'a@toolbox.example',
      to: 'ada@school.example',
      subject: 'One',
      text: 'Hi',
      ...fields,
    });
  } finally {
    transport.close();
  }
}

describe('catching', () => {
  it('keeps what was sent, read and raw', async () => {
    await send({
      from: { name: 'Toolbox', address: 'a@toolbox.example' },
      subject: 'Grüße 👋',
      html: '<p><a href="https://toolbox.example/v?a=1&amp;b=2">Verify</a> <a href="javascript:x">no</a></p>',
      text: 'Go to https://toolbox.example/v?a=1&b=2. Or http://other.example/x',
      attachments: [{ filename: 'a.txt', content: 'four' }],
      headers: { 'X-Test': 'yes' },
    });
    const [mail] = catcher.messages();
    expect(mail).toMatchObject({
      subject: 'Grüße 👋',
      from: 'Toolbox <a@toolbox.example>',
      to: ['ada@school.example'],
      envelope: { from: 'a@toolbox.example', to: ['ada@school.example'] },
      links: ['https://toolbox.example/v?a=1&b=2', 'http://other.example/x'],
      attachments: [{ filename: 'a.txt', mimeType: 'text/plain', sizeBytes: 4 }],
      parseError: null,
    });
    expect(mail?.headers).toContainEqual({ name: 'X-Test', value: 'yes' });
    expect(mail?.raw.toString()).toContain('X-Test: yes');
  });

  it('finds mails by recipient (hidden ones too), subject and what came before', async () => {
    await send({ subject: 'First' });
    await send({ subject: 'Second', bcc: 'Bob@School.example' });
    const first = catcher.messages({ subject: 'first' })[0];
    expect(catcher.messages().map(({ subject }) => subject)).toEqual(['Second', 'First']);
    expect(catcher.messages({ to: 'bob@school.example' }).map(({ subject }) => subject)).toEqual(['Second']);
    expect(catcher.messages({ subject: /^F/ }).map(({ subject }) => subject)).toEqual(['First']);
    expect(catcher.messages({ after: first?.id ?? '' }).map(({ subject }) => subject)).toEqual(['Second']);
    expect(catcher.messages({ after: new Date(Date.now() + 1000) })).toEqual([]);
  });

  it('waits for a mail to come, and says what came instead when it does not', async () => {
    const waiting = catcher.waitFor({ to: 'ada@school.example', subject: 'Later' });
    await send({ subject: 'Sooner' });
    await send({ subject: 'Later' });
    expect((await waiting).subject).toBe('Later');
    await expect(catcher.waitFor({ to: 'eve@school.example' }, 20)).rejects.toThrow(
      /to eve@school\.example came within 20 ms; caught last: "Later" to ada@school\.example/,
    );
  });

  it('keeps the last 500', async () => {
    const transport = createTransport({
      pool: true,
      maxMessages: 1000,
      host: '127.0.0.1',
      port: catcher.smtpPort,
      ignoreTLS: true,
    });
    const numbers = Array.from({ length: 505 }, (_, index) => index);
    await Promise.all(
      numbers.map((number) =>
        transport.sendMail({ from: 'a@x.example', to: 'b@x.example', subject: `n${number}`, text: 'x' }),
      ),
    );
    transport.close();
    expect(catcher.messages()).toHaveLength(500);
  });

  it('keeps at most 50 MB and drops the oldest', async () => {
    for (let number = 0; number < 7; number += 1) {
      await send({
        subject: `n${number}`,
        attachments: [{ filename: 'x', content: Buffer.alloc(6_000_000) }],
      });
    }
    const kept = catcher.messages();
    expect(kept.reduce((sum, mail) => sum + mail.sizeBytes, 0)).toBeLessThanOrEqual(50 * 1024 * 1024);
    expect(kept.map(({ subject }) => subject)).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1']);
  });

  it('refuses a mail of more than 10 MB for good, even when the sender hides its size', async () => {
    await expect(
      send({ attachments: [{ filename: 'x', content: Buffer.alloc(8_000_000) }] }),
    ).rejects.toMatchObject({
      responseCode: 552,
    });
    const socket = connect(catcher.smtpPort, '127.0.0.1');
    let replies = '';
    socket.on('data', (chunk: Buffer) => (replies += chunk.toString()));
    await once(socket, 'data');
    socket.write('EHLO x\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n');
    socket.write(`${`${'x'.repeat(998)}\r\n`.repeat(11_000)}\r\n.\r\nQUIT\r\n`);
    await once(socket, 'close');
    expect(replies).toMatch(/^552 /m);
    expect(catcher.messages()).toEqual([]);
  });

  it('keeps a mail that cannot be read', async () => {
    await send({
      raw: `Subject: x\r\n${'X-Long: y\r\n'.repeat(250_000)}\r\nbody`,
      envelope: { from: 'a@x.example', to: 'b@x.example' },
    });
    const [mail] = catcher.messages({ to: 'b@x.example' });
    expect(mail?.parseError).toMatch(/header/i);
    expect(mail?.raw.length).toBeGreaterThan(2_000_000);
  });

  it('says when its port is taken', async () => {
    await expect(startMailCatcher({ port: catcher.smtpPort })).rejects.toThrow(
      `127.0.0.1:${catcher.smtpPort}`,
    );
  });

  it('takes any sign-in and forgets all on request', async () => {
    const transport = createTransport({
      host: '127.0.0.1',
      port: catcher.smtpPort,
      auth: { user: 'u', pass: 'p' },
    });
    await transport.sendMail({ from: 'a@x.example', to: 'b@x.example', subject: 's', text: 't' });
    transport.close();
    expect(catcher.clear()).toBe(1);
    expect(catcher.messages()).toEqual([]);
  });
});

describe('playing failures', () => {
  it('refuses as many mails as told', async () => {
    catcher.faults.failNext(2, 451);
    await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    await send({ subject: 'Third' });
    expect(catcher.messages().map(({ subject }) => subject)).toEqual(['Third']);
    expect(() => catcher.faults.failNext(1, 250)).toThrow(RangeError);
  });

  it('keeps a mail but cuts the connection before the answer', async () => {
    catcher.faults.dropNextAfterData(1);
    await expect(send()).rejects.toMatchObject({ code: 'ECONNECTION' });
    expect(catcher.messages()).toHaveLength(1);
    await send();
    expect(catcher.messages()).toHaveLength(2);
  });

  it('answers late, and stops at once all the same', async () => {
    catcher.faults.delayMs = 60_000;
    const sending = send().then(
      () => 'sent',
      () => 'failed',
    );
    await expect(catcher.waitFor({}, 50)).rejects.toThrow(/No mail fitting anything/);
    await catcher.stop();
    expect(await sending).toBe('failed');
  });
});
