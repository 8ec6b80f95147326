import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import PostalMime from 'postal-mime';
import { createLoopbackCertificate } from './smtp-certificate.js';
import { cleanUp, failureOf, mail, reply, startServer, transportTo } from './smtp-setup.js';

afterEach(cleanUp);

describe('a mail that the server accepts', () => {
  it('arrives as written, with its Message-ID, and brings a receipt', async () => {
    const { deliveries, port } = await startServer();
    const receipt = await transportTo(port).send(mail);

    expect(receipt).toEqual({
      provider: 'smtp',
      providerMessageId: '4F7A-1',
      response: '250 OK: queued as 4F7A-1',
    });
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({ from: 'no-reply@toolbox.example', to: ['ada@school.example'] });
    expect(deliveries[0]?.raw).toContain(`Message-ID: ${mail.messageId}\r\n`);
    const parsed = await PostalMime.parse(deliveries[0]?.raw ?? '');
    expect(parsed).toMatchObject({ subject: 'Grüße', from: mail.from, to: [mail.to] });
    expect([parsed.html?.trim(), parsed.text?.trim()]).toEqual(['<p>Hello</p>', 'Hello']);
  });

  it('carries reply address, headers and attachments', async () => {
    const { deliveries, port } = await startServer();
    await transportTo(port).send({
      ...mail,
      replyTo: { address: 'help@toolbox.example' },
      headers: { 'List-Unsubscribe': '<https://toolbox.example/u>' },
      attachments: [{ filename: 'receipt.txt', content: Buffer.from('paid'), contentType: 'text/plain' }],
    });
    const parsed = await PostalMime.parse(deliveries[0]?.raw ?? '', { attachmentEncoding: 'utf8' });
    expect(parsed.replyTo?.[0]?.address).toBe('help@toolbox.example');
    expect(parsed.headers).toContainEqual(
      expect.objectContaining({ key: 'list-unsubscribe', value: '<https://toolbox.example/u>' }),
    );
    expect(parsed.attachments).toMatchObject([{ filename: 'receipt.txt', content: 'paid' }]);
  });

  it('shares connections with others, up to the limit', async () => {
    const { deliveries, port, connections } = await startServer();
    const transport = transportTo(port, { pool: { maxConnections: 2 } });
    await Promise.all(Array.from({ length: 20 }, () => transport.send(mail)));
    expect(deliveries).toHaveLength(20);
    expect(connections()).toBe(2);
  });

  it('goes out once over a new connection when the server had ended the idle one', async () => {
    const { server, deliveries, port } = await startServer();
    const transport = transportTo(port);
    await transport.send(mail);
    for (const connection of server.connections) connection.close();
    await transport.send(mail);
    expect(deliveries).toHaveLength(2);
  });

  it('is signed with DKIM, subject and sender included', async () => {
    const { deliveries, port } = await startServer();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const dkim = { domainName: 'toolbox.example', keySelector: 'key1', privateKey };
    await transportTo(port, { dkim }).send(mail);
    const { headers } = await PostalMime.parse(deliveries[0]?.raw ?? '');
    const signature = headers.find(({ key }) => key === 'dkim-signature')?.value ?? '';
    expect(signature).toMatch(/d=toolbox\.example/);
    expect(signature).toMatch(/s=key1/);
    expect(signature).toMatch(/h=[^;]*from[^;]*subject/i);
  });
});

describe('line breaks in values', () => {
  const injected = 'x\r\nBcc: victim@evil.example\r\n\r\nbody';

  it('add no header, no recipient and no body', async () => {
    const { deliveries, port } = await startServer();
    await transportTo(port).send({
      ...mail,
      subject: injected,
      from: { ...mail.from, name: injected },
      to: { ...mail.to, name: injected },
      headers: { 'X-Org': injected, 'X-Bad\r\nBcc': 'victim@evil.example' },
      attachments: [{ filename: injected, content: 'a' }],
    });
    const parsed = await PostalMime.parse(deliveries[0]?.raw ?? '');
    expect(deliveries[0]?.to).toEqual(['ada@school.example']);
    expect(parsed.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(parsed.text?.trim()).toBe('Hello');
  });

  it.each([
    'a@b.example\r\nRCPT TO:<victim@evil.example>',
    'a@b.example, victim@evil.example',
    'a@b@c',
    '<a@b>',
    'nobody',
  ])('refuse the address %j before anything is sent', async (address) => {
    const { port, connections } = await startServer();
    const error = await failureOf(transportTo(port).send({ ...mail, to: { address } }));
    expect(error).toMatchObject({ kind: 'permanent', accepted: 'no' });
    expect(connections()).toBe(0);
  });
});

describe('sign-in', () => {
  const credentials = { user: 'mailer-7', password: 'pass-w0rd-9' };

  it('succeeds with the right credentials', async () => {
    const { deliveries, port } = await startServer({
      authOptional: false,
      onAuth: (auth, _session, callback) =>
        auth.username === 'mailer-7' && auth.password === 'pass-w0rd-9'
          ? callback(null, { user: 1 })
          : callback(reply(535, 'no')),
    });
    const transport = transportTo(port, credentials);
    await transport.verify();
    await transport.send(mail);
    expect(deliveries).toHaveLength(1);
  });

  it.each([
    [535, 'auth'],
    [454, 'temporary'],
  ])('refused with %i is %s and leaks no credential', async (code, kind) => {
    const echoes = ['mailer-7', 'pass-w0rd-9', Buffer.from('pass-w0rd-9').toString('base64')];
    const { port } = await startServer({
      authOptional: false,
      onAuth: (_auth, _session, callback) => callback(reply(code, `no: ${echoes.join(' ')}`)),
    });
    const transport = transportTo(port, credentials);
    for (const attempt of [() => transport.send(mail), () => transport.verify()]) {
      const error = await failureOf(attempt());
      expect(error).toMatchObject({ kind, accepted: 'no' });
      const everything = inspect(error, { depth: 9, showHidden: true });
      for (const secret of echoes) expect(everything).not.toContain(secret);
    }
  });

  it('is refused by the transport where the server offers none', async () => {
    const { deliveries, port } = await startServer({ disabledCommands: ['STARTTLS', 'AUTH'] });
    expect(await failureOf(transportTo(port, credentials).send(mail))).toMatchObject({ accepted: 'no' });
    expect(deliveries).toHaveLength(0);
  });
});

describe('TLS', () => {
  const { cert, key } = createLoopbackCertificate();

  it('is reached through STARTTLS with a certificate of an authority that one names', async () => {
    const { deliveries, port } = await startServer({ cert, key, disabledCommands: [] });
    await transportTo(port, { tls: 'starttls', ca: cert }).send(mail);
    expect(deliveries[0]?.secure).toBe(true);
  });

  it('is spoken from the first byte where told', async () => {
    const { deliveries, port } = await startServer({ cert, key, secure: true });
    await transportTo(port, { tls: 'tls', ca: cert }).send(mail);
    expect(deliveries[0]?.secure).toBe(true);
  });

  it('is refused with a certificate that nobody vouches for', async () => {
    const { deliveries, port } = await startServer({ cert, key, disabledCommands: [] });
    const error = await failureOf(transportTo(port, { tls: 'starttls' }).send(mail));
    expect(error).toMatchObject({ kind: 'unavailable', accepted: 'no' });
    expect(deliveries).toHaveLength(0);
  });

  it('is not given up when the server does not offer STARTTLS', async () => {
    const { deliveries, port } = await startServer();
    const error = await failureOf(transportTo(port, { tls: 'starttls', ca: cert }).send(mail));
    expect(error).toMatchObject({ kind: 'unavailable', accepted: 'no' });
    expect(deliveries).toHaveLength(0);
  });
});

describe('closing', () => {
  it('waits for mails under way and refuses later ones', async () => {
    const { deliveries, port } = await startServer();
    const transport = transportTo(port);
    const sending = transport.send(mail);
    await transport.close();
    expect(deliveries).toHaveLength(1);
    await sending;
    expect(await failureOf(transport.send(mail))).toMatchObject({ kind: 'unavailable', accepted: 'no' });
  });
});
