/** The outbox rows: who may touch one, and when. */

import type { Draft } from '../../src/ports/chat.ts';
import type { OutboxStore } from '../../src/ports/outbox-store.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';

const draft: Draft = { key: 'k', channel: 'C1', threadTs: '1.0', priority: 0, content: { text: 'one' } };

let database: Database;
let store: OutboxStore;
beforeEach(async () => {
  database = await openDatabase('file::memory:');
  store = createOutboxStore(database);
});
afterEach(() => database.destroy());

describe('an outbox row', () => {
  it('is added once', async () => {
    const added = await store.add(draft, 5);
    expect(added).toMatchObject({ ...draft, state: 'pending', version: 1, sentVersion: 0, attempts: 0, createdAt: 5 });
    expect(await store.add({ ...draft, content: { text: 'other' } }, 6)).toBeUndefined();
    expect((await store.get('k'))?.content).toEqual({ text: 'one' });
  });

  it('begins in doubt where it may stand already', async () => {
    expect(await store.add({ ...draft, mayStand: true }, 5)).toMatchObject({ state: 'sending' });
    expect(await store.claim('k', 'a', 100)).toBeUndefined();
  });

  it('is claimed by one only', async () => {
    await store.add(draft, 5);
    expect(await store.claim('k', 'a', 100)).toMatchObject({ owner: 'a', leaseUntil: 100, attempts: 1 });
    expect(await store.claim('k', 'b', 100)).toBeUndefined();
  });

  it('is released and doubted by its owner only', async () => {
    await store.add(draft, 5);
    await store.claim('k', 'a', 100);
    await store.release('k', 'b', 0, 'not mine');
    await store.doubt('k', 'b', 0, 'not mine');
    expect(await store.get('k')).toMatchObject({ state: 'sending', owner: 'a' });
    await store.doubt('k', 'a', 7, 'no answer');
    const doubtful = await store.get('k');
    expect(doubtful).toMatchObject({ state: 'sending', notBefore: 7 });
    expect(doubtful?.owner).toBeUndefined();
  });

  it('is taken over from where it was seen, by one only', async () => {
    await store.add(draft, 5);
    await store.claim('k', 'dead', 100);
    const seen = await store.get('k');
    if (!seen) throw new Error('no row');
    expect(await store.takeOver(seen, 'a', 200)).toMatchObject({ owner: 'a', leaseUntil: 200, attempts: 1 });
    expect(await store.takeOver(seen, 'b', 200)).toBeUndefined();
    await store.release('k', 'a', 0, 'not found');
    expect(await store.takeOver(seen, 'b', 200)).toBeUndefined();
    expect(await store.claim('k', 'b', 300)).toMatchObject({ owner: 'b', attempts: 2 });
  });

  it('is taken over by one of two that both saw it without an owner', async () => {
    await store.add({ ...draft, mayStand: true }, 5);
    const seen = await store.get('k');
    if (!seen) throw new Error('no row');
    const taken = await Promise.all([store.takeOver(seen, 'a', 9), store.takeOver(seen, 'b', 9)]);
    expect(taken.filter((row) => row !== undefined)).toHaveLength(1);
  });

  it('waits until its last version has gone out', async () => {
    const waiting = async () => (await store.waiting()).map(({ key }) => key);
    await store.add(draft, 5);
    expect(await waiting()).toEqual(['k']);
    await store.claim('k', 'a', 100);
    expect(await waiting()).toEqual(['k']);
    expect(await store.edit('k', { text: 'two' })).toMatchObject({ version: 2 });
    expect(await store.sent('k', '2.0', 1)).toMatchObject({ state: 'sent', ts: '2.0', version: 2, sentVersion: 1 });
    expect(await waiting()).toEqual(['k']);
    await store.edited('k', 2);
    expect(await waiting()).toEqual([]);
    await store.edited('k', 1);
    expect(await store.get('k')).toMatchObject({ sentVersion: 2 });
  });

  it('is not edited to what it says already, nor when it failed', async () => {
    await store.add(draft, 5);
    expect(await store.edit('k', { text: 'one' })).toBeUndefined();
    await store.fail('k', 'is_archived');
    expect(await store.edit('k', { text: 'two' })).toBeUndefined();
    expect(await store.waiting()).toEqual([]);
    expect(await store.edit('nobody', { text: 'two' })).toBeUndefined();
  });

  it('is known by its timestamp once it stands', async () => {
    await store.add(draft, 5);
    expect(await store.isSent('C1', '2.0')).toBe(false);
    await store.sent('k', '2.0', 1);
    expect(await store.isSent('C1', '2.0')).toBe(true);
    expect(await store.isSent('C2', '2.0')).toBe(false);
  });

  it('says why it is in doubt, until it stands', async () => {
    await store.add(draft, 5);
    await store.claim('k', 'a', 100);
    await store.doubt('k', 'a', 7, 'no_answer');
    expect(await store.get('k')).toMatchObject({ error: 'no_answer' });
    expect((await store.sent('k', '2.0', 1))?.error).toBeUndefined();
  });

  it('leaves a thread that is gone', async () => {
    await store.add(draft, 5);
    await store.unthread('k');
    expect((await store.get('k'))?.threadTs).toBeUndefined();
  });

  it('waits in the order in which it was made', async () => {
    await store.add({ ...draft, key: 'late' }, 9);
    await store.add({ ...draft, key: 'early' }, 1);
    expect((await store.waiting()).map(({ key }) => key)).toEqual(['early', 'late']);
  });
});
