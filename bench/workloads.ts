import type { BenchDatabase, SeededUser } from './lib/database.js';
import { postJson, type RequestSource } from './lib/load.js';
import { startProcess, type ServerProcess } from './lib/process.js';
import { issueTokens, startToolbox } from './lib/toolbox.js';

/** One side of a comparison: how it is started, and what it is asked. */
export interface Side {
  start(database: BenchDatabase): Promise<ServerProcess>;
  requests(users: SeededUser[]): Promise<RequestSource>;
}

export interface Workload {
  title: string;
  connections: number;
  usesDatabase: boolean;
  server: Side;
  limit: Side;
}

const swc = ['--import', 'reflect-metadata', '--import', '@swc-node/register/esm-register'];

function startLimit(name: string) {
  return (database: BenchDatabase) =>
    startProcess([...swc, `bench/limits/${name}.ts`, database.url('app')], {}, /"port":(\d+)/);
}

/** Goes round through ready-made requests. */
function round(requests: Buffer[]): RequestSource {
  let turn = 0;
  return () => requests[(turn += 1) % requests.length] as Buffer;
}

const startServer = (database: BenchDatabase) => startToolbox(database);

const listQuery = `query List { environments(first: 20) { edges { node {
  id name status description createdAt owner { id name } } } } }`;
const createMutation = `mutation Create($input: CreateEnvironmentInput!) {
  createEnvironment(input: $input) { id name revision } }`;
const createBody = { query: createMutation, variables: { input: { name: 'Volcano' } } };

async function signed(users: SeededUser[], body: object): Promise<RequestSource> {
  const tokens = await issueTokens(users);
  return round(tokens.map((token) => postJson('/graphql', body, { authorization: `Bearer ${token}` })));
}

function unsigned(users: SeededUser[], body: object): Promise<RequestSource> {
  const requests = users.map(({ orgId, userId }) =>
    postJson('/graphql', body, { 'x-org': orgId, 'x-user': userId }),
  );
  return Promise.resolve(round(requests));
}

export const workloads: Record<string, Workload> = {
  W1: {
    title: 'the 20 newest environments with their owners, as 2,500 people',
    connections: 48,
    usesDatabase: true,
    server: { start: startServer, requests: (users) => signed(users, { query: listQuery }) },
    limit: { start: startLimit('list'), requests: (users) => unsigned(users, {}) },
  },
  W2: {
    title: 'create an environment, with its event',
    connections: 16,
    usesDatabase: true,
    server: { start: startServer, requests: (users) => signed(users, createBody) },
    limit: { start: startLimit('create'), requests: (users) => unsigned(users, createBody) },
  },
  W8: {
    title: '{ __typename }',
    connections: 48,
    usesDatabase: false,
    server: {
      start: startServer,
      requests: () => Promise.resolve(round([postJson('/graphql', { query: '{ __typename }' })])),
    },
    limit: {
      start: startLimit('bare'),
      requests: () => Promise.resolve(round([postJson('/graphql', { query: '{ __typename }' })])),
    },
  },
};
