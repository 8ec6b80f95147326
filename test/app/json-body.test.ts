import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { BodyError, readJsonBody } from '../../src/app/json-body.js';

const limit = 1024 * 1024;

/** A request whose body comes in these pieces. */
function requestOf(chunks: Buffer[], headers: Record<string, string> = {}): IncomingMessage {
  return Object.assign(Readable.from(chunks, { objectMode: false }), {
    headers,
  }) as unknown as IncomingMessage;
}

function cut(bytes: Buffer, places: number[]): Buffer[] {
  const sorted = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b),
    bytes.length,
  ];
  return sorted
    .slice(1)
    .map((end, index) => bytes.subarray(sorted[index], end))
    .filter(({ length }) => length > 0);
}

async function statusOf(request: IncomingMessage): Promise<number> {
  const error: unknown = await readJsonBody(request).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BodyError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error.status;
}

describe('a JSON body', () => {
  it('is the same however it is cut into pieces, also within a character', async () => {
    const values = fc.jsonValue({ stringUnit: 'binary' });
    await fc.assert(
      fc.asyncProperty(values, fc.array(fc.nat(), { maxLength: 6 }), async (value, places) => {
        const text = JSON.stringify(value);
        expect(await readJsonBody(requestOf(cut(Buffer.from(text), places)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('takes the last of two same keys, and __proto__ as a key like others', async () => {
    const body = await readJsonBody(requestOf([Buffer.from('{"a":1,"a":2,"__proto__":{"b":1}}')]));
    expect(JSON.stringify(body)).toBe('{"a":2,"__proto__":{"b":1}}');
    expect((body as { b?: unknown }).b).toBeUndefined();
  });

  it.each(['', ' ', '{', '{"a":1}}', 'undefined', "{'a':1}", '\ufeff{}', '{"a":"\u0001"}', '[1,]'])(
    'refuses %j',
    async (text) => {
      expect(await statusOf(requestOf([Buffer.from(text)].filter(({ length }) => length > 0)))).toBe(400);
    },
  );

  it('takes one of exactly 1 MiB and refuses a byte more, said or not', async () => {
    const ofSize = (size: number) => [
      Buffer.from(`"${'x'.repeat(size / 2)}`),
      Buffer.from(`${'x'.repeat(size / 2 - 2)}"`),
    ];
    expect(await readJsonBody(requestOf(ofSize(limit)))).toHaveLength(limit - 2);
    expect(await statusOf(requestOf([...ofSize(limit), Buffer.from(' ')]))).toBe(413);
    expect(await statusOf(requestOf([], { 'content-length': String(limit + 1) }))).toBe(413);
  });

  it('refuses one that is compressed', async () => {
    expect(await statusOf(requestOf([Buffer.from('{}')], { 'content-encoding': 'gzip' }))).toBe(415);
    expect(await readJsonBody(requestOf([Buffer.from('{}')], { 'content-encoding': 'identity' }))).toEqual(
      {},
    );
  });

  describe('over a socket', () => {
    let server: Server;
    let outcome: Promise<unknown>;
    beforeEach(async () => {
      server = createServer();
      outcome = new Promise((resolve) => {
        server.on('request', (request, response) => {
          readJsonBody(request).then(resolve, resolve);
          request.once('close', () => response.end());
        });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(() => server.close());

    async function send(text: string) {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      await once(socket, 'connect');
      await new Promise((resolve) => socket.write(text, resolve));
      return socket;
    }

    it('is refused when the client hangs up in the middle', async () => {
      const requested = once(server, 'request');
      const socket = await send('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"a":');
      await requested;
      socket.destroy();
      expect(await outcome).toMatchObject({ status: 400, message: 'The request ended before its body did.' });
    });

    it('is refused when it grows too large without having said so', async () => {
      const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
      const socket = await send(
        `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(17)}`,
      );
      expect(await outcome).toMatchObject({ status: 413 });
      socket.destroy();
    });
  });
});
