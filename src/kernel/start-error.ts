/** Why the program cannot start or go on. The message says what to do, so it is shown without a stack. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
