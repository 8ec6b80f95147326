/** How the process ends. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  /** The words on the command line are wrong. */
  usage: 2,
  /** The configuration is wrong (sysexits.h). */
  config: 78,
} as const;

/** The command line does not say what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Prints for people and pipes; logs go elsewhere. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
