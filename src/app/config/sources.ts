import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { infoOf, variableNames, type VariableName } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface GatheredValues {
  /** The text of each variable that is set, under its main name. */
  values: Partial<Record<VariableName, string>>;
  /** Under which name it was set; differs for an alias. */
  setAs: Partial<Record<VariableName, string>>;
  problems: ConfigProblem[];
}

/** Ways to say the same; where the environment says it in one way, what `.env` says in the other is left aside. */
const alternatives: readonly (readonly VariableName[])[] = [
  ['DATABASE_URL', 'POSTGRES_SERVER'],
  ['REDIS_URL', 'REDIS_HOST'],
  ['SMTP_URL', 'SMTP_HOST'],
];

/**
 * Collects every variable from the environment and, where the environment is silent, from `.env`; aliases count as
 * the variable itself. Blank values count as not set, as a copied `.env.example` has them.
 */
export function gatherValues(env: Environment, cwd: string): GatheredValues {
  const gathered: GatheredValues = { values: {}, setAs: {}, problems: [] };
  const file = readEnvFile(join(cwd, '.env'));
  const silenced = alternatives
    .filter((group) => group.some((name) => isSet(env, name)))
    .flatMap((group) => group.filter((name) => !isSet(env, name)));

  for (const name of variableNames) {
    const spellings = [name, ...(infoOf(name).aliases ?? [])];
    const inEnvironment = spellings.some((spelling) => isSet(env, spelling));
    if (!inEnvironment && silenced.includes(name)) continue;
    take(name, spellings, inEnvironment ? env : file, gathered);
  }
  return gathered;
}

function take(name: VariableName, spellings: string[], source: Environment, gathered: GatheredValues): void {
  const [first, ...others] = spellings.filter((spelling) => isSet(source, spelling));
  if (first === undefined) return;
  const value = source[first]?.trim();
  const different = others.find((other) => source[other]?.trim() !== value);
  if (different !== undefined) {
    gathered.problems.push({
      variable: first,
      problem: `differs from ${different}, which means the same. Set one of them only`,
    });
  }
  gathered.values[name] = value;
  gathered.setAs[name] = first;
}

function isSet(source: Environment, name: string): boolean {
  return (source[name]?.trim() ?? '') !== '';
}

function readEnvFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return {};
    throw new ConfigError([
      { variable: '.env', problem: `${path} cannot be read (${code}). Mend it or remove it` },
    ]);
  }
}
