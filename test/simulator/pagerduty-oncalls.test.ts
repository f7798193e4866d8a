/** Who is on call, as /oncalls and both kinds of schedule tell it. */
import { hour, startScene, type Scene, type Wire } from './pagerduty-scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.world.close());

const line = (entry: Wire): string =>
  `${entry.escalation_policy.id} ${entry.escalation_level} ${entry.user.id} ${entry.schedule?.id ?? 'directly'}`;

async function oncalls(query = ''): Promise<Wire[]> {
  return (await scene.ask('GET /oncalls', { query })).body.oncalls;
}

describe('GET /oncalls', () => {
  it('tells who is on call now, once for each policy and level, in no order to lean on', async () => {
    const lines = (await oncalls()).map(line);
    expect(lines.toSorted()).toEqual([
      'PEDB 1 PBEN PSWEEK',
      'PEDB 1 PDANA directly',
      'PEPAY 1 PBEN PSWEEK',
      'PEPAY 2 PCHEN PSSHIFT',
      'PEPAY 3 PDANA directly',
    ]);
    expect(lines).not.toEqual(lines.toSorted());
  });

  it('marks shift-based schedules, and leaves permanent entries without dates', async () => {
    const entries = await oncalls('escalation_policy_ids[]=PEPAY');
    const at = (level: number): Wire => entries.find((entry: Wire) => entry.escalation_level === level);
    expect(at(1).schedule.type).toBe('schedule_reference');
    expect(at(2).schedule.type).toBe('schedule_v3_reference');
    expect(at(3)).toMatchObject({ schedule: null, start: null, end: null });
    expect(at(1)).toMatchObject({ start: '2026-03-02T08:00:00Z', end: '2026-03-09T08:00:00Z' });
  });

  it('filters by person, schedule and level-less nulls, and pages', async () => {
    expect((await oncalls('user_ids[]=PDANA&escalation_policy_ids[]=PEDB')).map(line)).toEqual([
      'PEDB 1 PDANA directly',
    ]);
    expect((await oncalls('schedule_ids[]=PSSHIFT')).map(line)).toEqual(['PEPAY 2 PCHEN PSSHIFT']);
    expect((await oncalls('schedule_ids[]=null')).every((entry: Wire) => entry.schedule === null)).toBe(true);
    const page = (await scene.ask('GET /oncalls', { query: 'limit=2&offset=4&total=true' })).body;
    expect([page.oncalls.length, page.more, page.total]).toEqual([1, false, 5]);
  });

  it('lists every shift of a window, and only the first of each person when asked for the earliest', async () => {
    const query =
      'schedule_ids[]=PSWEEK&escalation_policy_ids[]=PEPAY&since=2026-03-02T10:00:00Z&until=2026-04-02T10:00:00Z';
    expect(await oncalls(query)).toHaveLength(5);
    const first = await oncalls(`${query}&earliest=true`);
    expect(first.map((entry: Wire) => `${entry.user.id} ${entry.start}`).toSorted()).toEqual([
      'PAIKO 2026-03-09T08:00:00Z',
      'PBEN 2026-03-02T08:00:00Z',
    ]);
  });

  it('keeps the hour on the wall when the clocks change, and writes the zone asked for', async () => {
    const query =
      'schedule_ids[]=PSWEEK&escalation_policy_ids[]=PEPAY&since=2026-03-31T00:00:00Z&until=2026-03-31T01:00:00Z';
    const [entry] = await oncalls(`${query}&time_zone=Europe/Berlin`);
    expect(entry).toMatchObject({ start: '2026-03-30T09:00:00+02:00', end: '2026-04-06T09:00:00+02:00' });
  });

  it('ends 90 days ahead', async () => {
    const query = 'schedule_ids[]=PSWEEK&since=2026-06-20T00:00:00Z&until=2026-06-27T00:00:00Z';
    expect(await oncalls(query)).toEqual([]);
  });

  it('puts the whole objects in when asked', async () => {
    const query = 'user_ids[]=PCHEN&include[]=users&include[]=schedules&include[]=escalation_policies';
    expect((await oncalls(query))[0]).toMatchObject({
      user: { type: 'user', email: 'chen@example.com' },
      schedule: { type: 'schedule_v3', name: 'Payments secondary' },
      escalation_policy: { type: 'escalation_policy', num_loops: 0 },
    });
  });
});

describe('overrides of a layer-based schedule', () => {
  const override = (user: string, from: string, to: string): Wire => ({
    start: `2026-03-02T${from}:00Z`,
    end: `2026-03-02T${to}:00Z`,
    user: { id: user, type: 'user_reference' },
  });

  it('succeed and fail one by one inside a 201', async () => {
    const overrides = [
      override('PCHEN', '09:00', '12:00'),
      override('PNONE', '12:00', '13:00'),
      override('PDANA', '14:00', '14:00'),
    ];
    const told = await scene.ask('POST /schedules/PSWEEK/overrides', { body: { overrides } });
    expect(told.status).toBe(201);
    expect(told.body.map((one: Wire) => one.status)).toEqual([201, 400, 400]);
    expect(told.body[1].errors).toEqual(['Override user is unknown']);
    expect(told.body[2].errors).toEqual(['Override must end after its start']);
    expect(scene.world.onCallNow('PEPAY', 1)).toEqual(['PCHEN']);
    scene.clock.advance(2 * hour);
    expect(scene.world.onCallNow('PEPAY', 1)).toEqual(['PBEN']);
  });

  it('lie on top of each other, the last one uppermost, and split the shift below', async () => {
    scene.world.addOverride('PSWEEK', { user: 'PCHEN', start: '2026-03-02T09:00:00Z', end: '2026-03-02T15:00:00Z' });
    scene.world.addOverride('PSWEEK', { user: 'PDANA', start: '2026-03-02T10:00:00Z', end: '2026-03-02T12:00:00Z' });
    const query = 'since=2026-03-02T08:00:00Z&until=2026-03-03T00:00:00Z&time_zone=Etc/UTC';
    const { schedule } = (await scene.ask('GET /schedules/PSWEEK', { query })).body;
    const shown = schedule.final_schedule.rendered_schedule_entries.map(
      (one: Wire) => `${one.start.slice(11, 16)} ${one.user.id}`,
    );
    expect(shown).toEqual(['08:00 PBEN', '09:00 PCHEN', '10:00 PDANA', '12:00 PCHEN', '15:00 PBEN']);
    expect(schedule.final_schedule.rendered_coverage_percentage).toBe(100);
  });

  it('can be removed before they begin, cut off while they last, and not touched after', async () => {
    const { world, clock, ask } = scene;
    const id = world.addOverride('PSWEEK', {
      user: 'PCHEN',
      start: '2026-03-02T11:00:00Z',
      end: '2026-03-02T12:00:00Z',
    });
    const other = world.addOverride('PSWEEK', {
      user: 'PCHEN',
      start: '2026-03-02T09:00:00Z',
      end: '2026-03-02T12:00:00Z',
    });
    expect((await ask(`DELETE /schedules/PSWEEK/overrides/${id}`)).status).toBe(204);
    expect((await ask(`DELETE /schedules/PSWEEK/overrides/${other}`)).status).toBe(200);
    expect(world.onCallNow('PEPAY', 1)).toEqual(['PBEN']);
    clock.advance(hour);
    expect((await ask(`DELETE /schedules/PSWEEK/overrides/${other}`)).status).toBe(400);
    expect((await ask('DELETE /schedules/PSWEEK/overrides/QNONE')).body.error.code).toBe(4004);
  });

  it('come with ids only when editable', async () => {
    scene.world.addOverride('PSWEEK', { user: 'PCHEN', start: '2026-03-02T11:00:00Z', end: '2026-03-02T12:00:00Z' });
    const query = 'since=2026-03-02T00:00:00Z&until=2026-03-03T00:00:00Z';
    const bare = (await scene.ask('GET /schedules/PSWEEK/overrides', { query })).body.overrides;
    const editable = (await scene.ask('GET /schedules/PSWEEK/overrides', { query: `${query}&editable=true` })).body
      .overrides;
    expect(bare[0]).not.toHaveProperty('id');
    expect(editable[0]).toMatchObject({ id: expect.any(String), user: { id: 'PCHEN' } });
  });
});

describe('a shift-based schedule', () => {
  const window = 'include[]=final_schedule&since=2026-03-02T00:00:00Z&until=2026-03-05T00:00:00Z';
  const final = async (): Promise<string[]> => {
    const { schedule } = (await scene.ask('GET /v3/schedules/PSSHIFT', { query: window })).body;
    return schedule.final_schedule.computed_shift_assignments.map(
      (one: Wire) => `${one.start_time.slice(8, 13)} ${one.member.user_id ?? one.member.type} ${one.source.type}`,
    );
  };

  it('lives apart from layer-based ones', async () => {
    const { ask } = scene;
    expect((await ask('GET /schedules')).body.schedules.map((one: Wire) => one.id)).toEqual(['PSWEEK']);
    expect((await ask('GET /v3/schedules')).body.schedules.map((one: Wire) => one.id)).toEqual(['PSSHIFT']);
    expect((await ask('GET /v3/schedules/PSWEEK')).status).toBe(400);
    expect((await ask('GET /schedules/PSSHIFT')).status).toBe(404);
  });

  it('shows gaps as empty members', async () => {
    expect(await final()).toEqual([
      '02T00 PCHEN custom_shift',
      '03T00 PBEN custom_shift',
      '04T00 empty_member schedule_rotation',
    ]);
  });

  it('takes an override that names whom it replaces, and custom shifts besides', async () => {
    const { ask, world } = scene;
    const shifts = (await ask('GET /v3/schedules/PSSHIFT/custom_shifts', { query: window.slice(25) })).body
      .custom_shifts;
    const times = { start_time: '2026-03-02T09:00:00Z', end_time: '2026-03-02T12:00:00Z' };
    const override = {
      type: 'override_shift',
      custom_shift_id: shifts[0].id,
      ...times,
      overridden_member: { type: 'user_member', user_id: 'PCHEN' },
      overriding_member: { type: 'user_member', user_id: 'PAIKO' },
    };
    const both = await ask('POST /v3/schedules/PSSHIFT/overrides', {
      body: { overrides: [{ ...override, rotation_id: 'X' }] },
    });
    expect(both.status).toBe(400);
    const told = await ask('POST /v3/schedules/PSSHIFT/overrides', { body: { overrides: [override] } });
    expect(told.status).toBe(201);
    expect(world.onCallNow('PEPAY', 2)).toEqual(['PAIKO']);
    const extra = {
      type: 'custom_shift',
      ...times,
      assignments: [{ type: 'shift_assignment', member: { type: 'user_member', user_id: 'PDANA' } }],
    };
    expect((await ask('POST /v3/schedules/PSSHIFT/custom_shifts', { body: { custom_shifts: [extra] } })).status).toBe(
      201,
    );
    expect(world.onCallNow('PEPAY', 2).toSorted()).toEqual(['PAIKO', 'PDANA']);
    expect((await ask(`DELETE /v3/schedules/PSSHIFT/overrides/${told.body.overrides[0].id}`)).status).toBe(204);
    expect(world.onCallNow('PEPAY', 2).toSorted()).toEqual(['PCHEN', 'PDANA']);
  });
});
