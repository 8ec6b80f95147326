import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ServerProcess {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

const patienceMs = 30_000;

async function firstMatch(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  try {
    for await (const chunk of child.stdout ?? []) {
      text += String(chunk);
      const match = pattern.exec(text);
      if (match) return match;
    }
    throw new Error(`the server said nothing of a port: ${text}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Starts a program of its own and waits until it names its port on standard output. */
export async function startProcess(
  args: string[],
  env: Record<string, string>,
  port: RegExp,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stdout = child.stdout;
  const match = await firstMatch(child, port).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  // Read on, or a full pipe stops the server.
  stdout.on('data', () => undefined);
  stdout.resume();
  return {
    pid: child.pid ?? 0,
    port: Number(match[1]),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
