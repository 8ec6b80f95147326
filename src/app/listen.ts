import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../kernel/start-error.js';

export interface ListenOptions {
  port: number;
  host: string;
  /** Which variable says the port, for the words of an error. */
  variable: 'PORT' | 'WORKER_HEALTH_PORT';
}

/** @returns the port, which is another than the given one where that is 0. @throws StartError */
export async function listen(server: Server, { port, host, variable }: ListenOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `another program has it. Stop that program, or set ${variable} to a free port`,
        EACCES: `this user may not open it. Set ${variable} to one above 1023`,
        EADDRNOTAVAIL: 'this machine has no such address. Correct BIND_ADDRESS',
      };
      const reason = reasons[error.code ?? ''] ?? error.message;
      reject(new StartError(`Port ${port} of ${host} cannot be opened: ${reason}.`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}
