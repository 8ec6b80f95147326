/** One run of the `postgres` program: started in a session of its own, watched over, stopped by signal. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import type { Placement } from './placement.js';
import { readPostmasterFile } from './postmaster-file.js';
import { signal } from './process-table.js';
import { MINIMAL_ENVIRONMENT } from './service-account.js';

/**
 * A shell that turns into the server, after leaving a guardian behind that reads a pipe from this process. The pipe
 * ends when the server has, which leaves nothing to do, or when this process is gone, however it died: the guardian
 * then stops the server, so that none is left without an owner. It is nobody's child (the server treats the death of a
 * child that it does not know as a crash) and checks the server's lock file first, so it never signals a reused pid.
 */
const LAUNCH = `
server=$$ data=$1; shift
guard() {
  read -r end
  tries=0
  while kill -0 "$server" && [ "$tries" -lt 60 ]; do
    if read -r owner <"$data/postmaster.pid" && [ "$owner" = "$server" ]; then
      if [ "$tries" -lt 30 ]; then kill -INT "$server"; else kill -QUIT "$server"; fi
    fi
    tries=$((tries + 1)); sleep 1
  done
}
exec 3<&0 </dev/null
(guard <&3 3<&- >/dev/null 2>&1 &)
exec "$@" 3<&-
`;

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server has ended, with its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Fast shutdown; immediate when that takes longer than `patienceMs`; killed after as long again. */
  stop(patienceMs?: number): Promise<void>;
}

export interface ServerOptions {
  placement: Placement;
  dataDirectory: string;
  settings: Record<string, string>;
  /** Where the server's own log goes. */
  logDescriptor: number;
}

/** Starts the server; it may still end at once, so wait with {@link waitUntilReady}. It never keeps Node running. */
export async function spawnServer(options: ServerOptions): Promise<ServerProcess> {
  const { placement, dataDirectory, settings, logDescriptor } = options;
  const postgres = join(placement.binaries.nativeDirectory, 'bin', 'postgres');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [postgres, '-D', dataDirectory, ...flags];
  const child = spawn('/bin/sh', ['-c', LAUNCH, 'toolbox-postgres', dataDirectory, ...command], {
    ...placement.account,
    cwd: '/',
    env: MINIMAL_ENVIRONMENT,
    stdio: ['pipe', logDescriptor, logDescriptor],
    detached: true,
  });
  await once(child, 'spawn');
  return supervise(child);
}

function supervise(child: ChildProcess): ServerProcess {
  const { pid, stdin: pipe } = child;
  if (pid === undefined || !(pipe instanceof Socket))
    throw new Error('A started server has a pid and a pipe');
  pipe.on('error', () => undefined); // nothing is ever written to it: only its end counts
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.unref();
  pipe.unref();
  return { pid, exited, stop: (patienceMs = 15_000) => stop(child, exited, patienceMs) };
}

async function stop(child: ChildProcess, exited: Promise<unknown>, patienceMs: number): Promise<void> {
  child.ref();
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    signal(child.pid ?? 0, name);
    const patience = new AbortController();
    await Promise.race([
      exited,
      delay(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }
  await exited;
}

/** True when the server accepts connections, false when it ended or did not get there in time. */
export async function waitUntilReady(
  server: ServerProcess,
  dataDirectory: string,
  timeoutMs: number,
): Promise<boolean> {
  let hasEnded = false;
  void server.exited.then(() => (hasEnded = true));
  const deadline = Date.now() + timeoutMs;
  while (!hasEnded && Date.now() < deadline) {
    const file = await readPostmasterFile(dataDirectory);
    if (file?.pid === server.pid && file.isReady) return true;
    await delay(10);
  }
  return false;
}
