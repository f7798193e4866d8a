/** What is kept of alerts and incidents: each once, a change together with what is said of it, the newest look only. */

import type { Alert } from '../../src/domain/alert.ts';
import type { PagerIncident } from '../../src/domain/pager-incident.ts';
import type { AlertStore } from '../../src/ports/alert-store.ts';
import { PRIORITY } from '../../src/ports/chat.ts';
import type { Draft } from '../../src/ports/chat.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { createAlertDigest } from '../../src/store/alert-digest.ts';
import { createAlertStore } from '../../src/store/alert-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { createPagerIncidentStore } from '../../src/store/pager-incident-store.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';
import {
  createCursorStore,
  createFeedbackStore,
  createLookupStore,
  createRosterStore,
  createSeenStore,
} from '../../src/store/small-stores.ts';

const T0 = Date.parse('2026-11-24T02:10:00+09:00');
let db: Database;
let store: AlertStore;
beforeEach(async () => {
  db = await openDatabase('file::memory:');
  store = createAlertStore(db, new SimulatedClock(T0));
});
afterEach(() => db.destroy());

const alert = (id: string, over: Partial<Alert> = {}): Alert => ({
  id,
  team: 'sre',
  channel: 'C1',
  ts: id,
  reading: {
    tool: 'other',
    state: 'firing',
    title: 'disk',
    severity: 'unknown',
    links: [],
    runbookRefs: [],
    pagerRefs: [],
    dedupKeys: [],
    fingerprint: `print-${id}`,
    text: 'disk',
  },
  firedAt: T0,
  refires: 0,
  lastFiredAt: T0,
  level: 1,
  mention: { targets: [], level: 1, passedOver: [] },
  mentionedAt: T0,
  ...over,
});
const post = (ts: string) => ({ channel: 'C1', ts });
const draft = (key: string): Draft => ({ key, channel: 'C1', priority: PRIORITY.mention, content: { text: key } });

describe('an alert in the store', () => {
  it('A-01 is recorded once, with its message and its mention, and read back as it was', async () => {
    const first = await store.record(alert('1'), post('1'), [draft('m1')]);
    expect(first).toMatchObject({ kind: 'recorded', rows: [{ key: 'm1', state: 'pending' }] });
    expect(await store.record(alert('1'), post('1'), [draft('m2')])).toEqual({ kind: 'known' });
    expect(await createOutboxStore(db).get('m2')).toBeUndefined();
    expect(await store.byPost(post('1'))).toEqual(alert('1'));
    expect(await store.postRole(post('1'))).toBe('fire');
  });

  it('is not recorded at all where its mention cannot be', async () => {
    const broken = { ...draft('m1'), channel: undefined } as unknown as Draft;
    await expect(store.record(alert('1'), post('1'), [broken])).rejects.toThrow();
    expect(await store.byId('1')).toBeUndefined();
    expect(await store.postRole(post('1'))).toBeUndefined();
  });

  it('A-07 ends once, together with what closes its thread, or not at all', async () => {
    await store.record(alert('1'), post('1'), []);
    const broken = { ...draft('r'), channel: undefined } as unknown as Draft;
    await expect(store.resolved('1', T0 + 1, [broken])).rejects.toThrow();
    expect((await store.byId('1'))?.resolvedAt).toBeUndefined();
    const changed = await store.resolved('1', T0 + 1, [draft('r')]);
    expect(changed).toMatchObject({ alert: { resolvedAt: T0 + 1 }, rows: [{ key: 'r' }] });
    expect(await store.resolved('1', T0 + 2, [draft('r2')])).toBeUndefined();
    expect(await createOutboxStore(db).get('r2')).toBeUndefined();
    expect(await store.openByFingerprint('C1', 'print-1')).toBeUndefined();
  });

  it('reopens only from its end, and counts that as a firing', async () => {
    await store.record(alert('1'), post('1'), []);
    expect(await store.reopened('1', T0 + 9, [])).toBeUndefined();
    await store.resolved('1', T0 + 1, []);
    const changed = await store.reopened('1', T0 + 9, [draft('again')]);
    expect(changed).toMatchObject({ alert: { lastFiredAt: T0 + 9 }, rows: [{ key: 'again' }] });
    expect(changed?.alert.resolvedAt).toBeUndefined();
  });

  it('A-03 is acknowledged by the first only, and can be taken back', async () => {
    await store.record(alert('1'), post('1'), []);
    const by = { slackId: 'U1', name: '田中' };
    expect(await store.acknowledged('1', T0 + 5, by, false)).toMatchObject({
      acknowledgedAt: T0 + 5,
      acknowledgedBy: by,
    });
    expect(await store.acknowledged('1', T0 + 6, undefined, true)).toBeUndefined();
    expect((await store.unacknowledged('1'))?.acknowledgedBy).toBeUndefined();
  });

  it('A-06 gives only what PagerDuty knows of as the twin of a tool’s message', async () => {
    const told = { ...alert('3').reading, tool: 'pagerduty' as const };
    await store.record(alert('1'), post('1'), []);
    await store.record(alert('2', { pagerIncidentId: 'Q1', joinedBy: 'title' }), post('2'), []);
    await store.record(alert('3', { reading: told }), post('3'), []);
    await store.record(alert('4', { reading: told, firedAt: T0 - 1 }), post('4'), []);
    expect((await store.openInPager('sre', T0)).map(({ id }) => id)).toEqual(['2', '3']);
    expect((await store.open('sre', T0)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(await store.openInPager('pay', T0)).toEqual([]);
  });

  it('R-01 waits for its runbook, the newest first, and not for ever', async () => {
    await store.record(alert('1'), post('1'), []);
    await store.record(alert('2', { firedAt: T0 + 1 }), post('2'), []);
    await store.record(alert('0', { firedAt: T0 - 100 }), post('0'), []);
    expect((await store.withoutSuggestion(T0, 10)).map(({ id }) => id)).toEqual(['2', '1']);
    await store.suggested('2');
    expect((await store.withoutSuggestion(T0, 10)).map(({ id }) => id)).toEqual(['1']);
  });
});

describe('a PagerDuty incident in the store', () => {
  const incident = (over: Partial<PagerIncident> = {}): PagerIncident => ({
    id: 'Q1',
    number: 1,
    title: 'disk',
    status: 'triggered',
    urgency: 'high',
    url: 'https://x.pagerduty.com/incidents/Q1',
    serviceId: 'PS',
    serviceName: 'api',
    escalationPolicyId: 'PE',
    assignees: [],
    acknowledgers: [],
    createdAt: T0,
    changedAt: T0,
    ...over,
  });

  it('H-11 I-13 an alert pages somebody as long as neither it nor its incident is over, however old it is', async () => {
    const incidents = createPagerIncidentStore(db);
    const days = 3 * 24 * 3_600_000;
    await incidents.keep(incident());
    await incidents.keep(incident({ id: 'Q2', status: 'resolved' }));
    for (const [id, over] of Object.entries<Partial<Alert>>({
      old: { firedAt: T0 - days, pagerIncidentId: 'Q1' },
      over: { pagerIncidentId: 'Q1', resolvedAt: T0 },
      ended: { pagerIncidentId: 'Q2' },
      loose: {},
    }))
      await store.record(alert(id, over), post(id), []);
    expect((await createAlertDigest(db).paging(10)).map(({ id }) => id)).toEqual(['old']);
  });

  it('G-01 an older look replaces nothing, and within one second only the way to the end counts', async () => {
    const incidents = createPagerIncidentStore(db);
    await incidents.keep(incident({ status: 'acknowledged', changedAt: T0 + 5000 }));
    await incidents.keep(incident({ changedAt: T0 }));
    await incidents.keep(incident({ changedAt: T0 + 5000 }));
    expect((await incidents.byId('Q1'))?.status).toBe('acknowledged');
    expect(await incidents.open()).toHaveLength(1);
    await incidents.keep(incident({ status: 'resolved', changedAt: T0 + 5000 }));
    expect(await incidents.open()).toEqual([]);
  });
});

describe('the small stores', () => {
  it('keep what they are given, the newest of each', async () => {
    const cursors = createCursorStore(db);
    await cursors.set('C1', '1.0');
    await cursors.set('C1', '2.0');
    expect(await cursors.get('C1')).toBe('2.0');
    expect(await cursors.get('C2')).toBeUndefined();
    const lookups = createLookupStore(db);
    await lookups.save('person', 'a@corp.example', { id: null, at: 1 });
    await lookups.save('person', 'a@corp.example', { id: 'U1', at: 2 });
    expect([...(await lookups.load('person'))]).toEqual([['a@corp.example', { id: 'U1', at: 2 }]]);
    expect((await lookups.load('channel')).size).toBe(0);
    const rosters = createRosterStore(db);
    await rosters.save([{ team: 'sre', shifts: [], confirmedAt: 1 }]);
    await rosters.save([{ team: 'sre', shifts: [], confirmedAt: 2 }]);
    expect(await rosters.load()).toEqual([{ team: 'sre', shifts: [], confirmedAt: 2 }]);
  });

  it('G-01 know a delivery until it is forgotten', async () => {
    const seen = createSeenStore(db);
    await seen.add('event:1', T0);
    await seen.add('event:1', T0);
    expect(await seen.has('event:1')).toBe(true);
    await seen.forget(T0);
    expect(await seen.has('event:1')).toBe(true);
    await seen.forget(T0 + 1);
    expect(await seen.has('event:1')).toBe(false);
  });

  it('R-03 count one verdict a person, alert and runbook', async () => {
    const feedback = createFeedbackStore(db);
    expect(await feedback.add('1', 'a.md', 'U1', 'wrong', T0)).toBe('added');
    expect(await feedback.add('1', 'a.md', 'U1', 'helpful', T0)).toBe('known');
    expect(await feedback.add('1', 'a.md', 'U2', 'wrong', T0)).toBe('added');
    expect(await feedback.counts()).toEqual([{ runbook: 'a.md', verdict: 'wrong', count: 2 }]);
    expect([...(await feedback.wrongFor('1'))]).toEqual(['a.md']);
    expect((await feedback.wrongFor('2')).size).toBe(0);
  });
});
