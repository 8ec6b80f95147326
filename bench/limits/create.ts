/** What W2 is held against: node:http and pg, row and event written by one statement. */
import { createServer } from 'node:http';
import pg from 'pg';
import { v7 } from 'uuid';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
const text = `
  with scope as materialized (select set_config('app.org', $1, true), set_config('app.user', $2, true)),
  created as (
    insert into environment (org_id, id, owner_id, name, description, status, revision, created_at, updated_at)
    select $1::uuid, $3::uuid, $2::uuid, $4, '', 'draft', 1, now(), now() from scope returning id, name, revision),
  logged as (
    insert into event (org_id, id, shard, audience, type, subject_id, actor_id, payload, occurred_at)
    select $1::uuid, $5::uuid, 0, 'org', 'environment.created.v1', $3::uuid, $2::uuid, '{}', now() from scope)
  select id, name, revision from created`;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      variables: { input: { name: string } };
    };
    const [orgId, userId] = [request.headers['x-org'], request.headers['x-user']];
    pool.query({ name: 'create', text, values: [orgId, userId, v7(), variables.input.name, v7()] }).then(
      ({ rows }) => {
        const body = JSON.stringify({ data: { createEnvironment: rows[0] as object } });
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        });
        response.end(body);
      },
      (error: Error) => response.writeHead(500, { 'content-length': 0 }).end(error.message),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
