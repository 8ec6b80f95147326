import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig, renderEnvExample } from '../../src/app/config.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'toolbox config '));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function load(env: Record<string, string> = {}) {
  return loadConfig({ for: 'serve', env, cwd });
}

function writeEnvFile(text: string): void {
  writeFileSync(join(cwd, '.env'), text);
}

describe('.env', () => {
  it('is read where the environment is silent', () => {
    writeEnvFile('PORT=5000\nFROM_NAME="Two words" # with a comment\nLOG_LEVEL=error\n');
    const config = load({ PORT: '6000' });
    expect([config.core.port, config.mail.from.name, config.core.logLevel]).toEqual([
      6000,
      'Two words',
      'error',
    ]);
  });

  it('gives way to the environment under every alias and every way to say the same', () => {
    writeEnvFile(
      'FROM_EMAIL=file@b.example\nDATABASE_URL=postgres://file/x\nREDIS_HOST=file\nSMTP_URL=smtp://file\nNODE_ENV=production',
    );
    const config = load({
      DEFAULT_FROM_EMAIL: 'env@b.example',
      APP_ENV: 'test',
      POSTGRES_SERVER: 'env',
      POSTGRES_USER: 'u',
      POSTGRES_PASSWORD: 'p',
      POSTGRES_DB: 'd',
      REDIS_URL: 'redis://env',
      SMTP_HOST: 'env',
    });
    expect([config.mail.from.email, config.core.env, config.mail.smtp?.host]).toEqual([
      'env@b.example',
      'test',
      'env',
    ]);
    expect([config.database.url, config.redis.url]).toEqual(['postgres://u:p@env/d', 'redis://env']);
  });

  it('is an error that names it when it cannot be read', () => {
    mkdirSync(join(cwd, '.env'));
    expect(() => load()).toThrow(ConfigError);
    expect(() => load()).toThrow(join(cwd, '.env'));
  });
});

describe('.env.example', () => {
  it('is what the schema says', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(renderEnvExample());
  });

  it('can be used with every comment sign taken away from its variables', () => {
    writeEnvFile(renderEnvExample().replace(/^# (?=[A-Z_0-9]+=)/gm, ''));
    const bare = mkdtempSync(join(tmpdir(), 'toolbox-bare-'));
    const { core: fromFile, ...rest } = load();
    const { core: without, ...others } = loadConfig({ for: 'serve', env: {}, cwd: bare });
    rmSync(bare, { recursive: true });
    expect(rest).toEqual(others);
    expect(fromFile).toEqual({ ...without, stateDirectory: join(cwd, '.toolbox') });
  });
});
