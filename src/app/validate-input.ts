import { validateSync, type ValidationError } from 'class-validator';
import { InvalidInputError, type Violation } from '../kernel/errors.js';

function violationsOf(error: ValidationError, path: string): Violation[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => violationsOf(child, field))];
}

/** PostgreSQL has no NUL in text, and no half of a surrogate pair in UTF-8. */
function textFault(text: string): string | null {
  if (text.includes('\0')) return 'must not contain NUL';
  return text.isWellFormed() ? null : 'must be well-formed Unicode';
}

function textViolations(value: object, path: string): Violation[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const field = path ? `${path}.${name}` : name;
    if (typeof inner === 'string') {
      const message = textFault(inner);
      return message === null ? [] : [{ field, message }];
    }
    return inner !== null && typeof inner === 'object' ? textViolations(inner, field) : [];
  });
}

/** Checks what a client sent against the rules of its input class. @throws InvalidInputError with all violations */
export function validateInput(value: unknown, type: unknown): void {
  if (value === null || typeof value !== 'object') {
    const fault = typeof value === 'string' ? textFault(value) : null;
    if (fault !== null) throw InvalidInputError.field('argument', fault);
    return;
  }
  // Inputs are the argument `input`; a class of arguments lies at the top.
  const path = typeof type === 'function' && type.name.endsWith('Args') ? '' : 'input';
  const violations = [
    ...validateSync(value, { forbidUnknownValues: false }).flatMap((error) => violationsOf(error, path)),
    ...textViolations(value, path),
  ];
  const [first, ...rest] = violations;
  if (first) throw InvalidInputError.of([first, ...rest]);
}
