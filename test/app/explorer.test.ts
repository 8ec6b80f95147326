import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { explorerHandler } from '../../src/app/explorer.js';

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let server: Server;
let ask: (init?: RequestInit, search?: string) => Promise<Response>;
beforeAll(async () => {
  const app = express();
  app.get('/graphql', explorerHandler());
  app.use('/graphql', (req, res) => {
    res.json({ handedOn: req.method });
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  ask = (init, search = '') => fetch(`http://127.0.0.1:${port}/graphql${search}`, init);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function page() {
  const response = await ask({ headers: { accept: browser } });
  const document = await response.text();
  // The bundle itself speaks of script elements: the page's own is the first one behind the root.
  const begin = document.indexOf('<script>', document.indexOf('<div id="root">')) + '<script>'.length;
  const script = document.slice(begin, document.lastIndexOf('</script>'));
  return { response, document, script, beforeScript: document.slice(0, begin) };
}

describe('the explorer', () => {
  it('answers browsers, also when an operation stands in the address', async () => {
    const { response } = await page();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      vary: 'Accept',
    });
    const withQuery = await ask({ headers: { accept: browser } }, '?query={__typename}');
    expect(withQuery.headers.get('content-type')).toContain('text/html');
    await withQuery.body?.cancel();
  });

  it.each([
    ['*/*', 'GET'],
    ['application/json', 'GET'],
    ['application/graphql-response+json, application/json;q=0.9', 'GET'],
    ['application/json, text/html;q=0.5', 'GET'],
    [browser, 'POST'],
  ])('hands on what accepts %s with %s', async (accept, method) => {
    const response = await ask({ method, headers: { accept } });
    expect(await response.json()).toEqual({ handedOn: method });
  });

  it('lets its very own script run and nothing else, and asks no other address', async () => {
    const { response, document, script, beforeScript } = await page();
    const policy = response.headers.get('content-security-policy')?.split('; ') ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", `script-src 'sha256-${hash}'`, "connect-src 'self'"]),
    );
    expect(policy.join(' ')).not.toMatch(/https?:|\*|unsafe-eval/);
    // A second end tag within would cut the script short; a carriage return would change its hash.
    expect(script).not.toContain('</script');
    expect(document).not.toContain('\r');
    expect(beforeScript).not.toMatch(/(?:src|href)="(?!data:)|url\((?!["']?data:)/);
  });

  it('is sent once to a browser that keeps it', async () => {
    const { response } = await page();
    const again = await ask({
      headers: {
        accept: browser,
        'if-none-match': response.headers.get('etag') ?? '',
        'cache-control': 'max-age=0',
      },
    });
    expect(again.status).toBe(304);
  });
});
