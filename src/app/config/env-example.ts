import { infoOf, variableNames, variables, type VariableName } from './variables.js';

const introduction = `# Every environment variable of Toolbox. Copy this file to .env, or set them in the environment, which wins.
# None is needed for development: what is commented out has the value that holds without it.`;

/** The text of `.env.example`. */
export function renderEnvExample(): string {
  const groups = [...new Set(variableNames.map((name) => infoOf(name).group))];
  const sections = groups.map((group) => {
    const members = variableNames.filter((name) => infoOf(name).group === group);
    return [`# ---- ${group}`, ...members.map(renderVariable)].join('\n\n');
  });
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

function renderVariable(name: VariableName): string {
  const { about, aliases, required, otherwise } = infoOf(name);
  const fallback = variables.shape[name].safeParse(undefined).data;
  const notes = [
    about,
    otherwise && `Without it: ${otherwise}`,
    required && `Required in production${required === 'migrate' ? ' by `migrate`' : ''}`,
    aliases && `Also read as ${aliases.join(', ')}`,
  ];
  return [...notes.filter(Boolean).map((note) => `# ${note}.`), `# ${name}=${fallback ?? ''}`].join('\n');
}
