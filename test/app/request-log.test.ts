import { startTestApp, type TestApp } from '../support/app.js';
import { captureLog } from '../support/captured-log.js';
import { createOwner } from '../support/factories/organization.js';
import { createPerson } from '../support/factories/person.js';
import { waitFor } from '../support/wait-for.js';

describe('the log line of a request', () => {
  const captured = captureLog('info');
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ log: captured.log });
  });
  afterAll(() => app.stop());

  async function lineOf(requestId: string, token?: string): Promise<Record<string, unknown>> {
    await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: '{"query":"{ environments(first: 1) { edges { node { id } } } }"}',
    });
    return waitFor(() => captured.lines().find((line) => line['requestId'] === requestId));
  }

  it('says who asked, and in which organization, also of what is answered the fast way', async () => {
    const owner = await createOwner(app);
    for (const requestId of ['request-first', 'request-second']) {
      expect(await lineOf(requestId, owner.accessToken)).toMatchObject({
        msg: 'request',
        requestId,
        userId: owner.id,
        orgId: owner.orgId,
        method: 'POST',
        path: '/graphql',
        status: 200,
      });
    }
  });

  it('names no organization where none is active, and nobody where nobody is known', async () => {
    const person = await createPerson(app);
    const line = await lineOf('request-person', person.accessToken);
    expect(line).toMatchObject({ userId: person.id });
    expect(line).not.toHaveProperty('orgId');
    for (const [requestId, token] of [['request-nobody'], ['request-forged', 'forged']] as const) {
      const other = await lineOf(requestId, token);
      expect(other).not.toHaveProperty('userId');
      expect(other).not.toHaveProperty('orgId');
    }
  });
});
