import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Each rule with a tree of files that breaks it: path → what it imports. */
const violations: Record<string, Record<string, string[]>> = {
  'no-circle': { 'src/kernel/a.ts': ['./b.js'], 'src/kernel/b.ts': ['type ./a.js'] },
  'no-orphan': { 'src/kernel/alone.ts': [] },
  resolvable: { 'src/kernel/lost.ts': ['./nowhere.js'] },
  'kernel-stands-alone': { 'src/kernel/c.ts': ['type ../domains/mail/index.js'] },
  'domains-know-no-edge': { 'src/domains/mail/d.ts': ['../../app/config.js'] },
  'adapters-know-ports': { 'src/adapters/mail/e.ts': ['../../domains/mail/index.js'] },
  'embedded-knows-kernel': { 'src/embedded/mail/f.ts': ['../../domains/mail/mail.ports.js'] },
  'nothing-imports-main': { 'src/app/g.ts': ['../main.js'] },
  'domains-by-the-door': { 'src/domains/billing/h.ts': ['../mail/mail.service.js'] },
  'domains-are-ranked': { 'src/domains/surprise/i.ts': ['../mail/index.js'] },
  'accounts-imports-down-the-rank': { 'src/domains/accounts/j.ts': ['type ../organizations/index.js'] },
  'notifications-imports-down-the-rank': {
    'src/domains/notifications/k.ts': ['../operations/operations.events.js'],
  },
  'graphql-stays-at-the-edge': { 'src/domains/mail/l.service.ts': ['type graphql'] },
  'vendors-stay-in-adapters': { 'src/domains/mail/m.ts': ['nodemailer'] },
  'src-stands-alone': { 'src/app/n.ts': ['../../test/support.js'] },
  'no-development-package': { 'src/kernel/o.ts': ['fast-check'] },
  'declared-packages-only': { 'src/kernel/p.ts': ['ms'] },
};

const allowed: Record<string, string[]> = {
  'src/main.ts': ['./app/config.js', 'graphql'],
  'src/app/config.ts': [
    '../adapters/mail/smtp.js',
    '../embedded/mail/catcher.js',
    '../domains/billing/index.js',
  ],
  'src/adapters/mail/smtp.ts': ['nodemailer', './own.js', '../../domains/mail/mail.ports.js'],
  'src/adapters/mail/own.ts': ['../../kernel/base.js'],
  'src/embedded/mail/catcher.ts': ['smtp-server', '../../kernel/base.js'],
  'src/domains/billing/index.ts': [
    '../mail/index.js',
    '../mail/mail.events.js',
    'zod',
    './billing.resolver.js',
  ],
  'src/domains/billing/billing.resolver.ts': ['type-graphql'],
  'src/domains/mail/index.ts': ['./mail.service.js'],
  'src/domains/mail/mail.service.ts': ['./mail.events.js', 'type ./mail.ports.js'],
  'src/domains/mail/mail.events.ts': ['../../kernel/base.js'],
  'src/domains/mail/mail.ports.ts': ['type ../../kernel/base.js'],
  'src/domains/organizations/index.ts': ['../../kernel/base.js'],
  'src/domains/operations/operations.events.ts': ['../../kernel/base.js'],
  'src/kernel/base.ts': ['node:path'],
  'test/support.ts': ['../src/kernel/base.js'],
};

describe('the dependency rules', () => {
  let project: string;
  let broken: { rule: string; from: string }[];

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'toolbox-rules-'));
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
    for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
      await cp(join(root, name), join(project, name));
    }
    for (const files of [allowed, ...Object.values(violations)]) await writeTree(files);
    broken = await cruise();
  }, 30_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  async function writeTree(files: Record<string, string[]>): Promise<void> {
    for (const [path, imports] of Object.entries(files)) {
      const lines = imports.map((from, index) =>
        from.startsWith('type ') ? `import type { T${index} } from '${from.slice(5)}';` : `import '${from}';`,
      );
      await mkdir(dirname(join(project, path)), { recursive: true });
      await writeFile(join(project, path), [...lines, 'export const here = true;', ''].join('\n'));
    }
  }

  function cruise(): Promise<{ rule: string; from: string }[]> {
    const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const args = [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: project, maxBuffer: 2 ** 26 }, (_, stdout) => {
        const result = JSON.parse(stdout) as {
          summary: { violations: { rule: { name: string }; from: string }[] };
        };
        resolve(result.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from })));
      });
    });
  }

  it.each(Object.keys(violations))('%s refuses what breaks it', (rule) => {
    expect(Object.keys(violations[rule] ?? {})).toContain(
      broken.find((violation) => violation.rule === rule)?.from,
    );
  });

  it('let the designed directions through', () => {
    expect(broken.filter(({ from }) => from in allowed)).toEqual([]);
  });
});
