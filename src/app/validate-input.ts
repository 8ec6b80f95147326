import { validateSync, type ValidationError } from 'class-validator';
import { InvalidInputError, type Violation } from '../kernel/errors.js';

function violationsOf(error: ValidationError, path: string): Violation[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => violationsOf(child, field))];
}

/** PostgreSQL has no NUL in text. */
function nulViolations(value: object, path: string): Violation[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const field = path ? `${path}.${name}` : name;
    if (typeof inner === 'string')
      return inner.includes('\0') ? [{ field, message: 'must not contain NUL' }] : [];
    return inner !== null && typeof inner === 'object' ? nulViolations(inner, field) : [];
  });
}

/** Checks what a client sent against the rules of its input class. @throws InvalidInputError with all violations */
export function validateInput(value: unknown, type: unknown): void {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'string' && value.includes('\0'))
      throw InvalidInputError.field('argument', 'must not contain NUL');
    return;
  }
  // Inputs are the argument `input`; a class of arguments lies at the top.
  const path = typeof type === 'function' && type.name.endsWith('Args') ? '' : 'input';
  const violations = [
    ...validateSync(value, { forbidUnknownValues: false }).flatMap((error) => violationsOf(error, path)),
    ...nulViolations(value, path),
  ];
  const [first, ...rest] = violations;
  if (first) throw InvalidInputError.of([first, ...rest]);
}
