/** The roster is kept fresh with one call, and outlives PagerDuty's silence (H-14). */

import type { Roster } from '../../src/domain/on-call.ts';
import { RosterKeeper } from '../../src/oncall/roster-keeper.ts';
import { PagerError } from '../../src/ports/pager.ts';
import type { OnCallEntry, OnCallQuery, Pager } from '../../src/ports/pager.ts';
import { silentLog } from '../../src/ports/log.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';

const entry = (id: string, over: Partial<OnCallEntry> = {}): OnCallEntry => ({
  responder: { id, name: id },
  level: 1,
  escalationPolicyId: 'P1',
  scheduleId: 'S1',
  start: null,
  end: null,
  ...over,
});

function scene(answer: () => Promise<readonly OnCallEntry[]>) {
  const clock = new SimulatedClock(1_000_000);
  const asked: OnCallQuery[] = [];
  const errors: string[] = [];
  let saved: readonly Roster[] = [];
  const keeper = new RosterKeeper({
    teams: [
      { key: 'sre', name: 'SRE', escalationPolicy: 'P1', schedule: 'S1' },
      { key: 'web', name: 'Web', schedule: 'S2' },
    ],
    pager: {
      onCalls: (query: OnCallQuery) => {
        asked.push(query);
        return answer();
      },
    } as unknown as Pager,
    directory: {
      learn: async () => {},
      slackIdOf: () => undefined,
      pagerEmailOf: async () => undefined,
      responderOf: async () => undefined,
      nameOf: async (id) => id,
    },
    store: { load: async () => saved, save: async (rosters) => void (saved = rosters) },
    clock,
    log: { ...silentLog, error: (_fields, message) => void errors.push(message) },
  });
  return { keeper, clock, asked, errors, saved: () => saved };
}
const names = (keeper: RosterKeeper, team: string, at: number) =>
  keeper.levels(team, at).map(({ level, shifts }) => `${level} ${shifts.map(({ responder }) => responder.id).join()}`);

describe('the roster', () => {
  it('H-07 asks once for all teams, and gives each its own', async () => {
    const { keeper, clock, asked } = scene(async () => [
      entry('a'),
      entry('b', { level: 2, scheduleId: null }),
      entry('w', { escalationPolicyId: 'OTHER', scheduleId: 'S2', level: 3 }),
    ]);
    await Promise.all([keeper.refresh(), keeper.refresh(), keeper.refresh()]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ escalationPolicies: ['P1'], schedules: ['S2'], since: clock.now() });
    expect(names(keeper, 'sre', clock.now())).toEqual(['1 a', '2 b']);
    expect(names(keeper, 'web', clock.now())).toEqual(['1 w']);
    expect(names(keeper, 'nobody', clock.now())).toEqual([]);
  });

  it('H-14 keeps the last answer and its age while PagerDuty is silent, and logs the silence once', async () => {
    let down = false;
    const { keeper, clock, errors } = scene(async () => {
      if (down) throw new PagerError('unavailable', 'PagerDuty did not answer.');
      return [entry('a')];
    });
    await keeper.refresh();
    const confirmed = clock.now();
    down = true;
    clock.advance(3_600_000);
    await keeper.refresh();
    await keeper.refresh();
    expect(names(keeper, 'sre', clock.now())).toEqual(['1 a']);
    expect(keeper.confirmedAt('sre')).toBe(confirmed);
    expect(errors).toHaveLength(1);
    down = false;
    await keeper.refresh();
    expect(keeper.confirmedAt('sre')).toBe(clock.now());
  });

  it('H-14 brings back what an earlier process knew', async () => {
    const { keeper, clock, saved } = scene(async () => [entry('a')]);
    expect(keeper.confirmedAt('sre')).toBeUndefined();
    await keeper.refresh();
    expect(saved().map(({ team }) => team)).toEqual(['sre', 'web']);
    await keeper.load();
    expect(names(keeper, 'sre', clock.now())).toEqual(['1 a']);
  });
});
