/** What the simulated PagerDuty refuses before it looks at the request's meaning. */
import { accept, minute, startScene, type Asked, type Scene } from './pagerduty-scene.ts';

let scene: Scene;
let incident: string;

beforeAll(async () => {
  scene = await startScene({ abilities: ['teams'], userTokens: { 'aiko-key': 'PAIKO' } });
  incident = scene.world.trigger({ service: 'PPAY', title: 'Card payments fail' });
});
afterAll(() => scene.world.close());

const note = { note: { content: 'Looking' } };

describe('a request', () => {
  it.each<[string, string | undefined]>([
    ['without a token', undefined],
    ['with a wrong token', 'Token token=nonsense'],
    ['with the token in the wrong form', 'pd-simulator-token'],
    ['with pdjs’s undefined token', 'Token token=undefined'],
  ])('%s is unauthorized', async (_what, authorization) => {
    const told = await scene.ask('GET /users', { headers: { authorization } });
    expect(told.status).toBe(401);
    expect(told.body.error).toEqual({ message: 'Unauthorized', code: 2006 });
  });

  it('may use a Bearer token', async () => {
    expect((await scene.ask('GET /users', { headers: { authorization: `Bearer ${scene.world.token}` } })).status).toBe(
      200,
    );
  });

  it.each<[string, string, Asked, number, number]>([
    ['the wrong Accept', 'GET /users', { headers: { accept: 'application/json' } }, 406, 2001],
    ['an old version', 'GET /users', { headers: { accept: 'application/vnd.pagerduty+json;version=1' } }, 406, 2001],
    ['an unknown parameter', 'GET /incidents', { query: 'status=triggered' }, 400, 2001],
    ['a parameter without its brackets', 'GET /incidents', { query: 'statuses=triggered' }, 400, 2001],
    ['an unknown value', 'GET /incidents', { query: 'statuses[]=open' }, 400, 2001],
    ['an unknown include', 'GET /oncalls', { query: 'include[]=teams' }, 400, 2001],
    ['a parameter given twice', 'GET /incidents', { query: 'limit=1&limit=2' }, 400, 2001],
    ['a limit over 100', 'GET /incidents', { query: 'limit=101' }, 400, 2001],
    ['a limit of 0', 'GET /incidents', { query: 'limit=0' }, 400, 2001],
    ['an offset beyond 10000', 'GET /incidents', { query: 'limit=100&offset=9901' }, 400, 2001],
    ['a date that is none', 'GET /incidents', { query: 'since=yesterday' }, 400, 2001],
    ['an unescaped offset', 'GET /incidents', { query: 'since=2026-03-01T00:00:00+01:00' }, 400, 2001],
    ['an unknown time zone', 'GET /oncalls', { query: 'time_zone=Mars/Olympus' }, 400, 2001],
    ['a range over six months', 'GET /incidents', { query: 'since=2025-01-01&until=2025-12-01' }, 400, 2001],
    ['sort_by something else', 'GET /incidents', { query: 'sort_by=title' }, 400, 2001],
    ['three sort fields', 'GET /incidents', { query: 'sort_by=urgency,created_at,resolved_at' }, 400, 2001],
    ['change events not in UTC', 'GET /change_events', { query: 'since=2026-03-01T00:00:00%2B01:00' }, 400, 2001],
    ['overrides without dates', 'GET /schedules/PSWEEK/overrides', {}, 400, 2001],
    ['an unknown path', 'GET /nothing', {}, 404, 2100],
    ['an unknown id', 'GET /incidents/PNONE', {}, 404, 2100],
    ['the wrong method', 'DELETE /incidents', {}, 405, 2001],
    ['a missing ability', 'GET /incidents/1/past_incidents', {}, 402, 2012],
    ['/users/me of an account', 'GET /users/me', {}, 400, 2001],
  ])('with %s is refused', async (_what, line, asked, status, code) => {
    const told = await scene.ask(line, asked);
    expect([told.status, told.body.error.code]).toEqual([status, code]);
    expect(told.headers.get('ratelimit-limit')).toBe('960');
  });

  it('with a user’s own token may ask for /users/me', async () => {
    const told = await scene.ask('GET /users/me', { headers: { authorization: 'Token token=aiko-key' } });
    expect(told.body.user.email).toBe('aiko@example.com');
  });
});

describe('a write', () => {
  const line = (): string => `POST /incidents/${incident}/notes`;

  it.each<[string, Asked, number, number]>([
    ['without From', { body: note }, 400, 2001],
    ['from a stranger', { body: note, from: 'who@example.com' }, 400, 1008],
    ['from an onlooker', { body: note, from: 'eve@example.com' }, 403, 1018],
    ['that is not JSON', { body: '{', from: 'ben@example.com' }, 400, 2001],
    ['without a body', { body: '', from: 'ben@example.com' }, 400, 2001],
    ['that is a list', { body: [], from: 'ben@example.com' }, 400, 2001],
    ['with an empty note', { body: { note: { content: ' ' } }, from: 'ben@example.com' }, 400, 2001],
    ['with a field too many', { body: { note: { content: 'x', by: 'me' } }, from: 'ben@example.com' }, 400, 2001],
    ['as a form', { body: 'a=b', from: 'ben@example.com', headers: { 'content-type': 'text/plain' } }, 415, 2001],
  ])('%s is refused and changes nothing', async (_what, asked, status, code) => {
    const told = await scene.ask(line(), asked);
    expect([told.status, told.body.error.code]).toEqual([status, code]);
    expect(scene.world.incident(incident).notes).toEqual([]);
  });

  it('that is right is done, and recorded without the secret', async () => {
    const told = await scene.ask(line(), { body: note, from: 'Ben@Example.com' });
    expect(told.status).toBe(200);
    expect(scene.world.incident(incident).notes).toMatchObject([{ user: 'PBEN', text: 'Looking' }]);
    const call = scene.world.calls.at(-1);
    expect(call).toMatchObject({ method: 'POST', body: note, status: 200 });
    expect(call?.headers).toMatchObject({ authorization: 'Token …', accept, from: 'Ben@Example.com' });
    expect(JSON.stringify(scene.world.calls)).not.toContain(scene.world.token);
  });
});

describe('the rate limit', () => {
  it('counts down, refuses with a reset, and starts again with the next minute', async () => {
    const { world, clock, ask } = await startScene({ requestsPerMinute: 2 });
    try {
      const first = await ask('GET /abilities');
      clock.advance(15_000);
      await ask('GET /abilities');
      const third = await ask('GET /abilities');
      expect(first.headers.get('ratelimit-remaining')).toBe('1');
      expect(third.status).toBe(429);
      expect(third.body).toEqual({ error: { message: 'Rate Limit Exceeded', code: 2020 } });
      expect(third.headers.get('ratelimit-reset')).toBe('45');
      clock.advance(minute);
      expect((await ask('GET /abilities')).status).toBe(200);
    } finally {
      await world.close();
    }
  });
});
