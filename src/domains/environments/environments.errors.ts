import { AppError, type ErrorCodes } from '../../kernel/errors.js';
import type { EnvironmentStatus } from './environment.entity.js';

export const environmentErrorCodes = {
  ENVIRONMENTS_WRONG_STATUS: {
    kind: 'conflict',
    description: 'The environment is not in a state from which this can be done. The message says which.',
  },
} as const satisfies ErrorCodes;

export class WrongStatusError extends AppError {
  static of(id: string, status: EnvironmentStatus | 'deleted', wanted: string): WrongStatusError {
    return new WrongStatusError(
      'ENVIRONMENTS_WRONG_STATUS',
      'conflict',
      `Environment ${id} is ${status}; ${wanted}.`,
      { status },
    );
  }
}
