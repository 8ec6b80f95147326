import type { MailCatcher } from '../../../src/embedded/mail/mail-catcher.js';
import type { TestDatabase } from '../../support/database.js';
import type { AppAddress } from '../../support/factories/person.js';
import { waitFor } from '../../support/wait-for.js';
import { findFreePort, spawnToolbox, waitUntilServing, type ToolboxProcess } from '../toolbox-process.js';

const startPatienceMs = 60_000;

export interface Surroundings {
  database: TestDatabase;
  mail: MailCatcher;
}

function environmentOf({ database, mail }: Surroundings): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    PUBLIC_URL: 'http://toolbox.test',
    DATABASE_URL: database.url('app'),
    SMTP_HOST: mail.host,
    SMTP_PORT: String(mail.smtpPort),
    SMTP_USE_TLS: 'false',
    SECRET_KEY: 'test-secret-key-0123456789-abcdefghijklmn',
    JWT_SECRET_KEY: 'test-jwt-secret-0123456789-abcdefghijklmn',
  };
}

const warningLevel = 40;

function complaintsIn(output: string): string[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  return lines
    .map(
      (line) => JSON.parse(line) as { level: number; msg: string; job?: string; err?: { message: string } },
    )
    .filter(({ level }) => level >= warningLevel)
    .map(({ msg, job, err }) => [msg, job, err?.message].filter(Boolean).join(': '));
}

export interface ApiNode extends AppAddress {
  process: ToolboxProcess;
}

export async function startApi(surroundings: Surroundings): Promise<ApiNode> {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const process = await spawnToolbox(['api'], {
    env: { ...environmentOf(surroundings), PORT: String(port) },
  });
  await waitUntilServing(process, url, startPatienceMs);
  return { url, database: surroundings.database, process };
}

/** Workers of which any may be killed at any time; each is followed by another at once. */
export class WorkerCrew {
  readonly #living = new Set<ToolboxProcess>();
  readonly #meantToEnd = new Set<ToolboxProcess>();
  /** What workers that nobody killed said when they ended. */
  readonly crashes: string[] = [];
  /** How often workers said what, as warning or error. */
  readonly complaints = new Map<string, number>();
  kills = 0;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly size: number,
  ) {}

  async start(): Promise<void> {
    for (let index = 0; index < this.size; index += 1) await this.#hire();
    await waitFor(() => this.#ready().length === this.size, {
      timeoutMs: startPatienceMs,
      what: 'workers at work',
    });
  }

  /** SIGKILL to one that is at work, after so long. */
  async killOne(afterMs: number, random: () => number): Promise<void> {
    const ready = await waitFor(() => this.#ready().length > 0 && this.#ready(), {
      timeoutMs: startPatienceMs,
    });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const victim = ready[Math.floor(random() * ready.length)];
    if (!victim) return;
    this.#meantToEnd.add(victim);
    victim.kill('SIGKILL');
    await victim.ended;
    this.kills += 1;
    await this.#hire();
  }

  async stop(): Promise<void> {
    const living = [...this.#living];
    for (const worker of living) {
      this.#meantToEnd.add(worker);
      worker.kill('SIGTERM');
    }
    await Promise.all(living.map(({ ended }) => ended));
  }

  #ready(): ToolboxProcess[] {
    return [...this.#living].filter((worker) => worker.output().includes('Toolbox worker is running'));
  }

  async #hire(): Promise<void> {
    const { database } = this.surroundings;
    const env = { ...environmentOf(this.surroundings), DATABASE_RELAY_URL: database.url('relay') };
    const worker = await spawnToolbox(['worker'], { env });
    this.#living.add(worker);
    void worker.ended.then(({ code, out, err }) => {
      this.#living.delete(worker);
      for (const complaint of complaintsIn(out)) {
        this.complaints.set(complaint, (this.complaints.get(complaint) ?? 0) + 1);
      }
      if (!this.#meantToEnd.has(worker)) this.crashes.push(`exit ${code}: ${(err + out).slice(-2000)}`);
    });
  }
}
