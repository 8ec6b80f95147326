import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';

let catcher: MailCatcher;
let origin: string;
let closeHttp: () => Promise<void>;

beforeEach(async () => {
  catcher = await startMailCatcher({ pathPrefix: '/dev/mail' });
  const server = createServer((req, res) => {
    catcher.handle(req, res).then(
      (handled) => {
        if (!handled) res.writeHead(418).end();
      },
      (error: unknown) => res.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closeHttp = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});

afterEach(async () => {
  await catcher.stop();
  await closeHttp();
});

interface MailJson {
  id: string;
  subject: string;
  html: string | null;
  text: string | null;
  links: string[];
  headers: { name: string; value: string }[];
  attachments: { filename: string; mimeType: string; sizeBytes: number }[];
}

const api = (path: string, init?: RequestInit) => fetch(`${origin}/dev/mail${path}`, init);
const getJson = async <T>(path: string): Promise<T> => (await (await api(path)).json()) as T;
const listSubjects = async (query = '') =>
  (await getJson<{ messages: MailJson[] }>(`/api/messages${query}`)).messages.map(({ subject }) => subject);

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

describe('the HTTP interface', () => {
  it('lists newest first, filtered, limited, without bodies', async () => {
    await send({ subject: 'One' });
    await send({ subject: 'Two', to: 'bob@school.example' });
    expect(await listSubjects()).toEqual(['Two', 'One']);
    expect(await listSubjects('?limit=1')).toEqual(['Two']);
    expect(await listSubjects('?to=ADA@school.example')).toEqual(['One']);
    expect(await listSubjects('?subject=tw')).toEqual(['Two']);
    expect(await listSubjects(`?after=${catcher.messages({ subject: 'One' })[0]?.id}`)).toEqual(['Two']);
    expect(await listSubjects('?after=2020-01-01T00:00:00Z')).toEqual(['Two', 'One']);
    const { messages } = await getJson<{ messages: object[] }>('/api/messages');
    expect(messages[0]).not.toHaveProperty('text');
  });

  it('shows one whole, and raw as it came', async () => {
    await send({ html: '<b>Hi</b>' });
    const id = catcher.messages()[0]?.id ?? '';
    expect(await getJson<MailJson>(`/api/messages/${id}`)).toMatchObject({
      id,
      html: '<b>Hi</b>\n',
      attachments: [],
    });
    const raw = await api(`/api/messages/${id}/raw`);
    expect(raw.headers.get('content-type')).toBe('message/rfc822');
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(catcher.messages()[0]?.raw);
  });

  it('deletes one, then all', async () => {
    for (const subject of ['One', 'Two', 'Three']) await send({ subject });
    const id = catcher.messages({ subject: 'Two' })[0]?.id ?? '';
    expect((await api(`/api/messages/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await api(`/api/messages/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await listSubjects()).toEqual(['Three', 'One']);
    expect(await listSubjects(`?after=${id}`)).toEqual(['Three']);
    expect(await (await api('/api/messages', { method: 'DELETE' })).json()).toEqual({ deleted: 2 });
    expect(await listSubjects()).toEqual([]);
  });

  it('waits for a mail to come', async () => {
    const waiting = getJson<MailJson>('/api/messages/wait?to=ada@school.example&subject=late&timeoutMs=5000');
    await send({ subject: 'Too late?' });
    expect((await waiting).subject).toBe('Too late?');
    const none = await api('/api/messages/wait?to=nobody@x.example&timeoutMs=10');
    expect([none.status, await none.json()]).toMatchObject([404, { error: { code: 'NOT_CAUGHT' } }]);
  });

  it('stops waiting when the client leaves', async () => {
    const controllers = Array.from({ length: 200 }, () => new AbortController());
    const waits = controllers.map(({ signal }) =>
      api('/api/messages/wait?timeoutMs=60000', { signal }).catch(() => 'left'),
    );
    let refusedStatus = 0;
    for (let tries = 0; refusedStatus !== 503 && tries < 500; tries += 1) {
      refusedStatus = (await api('/api/messages/wait?timeoutMs=5')).status;
    }
    expect(refusedStatus).toBe(503);
    for (const controller of controllers) controller.abort();
    expect(new Set(await Promise.all(waits))).toEqual(new Set(['left']));
    let freeStatus = 0;
    for (let tries = 0; freeStatus !== 404 && tries < 500; tries += 1) {
      freeStatus = (await api('/api/messages/wait?timeoutMs=5')).status;
    }
    expect(freeStatus).toBe(404);
  });

  it.each([
    ['GET', '/api/messages?limit=0', 400],
    ['GET', '/api/messages?limit=many', 400],
    ['GET', '/api/messages?after=yesterday', 400],
    ['GET', '/api/messages/wait?timeoutMs=60001', 400],
    ['GET', '/api/messages/unknown', 404],
    ['GET', '/api/messages/unknown/raw', 404],
    ['GET', '/api/else', 404],
    ['POST', '/api/messages', 405],
    ['DELETE', '/', 405],
  ])('answers %s %s with %i and words', async (method, path, status) => {
    const response = await api(path, { method });
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.message.length).toBeGreaterThan(20);
    if (status === 405) expect(response.headers.get('allow')).toMatch(/GET, HEAD/);
  });

  it('leaves other paths to others, and finds its slash', async () => {
    expect((await fetch(`${origin}/graphql`)).status).toBe(418);
    expect((await fetch(`${origin}/dev/mailbox`)).status).toBe(418);
    const response = await fetch(`${origin}/dev/mail`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/dev/mail/']);
  });

  it('answers HEAD without a body', async () => {
    const head = request(`${origin}/dev/mail/api/messages`, { method: 'HEAD' }).end();
    const [response] = (await once(head, 'response')) as [
      { statusCode: number; headers: Record<string, string> },
    ];
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
  });
});

describe('the page', () => {
  it('runs nothing but its own script and loads nothing from elsewhere', async () => {
    const response = await api('/');
    const page = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    const digest = async (tag: string) => {
      const content = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(page)?.[1] ?? '';
      return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(content))).toString('base64');
    };
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${await digest('script')}'`);
    expect(policy).toContain(`style-src 'sha256-${await digest('style')}'`);
    expect(policy).not.toContain('unsafe');
    expect(page).not.toMatch(/(src|href)="https?:|style="|onclick=/);
  });

  it('shows the HTML of a mail without scripts, forms and network', async () => {
    await send({
      html: '<html><head></head><body><script>parent.x = 1</script><img src="https://x.example/p.png"></body></html>',
    });
    const response = await api(`/api/messages/${catcher.messages()[0]?.id}/html`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/);
    expect(policy).not.toMatch(/script|https?:/);
    expect(await response.text()).toContain('<head><base target="_blank">');
  });
});
