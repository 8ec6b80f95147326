/** A project with the real scripts and pretended tools, so that what the scripts do is seen in seconds, offline. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');

/** Stands for npm: "installs" the files of `fake-modules`, which takes as long as the file `slow-install` is there. */
const NPM = `
  const fs = require('node:fs');
  fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
  fs.rmSync('node_modules', { recursive: true, force: true });
  (function finish() {
    if (fs.existsSync('slow-install')) return setTimeout(finish, 20);
    if (fs.existsSync('broken-install')) process.exit(3);
    fs.cpSync('fake-modules', 'node_modules', { recursive: true, verbatimSymlinks: true });
  })();`;

/** Stands for the compiler: copies TypeScript that is JavaScript. */
const COMPILER = `
  const fs = require('node:fs');
  fs.appendFileSync('compiler-calls', 'x');
  for (const path of fs.readdirSync('src', { recursive: true }))
    if (path.endsWith('.ts')) fs.cpSync('src/' + path, 'dist/src/' + path.replace(/ts$/, 'js'));`;

export interface Run {
  child: ChildProcessByStdio<null, Readable, Readable>;
  output: () => string;
  /** Resolves when the output contains the text. */
  saw: (text: string) => Promise<void>;
  exitCode: Promise<number | null>;
}

export class FakeProject {
  private constructor(readonly folder: string) {}

  static async create(files: Record<string, string>): Promise<FakeProject> {
    const project = new FakeProject(await mkdtemp(join(tmpdir(), 'toolbox project ')));
    await cp(join(root, 'scripts'), join(project.folder, 'scripts'), { recursive: true });
    const bundledNode = `fake-modules/node-${process.platform}-${process.arch}/bin/node`;
    await project.write({
      'package.json': '{"type": "module"}',
      'package-lock.json': '{}',
      'tsconfig.json': '{}',
      'tsconfig.build.json': '{}',
      'npm/package.json': '{"type": "commonjs"}',
      'npm/npm-cli.js': NPM,
      'fake-modules/ts7/package.json': '{"type": "commonjs"}',
      'fake-modules/ts7/bin/tsc': COMPILER,
      [bundledNode]: '',
      ...files,
    });
    await rm(join(project.folder, bundledNode));
    await symlink(process.execPath, join(project.folder, bundledNode));
    return project;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(this.path(path)), { recursive: true });
      await writeFile(this.path(path), text);
      if (path.includes('/bin/')) await chmod(this.path(path), 0o755);
    }
  }

  /** Starts `node scripts/run.mjs …` with nothing in its environment but PATH, npm and what is given. */
  run(args: string[], environment: Record<string, string> = {}): Run {
    const child = spawn(process.execPath, [this.path('scripts', 'run.mjs'), ...args], {
      cwd: tmpdir(),
      env: { PATH: '/usr/bin:/bin', npm_execpath: this.path('npm', 'npm-cli.js'), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return {
      child,
      output: () => output,
      saw: (text) => waitFor(`${text} in: ${output}`, () => output.includes(text)),
      exitCode: once(child, 'close').then(([code]) => code as number | null),
    };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function waitFor(what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Never saw ${what}`);
    await delay(20);
  }
}
