import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { SMTPServerOptions } from 'smtp-server';
import { cleanUp, cleanups, failureOf, host, mail, reply, startServer, transportTo } from './smtp-setup.js';

afterEach(cleanUp);

describe('a refusal', () => {
  it.each([
    [550, 'permanent'],
    [552, 'permanent'],
    [451, 'temporary'],
    [452, 'temporary'],
    [421, 'unavailable'],
    [530, 'auth'],
  ])('of the recipient with %i is %s', async (code, kind) => {
    const { port } = await startServer({
      onRcptTo: (_address, _session, callback) => callback(reply(code, 'no')),
    });
    expect(await failureOf(transportTo(port).send(mail))).toMatchObject({ kind, accepted: 'no' });
  });

  it.each([
    [554, 'permanent'],
    [451, 'temporary'],
    [421, 'unavailable'],
  ])('of the sent mail with %i is %s, and certainly not accepted', async (code, kind) => {
    const { port } = await startServer({
      onData: (stream, _session, callback) => {
        stream.resume();
        stream.on('end', () => callback(reply(code, 'no')));
      },
    });
    const error = await failureOf(transportTo(port).send(mail));
    expect(error).toMatchObject({ kind, accepted: 'no' });
    expect(error.response).toContain(String(code));
  });

  it('leaves the connection usable for the next mail', async () => {
    const { deliveries, port, connections } = await startServer({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address.startsWith('ada') ? null : reply(550, 'no')),
    });
    const transport = transportTo(port, { pool: { maxConnections: 1 } });
    await failureOf(transport.send({ ...mail, to: { address: 'gone@school.example' } }));
    await transport.send(mail);
    expect([deliveries.length, connections()]).toEqual([1, 1]);
  });

  it('names neither recipient nor sender, in any of its fields', async () => {
    const { port } = await startServer({
      onRcptTo: ({ address }, _session, callback) =>
        callback(reply(550, `<${address}> is unknown to other@x.example`)),
    });
    const error = await failureOf(transportTo(port).send(mail));
    expect(error.response).toContain('is unknown to');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/ada@school|no-reply@|other@x/);
  });
});

describe('a broken connection', () => {
  it('that never was one is unavailable', async () => {
    const listener = createServer().listen(0, host);
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    const transport = transportTo(port);
    for (const attempt of [() => transport.send(mail), () => transport.verify()]) {
      const error = await failureOf(attempt());
      expect(error).toMatchObject({ kind: 'unavailable', accepted: 'no' });
      expect(error.message).toContain(`${host}:${port}`);
    }
  });

  it('before the greeting is unavailable', async () => {
    const listener = createServer((socket) => socket.destroy()).listen(0, host);
    await once(listener, 'listening');
    cleanups.push(() => new Promise((resolve) => listener.close(() => resolve())));
    const { port } = listener.address() as AddressInfo;
    expect(await failureOf(transportTo(port).send(mail))).toMatchObject({
      kind: 'unavailable',
      accepted: 'no',
    });
  });

  it('after the whole mail was sent leaves it unknown, and is not repeated by itself', async () => {
    let received = 0;
    const { server, port } = await startServer({
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => {
          received += 1;
          for (const connection of server.connections) connection.close();
        });
      },
    });
    const transport = transportTo(port);
    const error = await failureOf(transport.send(mail));
    expect(error).toMatchObject({ kind: 'unavailable', accepted: 'unknown' });
    expect(error.message).toContain('may have been accepted');
    await transport.close();
    expect(received).toBe(1);
  });

  it('in the middle of the mail means not accepted', async () => {
    const { server, port } = await startServer({
      onData: (stream) => {
        stream.once('data', () => {
          for (const connection of server.connections) connection.close();
        });
      },
    });
    const attachments = [{ filename: 'big.bin', content: Buffer.alloc(30_000_000) }];
    const error = await failureOf(transportTo(port).send({ ...mail, attachments }));
    expect(error).toMatchObject({ kind: 'unavailable', accepted: 'no' });
  });
});

describe('giving up', () => {
  const silent: SMTPServerOptions = { onRcptTo: () => undefined };
  const silentAfterData: SMTPServerOptions = { onData: (stream) => void stream.resume() };

  it('after the delivery time is unavailable', async () => {
    const { port } = await startServer(silent);
    const transport = transportTo(port, { timeouts: { deliveryMs: 100 } });
    expect(await failureOf(transport.send(mail))).toMatchObject({ kind: 'unavailable', accepted: 'no' });
  });

  it('after the mail was sent but never answered leaves it unknown', async () => {
    const { port } = await startServer(silentAfterData);
    const transport = transportTo(port, { timeouts: { deliveryMs: 200 } });
    expect(await failureOf(transport.send(mail))).toMatchObject({ kind: 'unavailable', accepted: 'unknown' });
  });

  it('by the caller ends that mail and leaves the others', async () => {
    const { deliveries, port } = await startServer({
      onRcptTo: ({ address }, _session, callback) => {
        if (address.startsWith('ada')) callback();
      },
    });
    const transport = transportTo(port, { pool: { maxConnections: 1 } });
    const controller = new AbortController();
    const stuck = failureOf(
      transport.send({ ...mail, to: { address: 'stuck@school.example' } }, { signal: controller.signal }),
    );
    const behind = transport.send(mail);
    controller.abort();
    expect(await stuck).toMatchObject({ kind: 'temporary', accepted: 'no' });
    await behind;
    expect(deliveries).toHaveLength(1);
  });

  it('before the start sends nothing', async () => {
    const { port, connections } = await startServer();
    const error = await failureOf(transportTo(port).send(mail, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ kind: 'temporary', accepted: 'no' });
    expect(connections()).toBe(0);
  });
});
