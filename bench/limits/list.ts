/** What W1 is held against: node:http and pg, one query that makes the JSON in PostgreSQL, tenancy included. */
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
const text = `
  with scope as materialized (select set_config('app.org', $1, true), set_config('app.user', $2, true)),
  page as (
    select e.id, e.name, e.status, e.description, e.created_at, json_build_object('id', o.id, 'name', o.name) as owner
    from scope, environment e join account o on o.id = e.owner_id
    where e.org_id = $1::uuid and e.deleted_at is null and (e.owner_id = $2::uuid or e.status = 'published')
    order by e.created_at desc, e.id desc limit 20)
  select json_build_object('data', json_build_object('environments', json_build_object('edges',
    json_agg(json_build_object('node', json_build_object('id', id, 'name', name, 'status', status,
      'description', description, 'createdAt', created_at, 'owner', owner)))))) ::text as body
  from page`;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const orgId = request.headers['x-org'] as string;
    const userId = request.headers['x-user'] as string;
    pool.query<{ body: string }>({ name: 'list', text, values: [orgId, userId] }).then(
      ({ rows }) => {
        const body = rows[0]?.body ?? '';
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
