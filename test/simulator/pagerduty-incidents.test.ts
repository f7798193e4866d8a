/** Incidents over the API: opened, listed, changed, merged, and refused when their state does not allow it. */
import { hour, minute, startScene, type Asked, type Scene, type Told, type Wire } from './pagerduty-scene.ts';

let scene: Scene;
let id: string;

beforeEach(async () => {
  scene = await startScene();
  id = scene.world.trigger({ service: 'PPAY', title: 'Card payments fail', dedupKey: 'cards' });
});
afterEach(() => scene.world.close());

const from = 'aiko@example.com';
const change = (fields: Wire, asked: Asked = {}): Promise<Told> =>
  scene.ask(`PUT /incidents/${id}`, { body: { incident: { type: 'incident_reference', ...fields } }, from, ...asked });
const open = (fields: Wire = {}): Promise<Told> => {
  const service = { id: 'PPAY', type: 'service_reference' };
  return scene.ask('POST /incidents', {
    body: { incident: { type: 'incident', title: 'By hand', service, ...fields } },
    from,
  });
};
const code = (told: Told): Wire => [told.status, told.body.error?.code];
const person = (user: string): Wire => ({ assignee: { id: user, type: 'user_reference' } });

describe('an incident from monitoring', () => {
  it('is not doubled while one with its key is open', () => {
    expect(scene.world.trigger({ service: 'PPAY', title: 'Again', dedupKey: 'cards' })).toBe(id);
    scene.world.resolve(id);
    expect(scene.world.trigger({ service: 'PPAY', title: 'Again', dedupKey: 'cards' })).not.toBe(id);
  });

  it('is found by id and by number, in REST’s own shape', async () => {
    const byNumber = (await scene.ask('GET /incidents/1')).body.incident;
    expect(byNumber).toMatchObject({
      id,
      incident_number: 1,
      status: 'triggered',
      created_at: '2026-03-02T10:00:00Z',
      assignments: [{ assignee: { id: 'PBEN', type: 'user_reference' } }],
      service: { id: 'PPAY', summary: 'Payments API', type: 'service_reference' },
      pending_actions: [{ type: 'escalate', at: '2026-03-02T10:10:00Z' }],
    });
    expect((await scene.ask(`GET /incidents/${id}`)).body.incident).toEqual(byNumber);
  });

  it('comes in through the Events API too', async () => {
    const payload = { summary: 'Disk full', source: 'db1', severity: 'critical' };
    const event = { routing_key: 'PDB', event_action: 'trigger', dedup_key: 'disk', payload };
    const bare = { authorization: undefined, accept: undefined };
    expect(await scene.ask('POST /v2/enqueue', { body: event, headers: bare })).toMatchObject({
      status: 202,
      body: { status: 'success', dedup_key: 'disk' },
    });
    await scene.ask('POST /v2/enqueue', { body: { ...event, event_action: 'resolve' }, headers: bare });
    expect(scene.world.incidents.at(-1)).toMatchObject({ title: 'Disk full', status: 'resolved' });
    const wrong = await scene.ask('POST /v2/enqueue', { body: { ...event, payload: { summary: 'x' } }, headers: bare });
    expect(wrong.body.errors).toContain('payload.severity is required.');
  });
});

describe('the list of incidents', () => {
  const titles = async (query: string): Promise<string[]> =>
    (await scene.ask('GET /incidents', { query })).body.incidents.map((one: Wire) => one.title);

  it('filters by status, service, person, urgency and key', async () => {
    scene.world.trigger({ service: 'PDB', title: 'Disk full', urgency: 'low' });
    scene.world.acknowledge(id, 'PBEN');
    expect(await titles('statuses[]=acknowledged')).toEqual(['Card payments fail']);
    expect(await titles('statuses[]=acknowledged&statuses[]=triggered')).toHaveLength(2);
    expect(await titles('service_ids[]=PDB')).toEqual(['Disk full']);
    expect(await titles('urgencies[]=low')).toEqual(['Disk full']);
    expect(await titles('user_ids[]=PDANA')).toEqual(['Disk full']);
    expect(await titles('incident_key=cards')).toEqual(['Card payments fail']);
    expect(await titles('sort_by=incident_number:desc')).toEqual(['Disk full', 'Card payments fail']);
  });

  it('reaches back one month unless told otherwise', async () => {
    scene.clock.advance(40 * 24 * hour);
    expect(await titles('')).toEqual([]);
    expect(await titles('date_range=all')).toEqual(['Card payments fail']);
    expect(await titles('since=2026-03-01T00:00:00Z')).toEqual(['Card payments fail']);
  });

  it('pages, counts only on demand, and puts whole objects in', async () => {
    for (const title of ['Two', 'Three']) scene.world.trigger({ service: 'PPAY', title });
    const first = (await scene.ask('GET /incidents', { query: 'limit=2&include[]=assignees&include[]=services' })).body;
    expect(first).toMatchObject({ limit: 2, offset: 0, more: true, total: null });
    expect(first.incidents[0].assignments[0].assignee.email).toBe('ben@example.com');
    expect(first.incidents[0].service.name).toBe('Payments API');
    const second = (await scene.ask('GET /incidents', { query: 'limit=2&offset=2&total=true' })).body;
    expect([second.incidents.length, second.more, second.total]).toEqual([1, false, 3]);
  });
});

describe('creating an incident', () => {
  it('calls whoever is on call', async () => {
    const told = await open({ priority: { id: 'PP1', type: 'priority_reference' }, urgency: 'high' });
    expect(told.status).toBe(201);
    expect(told.body.incident).toMatchObject({
      status: 'triggered',
      priority: { summary: 'P1' },
      assigned_via: 'escalation_policy',
    });
    expect(told.body.incident.assignments[0].assignee.id).toBe('PBEN');
  });

  it('refuses a second one with the same key', async () => {
    expect((await open({ incident_key: 'slack-1' })).status).toBe(201);
    expect(code(await open({ incident_key: 'slack-1' }))).toEqual([400, 2001]);
    expect(scene.world.incidents).toHaveLength(2);
  });

  it('assigned to oneself starts acknowledged; to another, triggered', async () => {
    expect((await open({ assignments: [person('PAIKO')] })).body.incident.status).toBe('acknowledged');
    expect((await open({ assignments: [person('PDANA')] })).body.incident.status).toBe('triggered');
  });

  it.each<[string, Wire]>([
    [
      'both assignments and a policy',
      {
        assignments: [{ assignee: { id: 'PAIKO', type: 'user_reference' } }],
        escalation_policy: { id: 'PEDB', type: 'escalation_policy_reference' },
      },
    ],
    [
      'two assignees',
      {
        assignments: [
          { assignee: { id: 'PAIKO', type: 'user_reference' } },
          { assignee: { id: 'PBEN', type: 'user_reference' } },
        ],
      },
    ],
    ['an unknown service', { service: { id: 'PNONE', type: 'service_reference' } }],
    ['a service of the wrong type', { service: { id: 'PPAY', type: 'user_reference' } }],
    ['details that are no string', { body: { type: 'incident_body', details: { a: 1 } } }],
    ['an unknown urgency', { urgency: 'medium' }],
    ['an unknown field', { severity: 'high' }],
  ])('with %s is refused', async (_what, fields) => {
    expect(code(await open(fields))).toEqual([400, 2001]);
    expect(scene.world.incidents).toHaveLength(1);
  });

  it('where nobody is on call is refused with 1015', async () => {
    const { world } = scene;
    world.addSchedule({ id: 'PSNONE', name: 'Nobody', timeZone: 'Etc/UTC', kind: 'layers', entries: [] });
    world.addEscalationPolicy({
      id: 'PENONE',
      name: 'Nobody',
      levels: [{ timeoutMinutes: 5, targets: [{ schedule: 'PSNONE' }] }],
    });
    const told = await open({ escalation_policy: { id: 'PENONE', type: 'escalation_policy_reference' } });
    expect(code(told)).toEqual([400, 1015]);
  });
});

describe('changing an incident', () => {
  it('acknowledges once for each person, and hands it to them', async () => {
    expect((await change({ status: 'acknowledged' })).body.incident).toMatchObject({
      status: 'acknowledged',
      acknowledgements: [{ acknowledger: { id: 'PAIKO' } }],
      assignments: [{ assignee: { id: 'PAIKO' } }],
      last_status_change_by: { id: 'PAIKO' },
    });
    expect(code(await change({ status: 'acknowledged' }))).toEqual([400, 1002]);
    const ben = await change({ status: 'acknowledged' }, { from: 'ben@example.com' });
    expect(ben.body.incident.acknowledgements).toHaveLength(2);
  });

  it('resolves once, with a note of how', async () => {
    const told = await change({ status: 'resolved', resolution: 'Rolled back' });
    expect(told.body.incident).toMatchObject({
      status: 'resolved',
      assignments: [],
      resolved_at: '2026-03-02T10:00:00Z',
    });
    expect(scene.world.incident(id).notes[0]?.text).toBe('Resolution Note: Rolled back');
    expect(code(await change({ status: 'resolved' }))).toEqual([400, 1001]);
    expect(code(await change({ escalation_level: 2 }))).toEqual([400, 1001]);
  });

  it('reopens what is set back to triggered', async () => {
    await change({ status: 'resolved' });
    expect((await change({ status: 'triggered' })).body.incident).toMatchObject({
      status: 'triggered',
      resolved_at: null,
    });
    expect(scene.world.incident(id).assignees).toEqual(['PBEN']);
  });

  it('escalates to a level that exists', async () => {
    expect((await change({ escalation_level: 2 })).body.incident.assignments[0].assignee.id).toBe('PCHEN');
    expect(code(await change({ escalation_level: 4 }))).toEqual([400, 1006]);
  });

  it('reassigns, which triggers it anew for them', async () => {
    scene.world.acknowledge(id, 'PBEN');
    const told = await change({ assignments: [person('PDANA'), person('PCHEN')] });
    expect(told.body.incident).toMatchObject({
      status: 'triggered',
      acknowledgements: [],
      assigned_via: 'direct_assignment',
    });
    expect(scene.world.incident(id).assignees).toEqual(['PDANA', 'PCHEN']);
  });

  it('sets title, urgency, priority by reference or name, service and bridge', async () => {
    await change({ title: 'Cards', urgency: 'low', priority: { id: 'PP2', type: 'priority_reference' } });
    await change({
      service: { id: 'PDB', type: 'service_reference' },
      conference_bridge: { conference_url: 'https://meet.example.com/1' },
    });
    expect(scene.world.incident(id)).toMatchObject({
      title: 'Cards',
      urgency: 'low',
      priority: 'PP2',
      service: 'PDB',
      conferenceUrl: 'https://meet.example.com/1',
    });
    await change({ priority: 'P1' });
    expect(scene.world.incident(id).priority).toBe('PP1');
    expect(code(await change({ priority: 'P9' }))).toEqual([400, 2001]);
  });

  it('changes many together or none', async () => {
    const other = scene.world.trigger({ service: 'PDB', title: 'Disk full' });
    const items = [id, other].map((one) => ({ id: one, type: 'incident_reference', status: 'resolved' }));
    const bad = [...items, { id: 'QNONE', type: 'incident_reference', status: 'resolved' }];
    expect((await scene.ask('PUT /incidents', { body: { incidents: bad }, from })).status).toBe(404);
    expect(scene.world.incident(id).status).toBe('triggered');
    const told = await scene.ask('PUT /incidents', { body: { incidents: items }, from });
    expect(told.body.incidents.map((one: Wire) => one.status)).toEqual(['resolved', 'resolved']);
    const crowd = Array.from({ length: 251 }, () => items[0]);
    expect((await scene.ask('PUT /incidents', { body: { incidents: crowd }, from })).status).toBe(413);
  });
});

describe('what hangs on an incident', () => {
  it('snoozes only what is acknowledged, for a week at most, and then triggers it again', async () => {
    const snooze = (duration: number): Promise<Told> =>
      scene.ask(`POST /incidents/${id}/snooze`, { body: { duration }, from });
    expect(code(await snooze(3600))).toEqual([400, 1012]);
    scene.world.acknowledge(id, 'PAIKO');
    expect(code(await snooze(604_801))).toEqual([400, 1013]);
    const told = await snooze(3600);
    expect(told.status).toBe(201);
    expect(told.body.incident.pending_actions).toEqual([{ type: 'unacknowledge', at: '2026-03-02T11:00:00Z' }]);
    scene.clock.advance(hour);
    expect(scene.world.incident(id)).toMatchObject({
      status: 'triggered',
      assignees: ['PBEN'],
      snoozedUntil: undefined,
    });
  });

  it('merges sources into a target once', async () => {
    const other = scene.world.trigger({ service: 'PPAY', title: 'Card payments slow' });
    const merge = (): Promise<Told> =>
      scene.ask(`PUT /incidents/${id}/merge`, {
        body: { source_incidents: [{ id: other, type: 'incident_reference' }] },
        from,
      });
    expect((await merge()).body.incident).toMatchObject({ id, type: 'incident_reference' });
    expect(scene.world.incident(other)).toMatchObject({ status: 'resolved', mergedInto: id });
    expect((await scene.ask(`GET /incidents/${other}`)).body.incident.resolve_reason.incident.id).toBe(id);
    expect((await scene.ask(`GET /incidents/${id}/alerts`)).body.alerts).toHaveLength(2);
    expect(code(await merge())).toEqual([400, 1019]);
  });

  it('asks responders, if the account can', async () => {
    const target = { responder_request_target: { id: 'PCHEN', type: 'user_reference' } };
    const body = { requester_id: 'PAIKO', message: 'Please help', responder_request_targets: [target] };
    const told = await scene.ask(`POST /incidents/${id}/responder_requests`, { body });
    expect(
      told.body.responder_request.responder_request_targets[0].responder_request_target.incidents_responders[0].state,
    ).toBe('pending');
    scene.world.respond(id, 'PCHEN', 'joined');
    expect(scene.world.incident(id).responders).toMatchObject([{ user: 'PCHEN', state: 'joined' }]);
  });

  it('publishes status updates and lists notes, newest first', async () => {
    await scene.ask(`POST /incidents/${id}/status_updates`, { body: { message: 'We are on it' }, from });
    scene.world.note(id, 'PBEN', 'one');
    scene.world.note(id, 'PBEN', 'two');
    expect((await scene.ask(`GET /incidents/${id}/notes`)).body.notes.map((one: Wire) => one.content)).toEqual([
      'two',
      'one',
    ]);
    expect(scene.world.incident(id).statusUpdates).toMatchObject([{ user: 'PAIKO', message: 'We are on it' }]);
  });

  it('remembers what happened, and shows less in the overview', async () => {
    scene.clock.advance(minute);
    await change({ status: 'acknowledged' });
    const types = async (query: string): Promise<string[]> =>
      (await scene.ask(`GET /incidents/${id}/log_entries`, { query })).body.log_entries.map((one: Wire) => one.type);
    expect(await types('')).toEqual([
      'acknowledge_log_entry',
      'notify_log_entry',
      'assign_log_entry',
      'trigger_log_entry',
    ]);
    expect(await types('is_overview=true')).toEqual(['acknowledge_log_entry', 'assign_log_entry', 'trigger_log_entry']);
    const [newest] = (await scene.ask('GET /log_entries', { query: 'include[]=incidents' })).body.log_entries;
    expect(newest).toMatchObject({
      agent: { id: 'PAIKO' },
      incident: { incident_number: 1 },
      created_at: '2026-03-02T10:01:00Z',
    });
  });

  it('finds similar past incidents and recent changes', async () => {
    scene.world.addChangeEvent({ summary: 'Deploy 42', service: 'PPAY', at: '2026-03-02T09:50:00Z' });
    scene.world.resolve(id);
    const next = scene.world.trigger({ service: 'PPAY', title: 'Card payments fail again' });
    expect((await scene.ask(`GET /incidents/${next}/past_incidents`)).body.past_incidents).toMatchObject([
      { incident: { id }, score: 75 },
    ]);
    expect((await scene.ask(`GET /incidents/${next}/related_change_events`)).body.change_events[0].summary).toBe(
      'Deploy 42',
    );
  });
});
