import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printGraphqlSchema } from '../graphql-schema.js';
import { ExitCode, print, UsageError } from './command.js';

const file = path.resolve('schema.graphql');

/** `schema` writes schema.graphql; `schema --check` says whether it is what the code makes. */
export async function schemaCommand([option, ...rest]: string[]): Promise<number> {
  if (rest.length > 0 || (option !== undefined && option !== '--check')) {
    throw new UsageError('schema takes no argument but --check.');
  }
  const current = printGraphqlSchema();
  if (option !== '--check') {
    await writeFile(file, current);
    print(`Wrote ${file}`);
    return ExitCode.ok;
  }
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed === current) return ExitCode.ok;
  print('schema.graphql is not what the code makes. Run `npm run schema` and commit it.');
  return ExitCode.failed;
}
