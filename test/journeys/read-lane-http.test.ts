import { startTestApp, type TestApp } from '../support/app.js';
import { createOwner, type Member } from '../support/factories/organization.js';

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Of the connection and the moment. */
const ownHeaders = ['date', 'keep-alive', 'connection'];
const known = '{ me { id } }';
const named = 'query First { me { id } }';

describe('an operation that the read lane knows', () => {
  let laned: TestApp;
  let plain: TestApp;
  let owner: Member;
  beforeAll(async () => {
    laned = await startTestApp({ mode: 'api' });
    plain = await startTestApp({ mode: 'api', database: laned.database, mail: laned.mail, readLane: false });
    owner = await createOwner(laned);
    for (const body of [{ query: known }, { query: named }, { query: named, operationName: 'First' }]) {
      await send(laned, JSON.stringify(body));
    }
    await send(laned, JSON.stringify({ query: `query\n${known}` }));
  });
  afterAll(async () => {
    await plain.stop();
    await laned.stop();
  });

  async function send(app: TestApp, body: string | null, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      body,
      ...init,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${owner.accessToken}`,
        'x-request-id': 'the-same-request',
        ...(init.headers as Record<string, string>),
      },
    });
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !ownHeaders.includes(name)));
    return { status: response.status, headers, text: (await response.text()).replaceAll(app.url, '') };
  }

  async function expectSame(body: string | null, init?: RequestInit): Promise<Answer> {
    const expected = await send(plain, body, init);
    expect(await send(laned, body, init)).toEqual(expected);
    return expected;
  }

  it('is answered without Apollo, with the headers that Apollo would send', async () => {
    const before = laned.running.lane?.answered ?? 0;
    const { headers } = await expectSame(JSON.stringify({ query: known }));
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(laned.running.lane?.answered).toBe(before + 1);
    expect(plain.running.lane?.answered).toBe(0);
  });

  it.each([
    '*/*',
    'application/json',
    'application/json, */*',
    'application/json, text/plain, */*',
    'application/graphql-response+json',
    'application/graphql-response+json, application/json',
    'application/graphql-response+json,application/json;q=0.9',
    'application/json;q=0.9, application/graphql-response+json',
    'application/json, application/graphql-response+json',
    'application/json;q=0',
    'application/*',
    'application/json;charset=utf-8',
    'APPLICATION/JSON',
    'text/html',
    'multipart/mixed',
    'multipart/mixed;deferSpec=20220824, application/json',
    'constructor',
    '',
    ',',
  ])('is answered in the type that Apollo would choose for accept: %s', async (accept) => {
    await expectSame(JSON.stringify({ query: known }), { headers: { accept } });
  });

  it.each([
    'null',
    'true',
    '1',
    '"text"',
    '[]',
    '{}',
    `[{"query":"${known}"}]`,
    `{"query":"${known}","variables":null}`,
    `{"query":"${known}","variables":{}}`,
    `{"query":"${known}","variables":{"other":1}}`,
    `{"query":"${known}","variables":[]}`,
    `{"query":"${known}","variables":"{}"}`,
    `{"query":"${known}","variables":1}`,
    `{"query":"${known}","variables":false}`,
    `{"query":"${known}","extensions":{}}`,
    `{"query":"${known}","extensions":null}`,
    `{"query":"${known}","extensions":"x"}`,
    `{"query":"${known}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`,
    `{"query":"${known}","operationName":null}`,
    `{"query":"${known}","operationName":""}`,
    `{"query":"${known}","operationName":"First"}`,
    `{"query":"${known}","operationName":1}`,
    `{"query":"${known}","operationName":"query"}`,
    `{"query":"${named}","operationName":"First"}`,
    `{"query":"${named}","operationName":""}`,
    `{"query":"${named}","operationName":"first"}`,
    `{"query":"{","query":"${known}"}`,
    `{"query":"${known}","query":"{"}`,
    `{"query":"${known}","unknown":1}`,
    `{"query":["${known}"]}`,
    `{"query":{"kind":"Document"}}`,
    `{"query":"${known}"`,
  ])('is answered as by Apollo for the body %s', async (body) => {
    const { text } = await expectSame(body);
    expect(text).not.toContain('INTERNAL_ERROR');
  });

  it.each<Record<string, string>>([
    { authorization: '' },
    { authorization: 'Bearer forged' },
    { authorization: 'Basic eDp5' },
    { 'content-type': 'application/json; charset=utf-8' },
    { 'content-type': 'text/plain' },
    { 'content-encoding': 'gzip' },
  ])('is answered as by Apollo with %j', async (headers) => {
    await expectSame(JSON.stringify({ query: known }), { headers });
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT'])(
    'is not answered to %s without a query in the address',
    async (method) => {
      await expectSame(method === 'PUT' ? '{}' : null, { method });
    },
  );
});
