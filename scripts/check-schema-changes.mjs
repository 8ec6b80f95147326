/**
 * Fails when schema.graphql would break a client of the last release, whose schema stands in
 * schema.released.graphql. A field may go once the last release had it @deprecated.
 * `--release` makes today's schema the released one.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const current = 'schema.graphql';
const released = 'schema.released.graphql';

if (process.argv.includes('--release')) {
  copyFileSync(current, released);
  console.log(`${released} is now today's schema.`);
} else {
  const read = (file) => buildSchema(readFileSync(file, 'utf8'));
  const changes = await diff(read(released), read(current), [DiffRule.suppressRemovalOfDeprecatedField]);
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  for (const { message, path } of breaking) console.error(`breaking: ${message} (${path})`);
  if (breaking.length > 0) {
    console.error(`Deprecate first and remove a release later, or bring it back. Released is ${released}.`);
    process.exitCode = 1;
  } else {
    console.log(`${changes.length} changes since the last release, none of them breaking`);
  }
}
