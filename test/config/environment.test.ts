/** The environment: what is needed, what is refused, and that no secret is told. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../src/config/config.ts';
import { ENVIRONMENT, faults, load, loaded, SMALLEST } from './support.ts';

function from(environment: Readonly<Record<string, string>>) {
  return faults(loadConfig(environment, () => SMALLEST));
}

describe('the environment', () => {
  it('gives the defaults', () => {
    expect(loaded(SMALLEST)).toMatchObject({
      slack: {
        botToken: 'xoxb-1-bot',
        apiUrl: 'https://slack.com/api/',
        mode: { kind: 'socket', appToken: 'xapp-1-app' },
      },
      pagerduty: { token: 'u+PagerDutyKey', apiUrl: 'https://api.pagerduty.com', webhookSecrets: [], pollMs: 30_000 },
      databaseUrl: 'file:./data/toban.db',
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
    });
    expect(loaded(SMALLEST).pagerduty).not.toHaveProperty('from');
  });

  it('reads every name', () => {
    const config = loaded(SMALLEST, {
      SLACK_APP_TOKEN: ' ',
      SLACK_SIGNING_SECRET: 'abc123',
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      PAGERDUTY_API_URL: 'http://127.0.0.1:4001/',
      PAGERDUTY_FROM: 'toban@corp.example',
      PAGERDUTY_WEBHOOK_SECRET: 'one, two',
      DATABASE_URL: 'file::memory:',
      HOST: '0.0.0.0',
      PORT: '0',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:4000/api/', mode: { kind: 'http', signingSecret: 'abc123' } },
      pagerduty: {
        apiUrl: 'http://127.0.0.1:4001',
        from: 'toban@corp.example',
        webhookSecrets: ['one', 'two'],
      },
      databaseUrl: 'file::memory:',
      host: '0.0.0.0',
      port: 0,
      logLevel: 'debug',
    });
  });

  it('names every missing token, and the demo that needs none', () => {
    const found = from({ SLACK_BOT_TOKEN: '', HOME: '/root' });
    expect(Object.keys(found)).toEqual(['.env', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'PAGERDUTY_TOKEN']);
    expect(found['.env']).toContain('npm run demo');
    expect(found['SLACK_APP_TOKEN']).toContain('SLACK_SIGNING_SECRET');
  });

  it.each([
    [['PAGERDUTY_TOKEN'], ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    [['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'], ['PAGERDUTY_TOKEN']],
    [['SLACK_BOT_TOKEN', 'PAGERDUTY_TOKEN'], ['SLACK_APP_TOKEN']],
  ])('refuses half a set: %j alone', (given, missing) => {
    const half = Object.entries(ENVIRONMENT).filter(([name]) => given.includes(name));
    expect(Object.keys(from(Object.fromEntries(half)))).toEqual(missing);
  });

  it('recognises a slip in a name', () => {
    const { PAGERDUTY_TOKEN: token, ...rest } = ENVIRONMENT;
    expect(from({ ...rest, PAGER_DUTY_TOKEN: token })['PAGERDUTY_TOKEN']).toContain(
      'PAGER_DUTY_TOKEN is set: did you mean PAGERDUTY_TOKEN?',
    );
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xapp-1-SECRET', 'app-level token (xapp-'],
    ['SLACK_BOT_TOKEN', 'xoxp-SECRET', "person's token (xoxp-"],
    ['SLACK_BOT_TOKEN', 'xoxe.xoxb-1-SECRET', 'rotating token (xoxe'],
    ['SLACK_BOT_TOKEN', 'SECRET', 'no Slack token'],
    ['SLACK_BOT_TOKEN', 'xoxb-SEC RET', 'holds a space'],
    ['SLACK_APP_TOKEN', 'xoxb-SECRET', 'a bot token (xoxb-'],
    ['SLACK_SIGNING_SECRET', 'xoxb-SECRET', 'a bot token'],
    ['PAGERDUTY_TOKEN', 'xoxb-SECRET', 'a bot token of Slack'],
    ['PAGERDUTY_TOKEN', 'SEC RET', 'holds a space'],
    ['SLACK_API_URL', 'ftp://SECRET@slack.example', 'http(s)'],
    ['SLACK_API_URL', 'slack.example/SECRET', 'http(s)'],
    ['PAGERDUTY_API_URL', 'https://user:SECRET@pd.example', 'http(s)'],
    ['PAGERDUTY_FROM', 'SECRET', 'e-mail'],
    ['PAGERDUTY_WEBHOOK_SECRET', 'SECRET,,', 'comma'],
    ['DATABASE_URL', 'postgres://toban:SECRET@db/toban', 'PostgreSQL'],
    ['DATABASE_URL', 'postgresql://toban:SECRET@db/toban', 'PostgreSQL'],
    ['DATABASE_URL', './SECRET.db', 'file:'],
    ['DATABASE_URL', 'file:', 'file:'],
    ['DATABASE_URL', 'file://host/SECRET.db', 'file:'],
    ['HOST', 'http://SECRET', 'bind address'],
    ['PORT', '65536', '0 to 65535'],
    ['PORT', '80a', '0 to 65535'],
    ['LOG_LEVEL', 'SECRET', 'silent'],
  ])('refuses %s=%s without telling its value', (name, value, words) => {
    const found = faults(load(SMALLEST, { [name]: value }));
    expect(Object.keys(found)).toEqual([name]);
    expect(found[name]).toContain(words);
    expect(found[name]).not.toMatch(/SECRET(?!_)|\n/);
  });

  it.each(['file:./data/toban.db', 'file:/var/toban.db', 'file:///var/toban.db', 'file:toban.db'])(
    'accepts the database %s',
    (url) => expect(loaded(SMALLEST, { DATABASE_URL: url }).databaseUrl).toBe(url),
  );

  it('uses Socket Mode where both kinds of Slack secret are set, and says so', () => {
    const loading = load(SMALLEST, { SLACK_SIGNING_SECRET: 'abc123' });
    expect(loading).toMatchObject({ kind: 'loaded', config: { slack: { mode: { kind: 'socket' } } } });
    expect(loading).toMatchObject({ notInUse: [expect.stringContaining('SLACK_SIGNING_SECRET')] });
  });
});

describe('readEnvironment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'toban-environment-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  // In a child, because jest gives its tests a copy of process.env that loadEnvFile does not reach.
  function readIn(cwd: string, env: Readonly<Record<string, string>>): unknown {
    const module = pathToFileURL(resolve('src/config/environment.ts')).href;
    const script = `import { readEnvironment } from ${JSON.stringify(module)};
      const { SLACK_BOT_TOKEN, PORT, HOST } = readEnvironment();
      console.log(JSON.stringify({ SLACK_BOT_TOKEN, PORT, HOST }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd,
      env,
      encoding: 'utf8',
    });
    return JSON.parse(output);
  }

  it('completes the environment from .env and leaves what is set', () => {
    writeFileSync(join(folder, '.env'), 'SLACK_BOT_TOKEN="xoxb-file"\nPORT=4000\n');
    expect(readIn(folder, { PORT: '5000', HOST: 'h' })).toEqual({
      SLACK_BOT_TOKEN: 'xoxb-file',
      PORT: '5000',
      HOST: 'h',
    });
  });

  it('does without .env', () => {
    expect(readIn(resolve('test'), { PORT: '5000' })).toEqual({ PORT: '5000' });
  });
});
