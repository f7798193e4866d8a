/** Incidents in the database: numbers, keys, events and what they make of an incident. */

import type { Declaration } from '../../src/ports/war-room-store.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { createTalkStore } from '../../src/store/thread-talk.ts';
import { createWarRoomStore } from '../../src/store/war-room-store.ts';

const AT = Date.parse('2026-11-24T02:10:00+09:00');
const declaration = (title: string): Declaration => ({
  title,
  severity: 'SEV2',
  state: 'detected',
  impact: 'unknown',
  team: 'sre',
  drill: false,
  private: false,
  declaredBy: 'U1',
  declaredAt: AT,
  room: { kind: 'opening' },
  pager: { kind: 'wanted', by: 'U1' },
  roles: {},
  tasks: [],
  onCall: [],
});

let db: Database;
beforeEach(async () => {
  db = await openDatabase('file::memory:');
});
afterEach(() => db.destroy());

describe('the war room store', () => {
  it('I-05 keeps one incident for one alert, whoever declares it, until its response is over', async () => {
    const store = createWarRoomStore(db, systemClock);
    const first = await store.declare(declaration('写真アップロード失敗'), ['alert:1', 'form:V1']);
    expect(first).toMatchObject({ kind: 'declared', incident: { id: 1, number: 1 } });
    expect(await store.declare(declaration('同じ'), ['form:V2', 'alert:1'])).toEqual({ ...first, kind: 'known' });
    const other = await store.declare(declaration('別'), ['alert:2']);
    expect(other.incident.number).toBe(2);
    expect(await store.claimKey(2, 'pager:P1')).toBe('claimed');
    expect(await store.claimKey(1, 'pager:P1')).toBe('taken');
    expect((await store.byKey('pager:P1'))?.id).toBe(2);
    await store.append(1, { at: AT + 1, change: { kind: 'state_changed', from: 'detected', to: 'cleared' } });
    expect(await store.declare(declaration('また'), ['alert:1'])).toMatchObject({ kind: 'declared' });
    expect((await store.open()).map(({ id }) => id)).toEqual([2, 3]);
  });

  it('I-06 L-02 makes the incident of its events, each once by its key', async () => {
    const store = createWarRoomStore(db, systemClock);
    await store.declare(declaration('DB'), []);
    const task = {
      at: AT + 5,
      by: 'U7',
      key: 'task:x',
      change: { kind: 'task_started', task: 1, who: 'U7', text: '確認' },
    } as const;
    expect(await store.append(1, task)).toMatchObject({
      kind: 'appended',
      incident: { tasks: [{ id: 1, who: 'U7' }] },
    });
    expect((await store.append(1, task)).kind).toBe('unchanged');
    const guard = () => false;
    const refused = await store.append(1, { at: AT, change: { kind: 'retitled', title: 'x' } }, { guard });
    expect(refused.kind).toBe('unchanged');
    const draft = { key: 'k', channel: 'C1', priority: 1, content: { text: 'x' } } as const;
    const said = await store.append(
      1,
      { at: AT + 9, by: 'U1', change: { kind: 'room_changed', room: { kind: 'channel', channel: 'C9', name: 'inc' } } },
      { drafts: [draft] },
    );
    expect(said).toMatchObject({ kind: 'appended', rows: [{ key: 'k' }] });
    expect((await store.byChannel('C9'))?.tasks).toHaveLength(1);
    expect((await store.unfinished()).map(({ id }) => id)).toEqual([1]);
    await store.append(1, { at: AT + 10, change: { kind: 'pager_linked', pager: { kind: 'none' } } });
    expect(await store.unfinished()).toEqual([]);
    expect((await store.events(1)).map(({ change }) => change.kind)).toEqual([
      'declared',
      'task_started',
      'room_changed',
      'pager_linked',
    ]);
  });

  it('I-09 counts talk once a message, and lets the suggestion be made once', async () => {
    const store = createTalkStore(db);
    const post = { channel: 'C1', threadTs: '1.0', ts: '1.1', userId: 'U1' };
    await store.countTalk(post);
    expect(await store.countTalk(post)).toEqual({ posts: 1, people: ['U1'], suggested: false });
    expect(await store.countTalk({ ...post, ts: '1.2', userId: 'U2' })).toEqual({
      posts: 2,
      people: ['U1', 'U2'],
      suggested: false,
    });
    expect(await store.suggested('C1', '1.0')).toBe('first');
    expect(await store.suggested('C1', '1.0')).toBe('known');
  });
});
