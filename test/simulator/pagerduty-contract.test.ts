/** Holds the simulator's routes against the facts taken from PagerDuty's own specification. */
import { Body } from '../../src/simulator/pagerduty/body.ts';
import { routes } from '../../src/simulator/pagerduty/routes.ts';
import contract from '../contracts/pagerduty.json' with { type: 'json' };
import { startScene, type Scene } from './pagerduty-scene.ts';

const named = (one: { method: string; path: string }): string => `${one.method} ${one.path}`;

/** The specification says 201 for this list; the API itself says 200, as lists do. */
const mistakesOfTheContract = ['GET /schedules/{id}/overrides'];

describe('the routes of the simulated PagerDuty', () => {
  it('are the operations of the contract, no more and no fewer', () => {
    expect(routes.map(named).toSorted()).toEqual(contract.operations.map(named).toSorted());
  });

  it.each(contract.operations.map((operation) => [named(operation), operation] as const))(
    '%s takes what the contract says',
    (name, operation) => {
      const route = routes.find((one) => named(one) === name);
      expect((route?.query ?? []).toSorted()).toEqual(operation.query);
      expect((route?.requiredQuery ?? []).toSorted()).toEqual(operation.requiredQuery);
      expect((route?.includes ?? []).toSorted()).toEqual(operation.includes);
      expect(route?.from ?? false).toBe(operation.requiredHeaders.includes('From'));
    },
  );
});

describe('a body without a required field', () => {
  let scene: Scene;
  let incident: string;

  beforeAll(async () => {
    scene = await startScene();
    incident = scene.world.trigger({ service: 'PPAY', title: 'Card payments fail' });
  });
  afterAll(() => scene.world.close());

  const cases = contract.operations.flatMap((operation) =>
    operation.requiredBody.map((field) => [named(operation), field] as const),
  );

  it.each(cases)('%s without %s is refused by name', async (name, field) => {
    const id = name.includes('/v3/schedules') ? 'PSSHIFT' : name.includes('/schedules') ? 'PSWEEK' : incident;
    const [first = '', second] = field.split('.');
    const body = second === undefined ? { [`not_${first}`]: 1 } : { [first]: {} };
    const told = await scene.ask(name.replace('{id}', id), { body, from: 'aiko@example.com' });
    expect(told.status).toBe(400);
    expect(told.body.error.errors).toContain(`${field} is required.`);
  });
});

describe('a successful answer', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene({ userTokens: { own: 'PAIKO' } });
  });
  afterAll(() => scene.world.close());

  const reads = contract.operations.filter((operation) => operation.method === 'GET');

  it.each(reads.map((operation) => [named(operation), operation] as const))(
    '%s has the status and keys of the contract',
    async (name, operation) => {
      const { world, ask } = scene;
      const incident = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
      const change = world.addChangeEvent({ summary: 'Deploy 42', service: 'PPAY' });
      const shift = world.addOverride('PSSHIFT', {
        user: 'PDANA',
        start: '2026-03-02T11:00:00Z',
        end: '2026-03-02T12:00:00Z',
      });
      const ids: Record<string, string> = {
        '/users/{id}': 'PAIKO',
        '/schedules/{id}': 'PSWEEK',
        '/v3/schedules/{id}': 'PSSHIFT',
        '/escalation_policies/{id}': 'PEPAY',
        '/services/{id}': 'PPAY',
        '/change_events/{id}': change,
        '/incidents/{id}': incident,
        '/log_entries/{id}': world.logEntries(incident)[0]?.id ?? '',
      };
      const prefix = Object.keys(ids).find((one) => operation.path.startsWith(one)) ?? '';
      const path = operation.path.replace('{id}', ids[prefix] ?? '').replace('{override_id}', shift);
      const needsDates = operation.requiredQuery.length > 0 || operation.path === '/schedules/{id}/users';
      const query = needsDates
        ? 'since=2026-03-01T00:00:00Z&until=2026-03-09T00:00:00Z'
        : operation.path.endsWith('past_incidents')
          ? 'total=true'
          : '';
      const headers = operation.path === '/users/me' ? { authorization: 'Bearer own' } : {};
      const told = await ask(`GET ${path}`, { query, headers });
      expect(told.status).toBe(mistakesOfTheContract.includes(name) ? 200 : operation.status[0]);
      for (const key of operation.responseKeys) expect(told.body).toHaveProperty(key);
    },
  );
});

describe('Body', () => {
  it('reports every fault at once', () => {
    const body = Body.read({ extra: 1, duration: 'long' }).only('duration').require('message');
    body.whole('duration');
    expect(() => body.check()).toThrow(
      expect.objectContaining({
        details: ['extra is not a known field.', 'message is required.', 'duration must be a whole number.'],
      }),
    );
  });
});
