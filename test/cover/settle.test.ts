/** A cover is written whole or not at all, and says so where PagerDuty kept a part of it. */

import type { CoverDeps } from '../../src/cover/deps.ts';
import { messages } from '../../src/cover/messages.ts';
import { acceptCover, confirmCover } from '../../src/cover/settle.ts';
import { coverContent } from '../../src/cover/views.ts';
import { createCalendar } from '../../src/domain/calendar.ts';
import type { Cover } from '../../src/domain/cover.ts';
import { silentLog } from '../../src/ports/log.ts';
import { PagerError } from '../../src/ports/pager.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { createCoverStore } from '../../src/store/cover-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';

const at = (text: string) => Date.parse(`2026-11-${text}+09:00`);
const [asker, partner] = [
  { id: 'P1', name: '田中' },
  { id: 'P2', name: '佐藤' },
];
const mine = { scheduleId: 'S', from: asker, to: partner, start: at('25T10:00:00'), end: at('26T10:00:00') };
const theirs = { scheduleId: 'S', from: partner, to: asker, start: at('27T10:00:00'), end: at('28T10:00:00') };
const swap: Cover = {
  id: 'one',
  kind: 'swap',
  team: 'sre',
  asker: { slackId: 'U1', name: '田中' },
  partner: { slackId: 'U2', name: '佐藤' },
  state: 'asked',
  changes: [mine, theirs],
  createdAt: at('24T10:00:00'),
};

describe('a cover that is settled', () => {
  let db: Database;
  let asked: string[];
  beforeEach(async () => {
    db = await openDatabase('file::memory:');
    asked = [];
  });
  afterEach(() => db.destroy());

  /** PagerDuty makes the first override of two, refuses the second, and does not take the first one back. */
  const depsAt = (now: number): CoverDeps =>
    ({
      store: createCoverStore(db),
      clock: new SimulatedClock(now),
      log: silentLog,
      refresh: () => {},
      directory: { pagerEmailOf: async () => 'who@example.com' },
      schedules: {
        rendered: async (id: string) => {
          asked.push('rendered');
          const shifts = [mine, theirs].map(({ from, start, end }) => ({ responderId: from.id, start, end }));
          return { id, kind: 'layers', shifts };
        },
        override: async () => {
          asked.push('override');
          return [
            { kind: 'made', override: { id: 'O1', schedule: 'layers' } },
            { kind: 'refused', reason: 'no' },
          ];
        },
        removeOverride: () => Promise.reject(new PagerError('unavailable', 'silent')),
      },
    }) as unknown as CoverDeps;

  it('H-06 is over for a swap once the first of its shifts has begun', async () => {
    const deps = depsAt(mine.start);
    await deps.store.add(swap);
    await deps.store.add({ ...swap, id: 'two', state: 'drafted' });
    expect(await acceptCover('one', 'U2', deps)).toEqual({ kind: 'over' });
    expect(await confirmCover('two', 'U1', deps)).toEqual({ kind: 'over' });
    expect(asked).toEqual([]);
    expect((await deps.store.get('one'))?.state).toBe('asked');
  });

  it('H-06 is over in the last minute, of which nothing is left to write', async () => {
    const deps = depsAt(mine.end - 30_000);
    await deps.store.add({ ...swap, kind: 'cover', changes: [mine] });
    expect(await acceptCover('one', 'U2', deps)).toEqual({ kind: 'over' });
    expect(asked).toEqual([]);
  });

  it('H-06 says that a part of it stands', async () => {
    const deps = depsAt(mine.start - 60_000);
    await deps.store.add(swap);
    const settled = await acceptCover('one', 'U2', deps);
    expect(settled).toMatchObject({ kind: 'half', cover: { state: 'half', changes: [{ override: { id: 'O1' } }] } });
    const cover = (await deps.store.get('one')) ?? swap;
    for (const locale of ['ja', 'en'] as const) {
      const calendar = createCalendar({
        timezone: 'Asia/Tokyo',
        businessHours: { days: ['mon'], from: 600, to: 1140 },
        add: [],
        remove: [],
        holidayName: () => undefined,
      });
      const style = { locale, timezone: 'Asia/Tokyo', calendar };
      const shown = { cover, teamName: 'SRE', events: await deps.store.events('one'), now: deps.clock.now() };
      const { text } = coverContent(shown, 'U1', style);
      expect(text).toContain(messages[locale].state.half);
      expect(text).not.toContain(messages[locale].state.failed);
    }
  });
});
