import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { errorCodes } from '../../src/app/error-codes.js';
import { errorWords } from '../../src/app/pages/error-words.js';
import { html, scriptLiteral } from '../../src/app/pages/html.js';
import { pageRoutes, type PageOptions } from '../../src/app/pages/index.js';

const paths = ['/', '/verify-email', '/accept-invitation'];
const hostileName = `Tools & <script>alert("1")</script> 'R' Us`;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A server with the pages; `operations` collects what reaches /graphql. */
async function serve(options: Partial<PageOptions> = {}) {
  const operations: string[] = [];
  const app = express();
  app.use(pageRoutes({ productName: 'Toolbox', development: false, ...options }));
  app.use('/graphql', (req, res) => {
    operations.push(`${req.method} ${req.url}`);
    res.json({ data: null });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { operations, ask, text: async (path: string) => (await ask(path)).text() };
}

function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

/** The texts of all elements of a name, as a browser hashes them. */
function inline(document: string, name: 'script' | 'style'): string[] {
  return [...document.matchAll(new RegExp(`<${name}[^>]*>([^]*?)</${name}>`, 'g'))].map(
    ([, text]) => text ?? '',
  );
}

function directive(policy: string, name: string): string | undefined {
  return policy.split('; ').find((each) => each.startsWith(`${name} `));
}

describe.each(paths)('the page %s', (path) => {
  it('forbids browsers to keep it, frame it, guess its type or tell where one came from', async () => {
    const { ask } = await serve();
    const { status, headers } = await ask(path);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('lets its very own script and style run and nothing else', async () => {
    const { ask } = await serve({ productName: hostileName });
    const response = await ask(path);
    const document = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    const scripts = inline(document, 'script');
    expect(directive(policy, 'default-src')).toBe("default-src 'none'");
    expect(directive(policy, 'script-src')).toBe(`script-src ${scripts.map(hashOf).join(' ') || "'none'"}`);
    expect(directive(policy, 'style-src')).toBe(
      `style-src ${inline(document, 'style').map(hashOf).join(' ')}`,
    );
    expect(directive(policy, 'form-action')).toBe("form-action 'none'");
    expect(policy).not.toContain('unsafe');
    // Attributes that would need more than the policy allows.
    expect(document).not.toMatch(/<[^>]+\s(?:style|on\w+|src)=/);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const { ask } = await serve();
    const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
    // The date, and what fetch does with the connection, differ from answer to answer.
    const passing = ['date', 'connection', 'keep-alive'];
    const lasting = ({ headers }: Response) =>
      Object.fromEntries([...headers].filter(([name]) => !passing.includes(name)));
    expect(head.status).toBe(200);
    expect(lasting(head)).toEqual(lasting(get));
    expect(await head.text()).toBe('');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'refuses %s and says what it allows',
    async (method) => {
      const { ask } = await serve();
      const response = await ask(path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    },
  );

  it('escapes the name of the product wherever it stands', async () => {
    const { text } = await serve({ productName: hostileName });
    const document = await text(path);
    expect(document).not.toContain('<script>alert');
    expect(
      document.split('Tools &amp; &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &#39;R&#39; Us').length,
    ).toBeGreaterThan(2);
  });

  it('labels each of its fields and names the place that speaks for each of its forms', async () => {
    const { text } = await serve();
    const document = await text(path);
    const ids = [...document.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fields = [...document.matchAll(/<input[^]*?\sid="([^"]+)"/g)].map(([, id]) => id);
    const labels = [...document.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id);
    expect(labels).toEqual(fields);
    const described = [...document.matchAll(/aria-describedby="([^"]+)"/g)].flatMap(([, each]) =>
      each?.split(' '),
    );
    expect(described.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('the pages', () => {
  it('change nothing when a scanner of mail opens them, whatever stands in the query', async () => {
    const { ask, operations } = await serve();
    for (const path of paths) {
      const { status } = await ask(`${path}?token=abc&action=confirm`);
      expect(status).toBe(200);
    }
    expect(operations).toEqual([]);
  });

  it('are the same for every token: none of it ever comes back', async () => {
    const { text } = await serve();
    expect(await text('/verify-email?token=sesame')).toBe(await text('/verify-email'));
    expect(await text('/accept-invitation?token=sesame')).toBe(await text('/accept-invitation'));
  });

  it('leave every other path alone', async () => {
    const { ask, operations } = await serve();
    expect((await ask('/elsewhere')).status).toBe(404);
    await ask('/graphql', { method: 'POST' });
    expect(operations).toEqual(['POST /']);
  });

  it('link the explorer and the caught mail in development only', async () => {
    const developing = await serve({ development: true });
    const producing = await serve({ development: false });
    const links = (document: string) => [...document.matchAll(/href="(\/[^"]*)"/g)].map(([, href]) => href);
    expect(links(await developing.text('/'))).toEqual(['/graphql', '/dev/mail/', '/health']);
    expect(links(await producing.text('/'))).toEqual(['/health']);
  });

  it('ask for the password behind a verification link only once the server does', async () => {
    const document = await (await serve()).text('/verify-email');
    // Disabled as well, so that a field which nobody sees neither keeps the form back nor is sent.
    expect(document).toMatch(/<fieldset id="which" hidden disabled>[^]*name="password"[^]*<\/fieldset>/);
    const [code] = /ACCOUNTS_VERIFICATION_NEEDS_\w+/.exec(document) ?? [];
    expect(errorCodes).toHaveProperty(code ?? 'no code');
  });

  it('have their own words only for error codes that the server knows', () => {
    expect(Object.keys(errorWords).filter((code) => !(code in errorCodes))).toEqual([]);
  });
});

describe('html', () => {
  it('escapes values, keeps markup, joins lists and leaves out what is absent', () => {
    const items = ['<b>', 'a & b'].map((each) => html`<li>${each}</li>`);
    const { text } = html`<p title="${'"\'>'}">${items}${false}${null}${undefined}${0}</p>`;
    expect(text).toBe('<p title="&quot;&#39;&gt;"><li>&lt;b&gt;</li><li>a &amp; b</li>0</p>');
  });

  it('writes literals that cannot end their script element', () => {
    const literal = scriptLiteral({ words: '</script><!--' });
    expect(literal).not.toContain('<');
    expect(JSON.parse(literal)).toEqual({ words: '</script><!--' });
  });
});
