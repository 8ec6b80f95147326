import { connect, type Socket } from 'node:net';

/** One request, ready to be written. */
export type RequestSource = () => Buffer;

export interface LoadResult {
  requests: number;
  failures: number;
  seconds: number;
  latenciesMs: Float64Array;
}

const headEnd = Buffer.from('\r\n\r\n');

/** A keep-alive connection that sends its next request when the answer to the last one is whole. */
function drive(socket: Socket, next: RequestSource, onAnswer: (ms: number, ok: boolean) => boolean): void {
  let buffered: Buffer = Buffer.alloc(0);
  let startedAt = 0;

  function send(): void {
    startedAt = performance.now();
    socket.write(next());
  }

  socket.on('data', (chunk) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    const end = buffered.indexOf(headEnd);
    if (end === -1) return;
    const head = buffered.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`);
    const total = end + 4 + length;
    if (buffered.length < total) return;
    const ok = head.startsWith('HTTP/1.1 200') && buffered.indexOf('"errors"', end) === -1;
    buffered = buffered.subarray(total);
    if (onAnswer(performance.now() - startedAt, ok)) send();
    else socket.end();
  });
  send();
}

/** Sends requests over so many connections for so many seconds. */
export async function load(
  port: number,
  connections: number,
  seconds: number,
  next: RequestSource,
): Promise<LoadResult> {
  const latencies: number[] = [];
  let failures = 0;
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.once('close', () => resolve());
        socket.once('connect', () =>
          drive(socket, next, (ms, ok) => {
            latencies.push(ms);
            if (!ok) failures += 1;
            return performance.now() < deadline;
          }),
        );
      });
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  return {
    requests: latencies.length,
    failures,
    seconds: elapsed,
    latenciesMs: Float64Array.from(latencies).sort(),
  };
}

/** The latency below which so many percent of the requests lie. */
export function percentile(sortedMs: Float64Array, percent: number): number {
  return sortedMs[Math.min(sortedMs.length - 1, Math.floor((sortedMs.length * percent) / 100))] ?? 0;
}

/** A POST of JSON as bytes. */
export function postJson(path: string, body: object, headers: Record<string, string> = {}): Buffer {
  const json = JSON.stringify(body);
  const lines = Object.entries({
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(json)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${json}`);
}
