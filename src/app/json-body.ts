import type { IncomingMessage } from 'node:http';

const maxBytes = 1024 * 1024;

/** The body is not what was promised; the status says how. */
export class BodyError extends Error {
  override readonly name = 'BodyError';

  constructor(
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

/** Collects and parses a body of at most 1 MiB. @throws BodyError */
export function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return Promise.reject(tooLarge());
  if (
    request.headers['content-encoding'] !== undefined &&
    request.headers['content-encoding'] !== 'identity'
  ) {
    return Promise.reject(new BodyError(415, 'Send the body as it is: compressed bodies are not taken.'));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.removeAllListeners('data');
        request.resume();
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.once('error', () => reject(new BodyError(400, 'The request ended before its body did.')));
    request.once('end', () => {
      try {
        const [first] = chunks;
        const text = chunks.length === 1 && first ? first.toString() : Buffer.concat(chunks).toString();
        resolve(JSON.parse(text));
      } catch {
        reject(new BodyError(400, 'The request was refused: its body is not JSON.'));
      }
    });
  });
}

function tooLarge(): BodyError {
  return new BodyError(413, `The request was refused: its body is larger than ${maxBytes} bytes.`);
}
