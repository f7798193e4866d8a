/** Log lines: JSON on one line each, and no secret in any of them. */

import { boltLogger, createLog } from '../../src/logging/pino-log.ts';

const BOT = 'xoxb-123-456-AbCdEf';
const APP = 'xapp-1-A012-345-abcdef';
const PAGERDUTY = 'u+PdToken_0123456789';
const SIGNING = 'sign"ing\\secret';
const LONGER = `${PAGERDUTY}-and-more`;

function keeping(level = 'debug') {
  const lines: string[] = [];
  const secrets = [PAGERDUTY, SIGNING, LONGER, 'abc'];
  const log = createLog({ level, secrets, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, all: () => lines.join('') };
}

const tails = ['456-AbCdEf', '345-abcdef', 'PdToken_0123', 'and-more', 'sign\\"ing', 'sign"ing', 'ing\\\\secret'];

describe('a log line', () => {
  it('is JSON with level, time, message and fields', () => {
    const { log, lines } = keeping();
    log.child({ part: 'slack' }).warn({ channel: 'C1', at: { team: 'sre' } }, 'channel was lost');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '') as { time: string };
    expect(line).toEqual({
      level: 'warn',
      time: line.time,
      part: 'slack',
      channel: 'C1',
      at: { team: 'sre' },
      msg: 'channel was lost',
    });
    expect(new Date(line.time).toISOString()).toBe(line.time);
  });

  it('below the level is not written', () => {
    const { log, lines } = keeping('warn');
    log.info({}, 'quiet');
    log.error({}, 'loud');
    expect(lines).toHaveLength(1);
  });

  const secrets = [BOT, APP, PAGERDUTY, SIGNING, LONGER, `xoxe.${BOT}`, 'xoxp-1-2-345-abcdef', 'xoxe-1-345-abcdef'];
  const places: readonly [string, (secret: string) => readonly [object, string]][] = [
    ['a field', (secret) => [{ token: secret }, 'm']],
    ['a key', (secret) => [{ [secret]: 1 }, 'm']],
    ['the depths', (secret) => [{ a: [{ b: { c: [{ d: `x ${secret} y` }] } }] }, 'm']],
    ['the message', (secret) => [{}, `sent ${secret}`]],
    ["an error's message and stack", (secret) => [{ err: new Error(`refused ${secret}`) }, 'm']],
    ["an error's cause", (secret) => [{ err: new Error('refused', { cause: new Error(secret) }) }, 'm']],
    ["an error's own fields", (secret) => [{ err: Object.assign(new Error('x'), { request: { secret } }) }, 'm']],
    ['JSON in a string', (secret) => [{ body: JSON.stringify({ token: secret }) }, 'm']],
    ['JSON in JSON', (secret) => [{ body: JSON.stringify({ body: JSON.stringify({ token: secret }) }) }, 'm']],
    ['an address', (secret) => [{ url: `https://x.example/?token=${encodeURIComponent(secret)}&a=1` }, 'm']],
    ['an Authorization header', (secret) => [{ headers: { authorization: `Token token=${secret}` } }, 'm']],
  ];

  it.each(places.flatMap(([place, put]) => secrets.map((secret) => [place, secret, put] as const)))(
    'has no secret in %s: %s',
    (_place, secret, put) => {
      const { log, lines, all } = keeping();
      const [fields, message] = put(secret);
      log.child({ part: 'x' }).error(fields, message);
      for (const tail of tails) expect(all()).not.toContain(tail);
      expect(() => JSON.parse(lines[0] ?? '') as unknown).not.toThrow();
      expect(all()).toContain('"part":"x"');
    },
  );

  it('has no secret in the fields of a child', () => {
    const { log, all } = keeping();
    log.child({ token: BOT, key: PAGERDUTY }).info({}, 'm');
    for (const tail of tails) expect(all()).not.toContain(tail);
  });

  it.each([
    [{ headers: { Authorization: 'Token token=abc123unknown' } }],
    [{ headers: { Authorization: 'Token token="abc123unknown"' } }],
    [{ text: 'authorization: bearer abc123unknown' }],
    [{ text: 'Proxy-Authorization: Basic abc123unknown==' }],
    [{ headers: { 'proxy-authorization': 'abc123unknown' } }],
    [{ rawHeaders: ['Authorization', 'abc123unknown'] }],
    [{ body: JSON.stringify({ headers: { authorization: ['abc123unknown'] } }) }],
    [{ url: 'https://hooks.slack.com/actions/T1/2/abc123unknown' }],
    [{ url: 'wss://wss-primary.slack.com/link/?ticket=abc123unknown&app_id=A1' }],
  ])('has no credential that nobody told it of: %j', (fields) => {
    const { log, lines, all } = keeping();
    log.info(fields, 'm');
    expect(all()).not.toContain('abc123unknown');
    expect(() => JSON.parse(lines[0] ?? '') as unknown).not.toThrow();
  });

  it('leaves what is no secret', () => {
    const { log, all } = keeping();
    log.info({ path: '/oncalls', text: 'the bearer of news', who: 'abc', id: 'PINC1', basic: 'basic plan' }, 'm');
    expect(all()).toContain('"text":"the bearer of news","who":"abc","id":"PINC1","basic":"basic plan"');
  });
});

describe("Bolt's lines", () => {
  it('go the same way, without secrets and without payloads', () => {
    const { log, lines, all } = keeping();
    const bolt = boltLogger(log);
    bolt.debug({ text: 'alert text' });
    bolt.info('token', BOT);
    bolt.warn(`Authorization: Token token=${PAGERDUTY}`);
    bolt.error(new Error(`refused ${APP}`), { text: 'alert text' });
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['debug', 'warn', 'error']);
    expect(lines[2]).toContain('Error: refused [slack-token]');
    for (const tail of [...tails, 'alert text']) expect(all()).not.toContain(tail);
  });

  it('cannot turn the level', () => {
    const { log, lines } = keeping('warn');
    const bolt = boltLogger(log);
    bolt.setLevel('debug' as never);
    bolt.setName('x');
    bolt.info('x');
    expect([bolt.getLevel(), lines]).toEqual(['info', []]);
  });
});
