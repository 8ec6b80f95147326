export interface ConfigProblem {
  /** The environment variable to look at. */
  variable: string;
  /** What is wrong and what to set; never the value of a secret. */
  problem: string;
}

/** Everything that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
    super(
      `The configuration cannot be used:\n${lines.join('\n')}\nEvery variable is described in .env.example.`,
    );
  }
}
