/** Everything since the last handover, of every team with a handful of looks at the store (H-11, Q-08, A-08). */

import type { Calendar } from '../domain/calendar.ts';
import type { Counted, Digest, Item } from '../domain/handover.ts';
import type { AlertDigest, AlertLine } from '../ports/alert-digest.ts';
import type { OpenIncident } from './deps.ts';

const DAY_MS = 24 * 3_600_000;
/** The first handover looks back a day; an alert that no tool ever ended is not carried on for ever. */
const FIRST_LOOK_MS = DAY_MS;
const OPEN_FOR_MS = 7 * DAY_MS;
const SHOWN = 3;
/** Slack is asked for each link of its own. */
const LINKS_IN_ALL = 24;
const ROWS = 1000;
const NIGHT = { from: 22 * 60, to: 5 * 60 };

export interface DigestDeps {
  readonly alerts: AlertDigest;
  readonly calendar: Calendar;
  readonly openIncidents: () => Promise<readonly OpenIncident[]>;
  readonly permalink: (channel: string, ts: string) => Promise<string | undefined>;
}

/** `since` is the last handover, epoch ms; absent at the first. */
export async function digests(
  since: number | undefined,
  now: number,
  deps: DigestDeps,
): Promise<(team: string) => Digest> {
  const { alerts, calendar } = deps;
  const from = since ?? now - FIRST_LOOK_MS;
  const [counts, times, unacknowledged, open, low, noisiest, incidents] = await Promise.all([
    alerts.counts(from, now),
    alerts.times(from, now),
    alerts.unacknowledged(from, now, ROWS),
    alerts.open(Math.min(from, now - OPEN_FOR_MS), ROWS),
    alerts.lowUrgency(from, now, ROWS),
    alerts.noisiest(from, now),
    deps.openIncidents(),
  ]);
  const quiet = low.filter(({ firedAt }) => !calendar.isBusinessTime(firedAt));
  const inRooms = new Set(incidents.map(({ alertId }) => alertId));
  const loose = open.filter(({ id }) => !inRooms.has(id));
  const urls = await links([unacknowledged, loose, quiet], deps);
  const counted = (lines: readonly AlertLine[], count = lines.length): Counted => ({
    count,
    items: lines.slice(0, SHOWN).map((line) => itemOf(line, urls)),
  });
  return (team) => {
    const of = <T extends { readonly team: string }>(all: readonly T[]) => all.filter((one) => one.team === team);
    const [count] = of(counts);
    const [noisy] = of(noisiest);
    const rooms = of(incidents);
    const openAlerts = counted(of(loose));
    return {
      fired: count?.fired ?? 0,
      called: count?.called ?? 0,
      atNight: of(times).filter(({ firedAt }) => isNight(calendar.minutesOf(firedAt))).length,
      unacknowledged: counted(of(unacknowledged), count?.unacknowledged ?? 0),
      open: {
        count: rooms.length + openAlerts.count,
        items: [...rooms.map(roomItem), ...openAlerts.items].slice(0, SHOWN),
      },
      quiet: counted(of(quiet)),
      ...(noisy ? { noisiest: { title: noisy.title, times: noisy.times } } : {}),
    };
  };
}

function isNight(minutes: number): boolean {
  return minutes >= NIGHT.from || minutes < NIGHT.to;
}

function roomItem({ title, channel }: OpenIncident): Item {
  return { title, ...(channel ? { channel } : {}) };
}

function itemOf({ id, title }: AlertLine, urls: ReadonlyMap<string, string>): Item {
  const url = urls.get(id);
  return { title, ...(url === undefined ? {} : { url }) };
}

/** Links to the alerts that a post shows, as many as are worth a call each; without one a title stands alone. */
async function links(
  lists: readonly (readonly AlertLine[])[],
  { permalink }: DigestDeps,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, AlertLine>();
  for (const list of lists) {
    const shown = new Map<string, number>();
    for (const line of list) {
      const count = shown.get(line.team) ?? 0;
      shown.set(line.team, count + 1);
      if (count < SHOWN && line.ts !== undefined) wanted.set(line.id, line);
    }
  }
  const found = new Map<string, string>();
  await Promise.all(
    [...wanted.values()].slice(0, LINKS_IN_ALL).map(async ({ id, channel, ts }) => {
      const url = await permalink(channel, ts ?? '').catch(() => undefined);
      if (url !== undefined) found.set(id, url);
    }),
  );
  return found;
}
