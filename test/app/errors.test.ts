import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, GraphQLEnumType } from 'graphql';
import { errorCodes } from '../../src/app/error-codes.js';
import { Me } from '../domains/accounts/documents.js';
import { CreateEnvironment, PageEnvironments } from '../domains/environments/documents.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { captureLog } from '../support/captured-log.js';
import { createClient, type GraphqlFailure } from '../support/client.js';
import { createOwner } from '../support/factories/organization.js';
import { createPerson } from '../support/factories/person.js';
import { graphql } from '../support/generated/gql.js';
import { openSocket } from '../support/socket.js';

const projectDirectory = path.join(import.meta.dirname, '../..');

const ErrorCodes = graphql(`
  query ErrorsCodes {
    errorCodes {
      code
      kind
      description
    }
  }
`);

const FollowFeed = graphql(`
  subscription ErrorsFollowFeed($after: String) {
    feed(after: $after) {
      cursor
    }
  }
`);

describe('errors over HTTP', () => {
  const captured = captureLog('debug');
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ log: captured.log });
  });
  afterAll(() => app.stop());

  interface RawAnswer {
    status: number;
    headers: Headers;
    body: { data?: unknown; errors: GraphqlFailure[] };
  }

  async function post(body: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as RawAnswer['body'],
    };
  }

  const query = (document: string, variables?: object) =>
    post(JSON.stringify({ query: document, variables }));
  const codesOf = ({ body }: RawAnswer) => body.errors.map(({ extensions }) => extensions.code);

  describe('that nobody expected', () => {
    it('say only the request id, and the log says the rest under that id', async () => {
      const owner = await createOwner(app);
      await app.database.query('superuser', 'revoke select on environment from toolbox_app');
      try {
        const { status, errors, headers, data } = await owner.client.send(PageEnvironments, {});
        const requestId = headers.get('x-request-id');
        expect(requestId).toMatch(/^[\w-]{12}-[0-9a-z]+$/);
        expect(status).toBe(200);
        expect(data).toBeNull();
        expect(errors).toEqual([
          {
            message: 'Something failed on our side. Quote the request id when you report it.',
            locations: [{ line: 3, column: 3 }],
            path: ['environments'],
            extensions: { code: 'INTERNAL_ERROR', requestId },
          },
        ]);
        const line = captured.lines().find((each) => each['level'] === 50 && each['requestId'] === requestId);
        expect(line).toMatchObject({ userId: owner.id, orgId: owner.orgId, path: ['environments'] });
        expect(JSON.stringify(line?.['err'])).toContain('permission denied for table environment');
      } finally {
        await app.database.query('superuser', 'grant select on environment to toolbox_app');
      }
    });

    it('are masked on sockets as well', async () => {
      const owner = await createOwner(app);
      const socket = openSocket(app.url, owner.accessToken);
      await app.database.query('superuser', 'revoke select on event_stream from toolbox_app');
      try {
        const followed = socket.follow(FollowFeed, {});
        await followed.ended;
        const text = JSON.stringify(followed.errors);
        expect(text).toContain('INTERNAL_ERROR');
        expect(text).not.toContain('permission denied');
      } finally {
        await app.database.query('superuser', 'grant select on event_stream to toolbox_app');
        await socket.dispose();
      }
    });
  });

  describe('of validation', () => {
    it('list every violation with the path of its field', async () => {
      const owner = await createOwner(app);
      const { errors } = await owner.client.send(CreateEnvironment, {
        input: { name: '', description: `${'x'.repeat(4001)}\0`, idempotencyKey: 'a\0' },
      });
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions).toEqual({
        code: 'INPUT_INVALID',
        field: 'input.name',
        violations: [
          { field: 'input.name', message: 'must have 1 to 120 characters' },
          { field: 'input.description', message: 'must have at most 4,000 characters' },
          { field: 'input.description', message: 'must not contain NUL' },
          { field: 'input.idempotencyKey', message: 'must not contain NUL' },
        ],
      });
      expect(errors[0]?.message).toBe('input.name: must have 1 to 120 characters');
    });

    it('name nested fields and arguments by their path', async () => {
      const owner = await createOwner(app);
      const statuses = ['DRAFT', 'DRAFT', 'DRAFT', 'DRAFT'] as const;
      const nested = await owner.client.send(PageEnvironments, { filter: { statuses: [...statuses] } });
      expect(nested.errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field: 'filter.statuses' });
      const argument = await owner.client.send(PageEnvironments, { first: 101 });
      expect(argument.errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field: 'first' });
    });
  });

  describe('of authentication', () => {
    it.each([
      ['that is none', 'Bearer nonsense'],
      ['with strange characters', 'Bearer a b'],
      ['of another scheme', 'Basic dXNlcjpwYXNz'],
      ['that is empty', 'Bearer '],
      ['that is huge', `Bearer ${'x'.repeat(7000)}`],
      ['that is not signed', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.`],
    ])('answer 401 to a token %s, whatever is asked', async (_what, authorization) => {
      for (const document of ['{ __typename }', '{ me { id } }', '{ nothing }']) {
        const answer = await post(JSON.stringify({ query: document }), { authorization });
        expect([answer.status, codesOf(answer)]).toEqual([401, ['ACCOUNTS_ACCESS_TOKEN_REFUSED']]);
      }
    });

    it('are no errors without a token where none is needed', async () => {
      expect(await createClient(app.url).run(Me, {})).toEqual({ me: null });
    });
  });

  describe('of the request', () => {
    it.each([
      ['a document that is not GraphQL', '{ me', 400, 'GRAPHQL_PARSE_FAILED'],
      ['a field that does not exist', '{ nothing }', 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['a missing argument', '{ environment { id } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['a literal of the wrong type', '{ environment(id: 7) { id } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['more tokens than any document needs', `{ ${'a '.repeat(6000)} }`, 400, 'GRAPHQL_PARSE_FAILED'],
    ])('for %s', async (_what, document, status, code) => {
      const answer = await query(document);
      expect([answer.status, codesOf(answer)[0]]).toEqual([status, code]);
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|stacktrace|\.ts:/);
    });

    it('for a variable of the wrong type', async () => {
      const document = 'query ($id: UUID!) { environment(id: $id) { id } }';
      for (const id of ['no uuid', 7, null, {}]) {
        const answer = await query(document, { id });
        expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
      }
    });

    it('for documents and variables on sockets', async () => {
      const owner = await createOwner(app);
      const socket = openSocket(app.url, owner.accessToken);
      const codeOfSocket = async (document: string, variables: Record<string, unknown> = {}) => {
        const failures: unknown = await new Promise((resolve) => {
          socket.client.subscribe(
            { query: document, variables },
            { next: ({ errors }) => resolve(errors), error: resolve, complete: () => resolve([]) },
          );
        });
        return (failures as GraphqlFailure[]).map(({ extensions }) => extensions.code);
      };
      const byId = 'query ($id: UUID!) { environment(id: $id) { id } }';
      expect(await codeOfSocket('{ environment(id: "no uuid") { id } }')).toEqual([
        'GRAPHQL_VALIDATION_FAILED',
      ]);
      expect(await codeOfSocket('{ nothing }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(await codeOfSocket(byId, { id: 'no uuid' })).toEqual(['BAD_USER_INPUT']);
      expect(await codeOfSocket(byId, { id: owner.id })).toEqual(['NOT_FOUND']);
      await socket.dispose();
    });

    it('for an operation that the document does not have', async () => {
      const answer = await post(JSON.stringify({ query: 'query A { me { id } }', operationName: 'B' }));
      expect([answer.status, codesOf(answer)]).toEqual([400, ['OPERATION_RESOLUTION_FAILURE']]);
    });

    it.each([
      ['malformed JSON', '{"query": ', 400],
      ['JSON that is no request', '[1]', 400],
      ['nothing', '', 400],
      ['JSON without a query', '{}', 400],
    ])('for %s', async (_what, body, status) => {
      const answer = await post(body);
      expect([answer.status, codesOf(answer)]).toEqual([status, ['BAD_REQUEST']]);
      expect(answer.headers.get('x-request-id')).toBeTruthy();
    });

    it('for a body over 1 MB', async () => {
      const answer = await post(JSON.stringify({ query: `{ me { id } } # ${'x'.repeat(1024 * 1024)}` }));
      expect([answer.status, codesOf(answer)]).toEqual([413, ['BAD_REQUEST']]);
    });

    it('for a compressed body', async () => {
      const answer = await post('{}', { 'content-encoding': 'gzip' });
      expect([answer.status, codesOf(answer)]).toEqual([415, ['BAD_REQUEST']]);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'for what a browser would post across sites without asking: %s',
      async (contentType) => {
        const person = await createPerson(app);
        const headers = { 'content-type': contentType, authorization: `Bearer ${person.accessToken}` };
        const answer = await post(JSON.stringify({ query: 'mutation { signOut }' }), headers);
        expect([answer.status, codesOf(answer)]).toEqual([415, ['BAD_REQUEST']]);
        expect((await person.client.run(Me, {})).me?.id).toBe(person.id);
      },
    );

    it('for a mutation over GET', async () => {
      const url = `${app.url}/graphql?query=${encodeURIComponent('mutation { signOut }')}`;
      const response = await fetch(url, {
        headers: { 'apollo-require-preflight': 'yes', accept: 'application/json' },
      });
      expect(response.status).toBe(405);
    });

    it('for a path where nothing is', async () => {
      const response = await fetch(`${app.url}/nowhere`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    });

    it('keep the request id that a proxy gave, and no other text', async () => {
      const given = await post('{}', { 'x-request-id': 'proxy-id.0001' });
      expect(given.headers.get('x-request-id')).toBe('proxy-id.0001');
      const hostile = await post('{}', { 'x-request-id': '{"level":50}' });
      expect(hostile.headers.get('x-request-id')).not.toBe('{"level":50}');
    });
  });

  it('are 200 when the operation itself fails: the answer is GraphQL’s', async () => {
    const answer = await query('{ organization { id } }');
    expect([answer.status, codesOf(answer)]).toEqual([200, ['UNAUTHENTICATED']]);
    expect(answer.body.data).toBeNull();
  });

  it('have codes that clients can list with what they mean', async () => {
    const { errorCodes: listed } = await createClient(app.url).run(ErrorCodes, {});
    expect(listed.map(({ code }) => code)).toEqual(Object.keys(errorCodes));
    expect(listed.every(({ description }) => description.length > 10)).toBe(true);
  });
});

describe('error codes', () => {
  const thrown = globSync('src/**/*.ts', { cwd: projectDirectory }).flatMap((file) => {
    const text = readFileSync(path.join(projectDirectory, file), 'utf8');
    const pattern = /\(\s*'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)',\s*'([a-z-]+)',/g;
    return Array.from(text.matchAll(pattern), ([, code = '', kind = '']) => ({ file, code, kind }));
  });
  const inSchema = () => {
    const schema = buildSchema(readFileSync(path.join(projectDirectory, 'schema.graphql'), 'utf8'));
    const type = schema.getType('ErrorCode');
    return type instanceof GraphQLEnumType ? type.getValues().map(({ name }) => name) : [];
  };

  it('that src throws are all listed, with the kind that is thrown', () => {
    expect(thrown.length).toBeGreaterThan(20);
    for (const { file, code, kind } of thrown) {
      expect({ file, code, kind: errorCodes[code]?.kind }).toEqual({ file, code, kind });
    }
  });

  it('that are written anywhere in src are all listed', () => {
    const written = globSync('src/**/*.ts', { cwd: projectDirectory }).flatMap((file) => {
      const text = readFileSync(path.join(projectDirectory, file), 'utf8');
      return Array.from(text.matchAll(/\bcode:\s*'([A-Z][A-Z_]+)'/g), ([, code = '']) => ({ file, code }));
    });
    const ofStandIns = written.filter(({ file }) => !file.includes('embedded'));
    for (const { file, code } of ofStandIns)
      expect({ file, listed: code in errorCodes }).toEqual({ file, listed: true });
  });

  it('are those of the schema', () => {
    expect(inSchema()).toEqual(Object.keys(errorCodes).sort());
  });

  it('of a domain begin with its name, and each is thrown somewhere', () => {
    const domainCodes = Object.keys(errorCodes).filter((code) =>
      /^(ACCOUNTS|ORGANIZATIONS|ENVIRONMENTS)_/.test(code),
    );
    for (const code of domainCodes) {
      const files = thrown.filter((each) => each.code === code).map(({ file }) => file);
      const domain = code.split('_')[0]?.toLowerCase() ?? '';
      expect({ code, files }).toEqual({
        code,
        files: [expect.stringContaining(`src/domains/${domain}/`) as unknown],
      });
    }
  });
});
