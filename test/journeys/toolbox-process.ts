import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitFor } from '../support/wait-for.js';

export const projectDirectory = path.join(import.meta.dirname, '../..');
const loader = path.join(import.meta.dirname, 'load-typescript.mjs');
const build = path.join(projectDirectory, 'scripts/lib/build.mjs');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Standard output. */
  out: string;
  /** Standard error. */
  err: string;
}

export interface ToolboxProcess {
  pid: number;
  /** Everything printed so far. */
  output(): string;
  ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

export interface SpawnOptions {
  env?: Record<string, string>;
  /** An empty folder by default, so that no `.env` of a developer is read. */
  cwd?: string;
}

/** dist/ when it is what the sources make (as in `npm test`), else the sources, which start more slowly. */
async function programArguments(): Promise<string[]> {
  const { isBuilt } = (await import(pathToFileURL(build).href)) as { isBuilt: () => boolean };
  if (isBuilt()) return [path.join(projectDirectory, 'dist/src/main.js')];
  return ['--import', pathToFileURL(loader).href, path.join(projectDirectory, 'src/main.ts')];
}

/** Starts a TypeScript file of the project, such as a script. */
export function spawnScript(file: string, options: SpawnOptions = {}): ToolboxProcess {
  const script = ['--import', pathToFileURL(loader).href, path.join(projectDirectory, file)];
  return spawnNode(script, { cwd: projectDirectory, ...options });
}

/** Starts the program with an environment of nothing but PATH and what is given. */
export async function spawnToolbox(args: string[], options: SpawnOptions = {}): Promise<ToolboxProcess> {
  return spawnNode([...(await programArguments()), ...args], options);
}

/** Runs a command of the program to its end. */
export async function runToolbox(args: string[], options: SpawnOptions = {}): Promise<Ended> {
  return (await spawnToolbox(args, options)).ended;
}

function spawnNode(args: string[], { env = {}, cwd = '/' }: SpawnOptions): ToolboxProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      SWC_NODE_PROJECT: path.join(projectDirectory, 'tsconfig.json'),
      ...env,
    },
  });
  const [out, err] = [[] as string[], [] as string[]];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out: out.join(''),
    err: err.join(''),
  }));
  return {
    pid: child.pid ?? 0,
    output: () => out.join('') + err.join(''),
    ended,
    kill: (signal) => void child.kill(signal),
  };
}

/** Resolves when the process answers queries. @throws with what it printed when it ends instead. */
export async function waitUntilServing(
  toolbox: ToolboxProcess,
  url: string,
  timeoutMs = 15_000,
): Promise<void> {
  let end: Ended | null = null;
  void toolbox.ended.then((ended) => (end = ended));
  await waitFor(
    async () => {
      if (end) throw new Error(`it ended instead of serving: ${JSON.stringify(end)}`);
      return answers(url);
    },
    { timeoutMs, what: `an answer from ${url}` },
  );
}

/** Each time over a connection of its own, so that none is open when the process is to stop. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/health/ready`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve(false);
      else reject(error);
    });
  });
}

/** A folder of the test's own. */
export async function createScratchDirectory(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'toolbox-journey-'));
  // Started by root, PostgreSQL runs as another user, who has to get through.
  await chmod(directory, 0o755);
  return { directory, remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }) };
}

export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Processes, zombies aside, that name the folder on their command line or work in it. */
export async function findProcessesOf(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
        if (/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))) return null;
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
        const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
        const isOfIt = [commandLine, environment, `${folder}/`].some((text) =>
          text.includes(`${directory}/`),
        );
        return isOfIt ? `${pid} ${commandLine}` : null;
      } catch {
        return null; // it ended while we looked
      }
    }),
  );
  return found.filter((line) => line !== null);
}
