/** Kills Toolbox in the middle of writing, again and again, and looks at what it finds after each start. */
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../support/wait-for.js';
import {
  findFreePort,
  findProcessesOf,
  spawnToolbox,
  waitUntilServing,
  type ToolboxProcess,
} from './toolbox-process.js';

export const victims = ['node', 'postmaster', 'both'] as const;
export type Victim = (typeof victims)[number];

export interface Round {
  victim: Victim;
  /** Creations that were acknowledged before the kill. */
  acknowledged: number;
  /** From the kill until Toolbox itself had ended. */
  endedMs: number;
  /** From the start of the next run to its first answer. */
  servingMs: number;
  /** Acknowledged, and gone. */
  lost: number;
  /** Processes of the killed run that go on living beside the next one. */
  orphans: number;
}

export interface CrashReport {
  rounds: Round[];
  acknowledged: number;
  /** In the database at the end: what was acknowledged, and what was committed but not told. */
  stored: number;
  /** Creations in the feed, read from its beginning, and how many of them more than once. */
  announced: number;
  announcedTwice: number;
  /** Of the last run, told to stop. */
  exitCode: number | null;
  leftProcesses: string[];
}

const writers = 3;
const orphanPatienceMs = 3000;
const password = 'crash recovery password';
const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }';
const create = 'mutation($input: CreateEnvironmentInput!) { createEnvironment(input: $input) { id } }';
const list =
  'query($after: String) { environments(first: 100, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } }';
const feed =
  'query($after: String) { feed(after: $after, first: 200) { items { ... on EnvironmentChanged { environment { id } } } cursor hasMore } }';

/** `afterMs`: how long writing goes on before each kill, at random in this range. */
export interface CrashOptions {
  directory: string;
  rounds: number;
  afterMs: [number, number];
  onRound?: (round: Round) => void;
}

export async function runCrashRounds({
  directory,
  rounds,
  afterMs,
  onRound,
}: CrashOptions): Promise<CrashReport> {
  const run = new CrashRun(directory, await findFreePort());
  try {
    const done: Round[] = [];
    await run.start();
    await run.settle();
    for (let index = 0; index < rounds; index += 1) {
      const victim = victims[index % victims.length] ?? 'node';
      const round = await run.crash(victim, randomInt(...afterMs));
      done.push(round);
      onRound?.(round);
    }
    return { rounds: done, ...(await run.finish()) };
  } finally {
    run.abandon();
  }
}

class CrashRun {
  readonly #created = new Set<string>();
  readonly #stateDirectory: string;
  readonly #url: string;
  #process: ToolboxProcess | null = null;
  #token = '';
  #feedStart = '';

  constructor(
    private readonly directory: string,
    private readonly port: number,
  ) {
    this.#stateDirectory = path.join(directory, 'state');
    this.#url = `http://localhost:${port}`;
  }

  async start(): Promise<number> {
    const startedAt = performance.now();
    const env = { PORT: String(this.port), TOOLBOX_STATE_DIR: this.#stateDirectory, LOG_LEVEL: 'warn' };
    this.#process = await spawnToolbox(['all'], { env });
    await waitUntilServing(this.#process, this.#url, 30_000);
    return Math.round(performance.now() - startedAt);
  }

  /** A person with an organization; its token outlives every crash, as the secrets are kept. */
  async settle(): Promise<void> {
    const email = 'crash@example.com';
    await this.#call('mutation($input: RegisterInput!) { register(input: $input) { email } }', {
      input: { email, username: 'crash-test', password },
    });
    const mail = await fetch(
      `${this.#url}/dev/mail/api/messages/wait?to=${encodeURIComponent(email)}&timeoutMs=10000`,
    );
    const token = /#token=(tbxv_[\w-]+)/.exec(await mail.text())?.[1];
    await this.#call('mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) { id } }', {
      input: { token },
    });
    this.#token = (
      await this.#call<{ accessToken: string }>(signIn, { input: { login: email, password } })
    ).accessToken;
    const { id } = await this.#call<{ id: string }>(
      'mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }',
      { input: { name: 'Crash School' } },
    );
    this.#token = (
      await this.#call<{ accessToken: string }>(
        'mutation($input: SwitchOrganizationInput!) { switchOrganization(input: $input) { accessToken } }',
        { input: { organizationId: id } },
      )
    ).accessToken;
    this.#feedStart = (await this.#call<{ cursor: string }>(feed, {})).cursor;
  }

  async crash(victim: Victim, afterMs: number): Promise<Round> {
    const before = this.#created.size;
    const killed = new AbortController();
    const writing = Promise.all(Array.from({ length: writers }, () => this.#write(killed.signal)));
    await delay(afterMs);
    const formerPids = (await findProcessesOf(this.directory)).map(pidOf);
    const killedAt = performance.now();
    killed.abort();
    await this.#kill(victim);
    await writing;
    const acknowledged = this.#created.size - before;
    await this.#process?.ended;
    const endedMs = Math.round(performance.now() - killedAt);
    const servingMs = await this.start();
    const lost = await this.#countLost();
    const orphans = await this.#countOrphans(formerPids);
    return { victim, acknowledged, endedMs, servingMs, lost, orphans };
  }

  async finish(): Promise<Omit<CrashReport, 'rounds'>> {
    const stored = await this.#storedIds();
    const announced = await this.#announcedIds(stored.size);
    this.#process?.kill('SIGTERM');
    const ended = await this.#process?.ended;
    return {
      acknowledged: this.#created.size,
      stored: stored.size,
      announced: new Set(announced).size,
      announcedTwice: announced.length - new Set(announced).size,
      exitCode: ended?.code ?? null,
      leftProcesses: await findProcessesOf(this.directory),
    };
  }

  abandon(): void {
    this.#process?.kill('SIGKILL');
  }

  async #kill(victim: Victim): Promise<void> {
    if (victim !== 'node') {
      const file = await readFile(path.join(this.#stateDirectory, 'postgres/data/postmaster.pid'), 'utf8');
      process.kill(Number.parseInt(file, 10), 'SIGKILL');
    }
    if (victim !== 'postmaster') this.#process?.kill('SIGKILL');
  }

  async #write(killed: AbortSignal): Promise<void> {
    for (let n = 0; !killed.aborted; n += 1) {
      try {
        const { id } = await this.#call<{ id: string }>(create, { input: { name: `World ${n}` } });
        this.#created.add(id);
      } catch (error) {
        // Without an answer nothing was promised; before the kill that would be a fault.
        if (!killed.aborted) throw error;
      }
    }
  }

  /** What watches over the database looks once a second whether it is still needed. */
  async #countOrphans(formerPids: number[]): Promise<number> {
    const deadline = performance.now() + orphanPatienceMs;
    for (;;) {
      const living = (await findProcessesOf(this.directory)).map(pidOf);
      const orphans = living.filter((pid) => formerPids.includes(pid));
      if (orphans.length === 0 || performance.now() > deadline) return orphans.length;
      await delay(50);
    }
  }

  async #countLost(): Promise<number> {
    const stored = await this.#storedIds();
    return [...this.#created].filter((id) => !stored.has(id)).length;
  }

  async #storedIds(): Promise<Set<string>> {
    const ids = new Set<string>();
    for (let after: string | null = null; ;) {
      const page: {
        edges: { node: { id: string } }[];
        pageInfo: { endCursor: string | null; hasNextPage: boolean };
      } = await this.#call(list, { after });
      for (const { node } of page.edges) ids.add(node.id);
      if (!page.pageInfo.hasNextPage) return ids;
      after = page.pageInfo.endCursor;
    }
  }

  /** What the feed says was created, once it has caught up with what is stored. */
  async #announcedIds(expected: number): Promise<string[]> {
    const read = async () => {
      const ids: string[] = [];
      for (let after = this.#feedStart; ;) {
        const page: { items: { environment?: { id: string } }[]; cursor: string; hasMore: boolean } =
          await this.#call(feed, { after });
        for (const { environment } of page.items) if (environment) ids.push(environment.id);
        if (!page.hasMore) return ids;
        after = page.cursor;
      }
    };
    return waitFor(
      async () => {
        const ids = await read();
        return ids.length >= expected && ids;
      },
      { timeoutMs: 10_000, what: 'the relay has published everything' },
    );
  }

  async #call<T>(query: string, variables: object): Promise<T> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Record<string, T>; errors?: unknown };
    const [value] = Object.values(data ?? {});
    if (errors || value === undefined) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return value;
  }
}

const pidOf = (line: string) => Number.parseInt(line, 10);
