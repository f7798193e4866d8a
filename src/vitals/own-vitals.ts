/** What Toban watches of itself: the line to Slack, the outbox, the database and its disk, the roster. */

import type { Locale } from '../domain/locale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Complaint, Vital, VitalStore } from '../ports/vitals.ts';
import { messages } from './messages.ts';

/** A reconnect takes seconds; a minute is no slip any more. */
const LINE_DOWN_MS = 60_000;
/** A flood takes its time at a post a second and channel. */
const OUTBOX_STUCK_MS = 3 * 60_000;
const ROSTER_OLD_MS = 15 * 60_000;
const LITTLE_BYTES = 50 * 1024 * 1024;

export interface OwnVitalDeps {
  readonly clock: Clock;
  readonly locale: Locale;
  readonly store: VitalStore;
  readonly connected: () => boolean;
  /** Posts that wait though Slack did not refuse them, and since when (epoch ms) the oldest does. */
  readonly stuck: () => { readonly count: number; readonly since: number } | undefined;
  /** When PagerDuty last confirmed each team's on-call, epoch ms; undefined where it never did. */
  readonly confirmedAt: () => readonly (number | undefined)[];
}

export function ownVitals(deps: OwnVitalDeps): readonly Vital[] {
  const { clock, store } = deps;
  const words = messages[deps.locale];
  const startedAt = clock.now();
  let lineDownSince: number | undefined;
  const minutesSince = (instant: number) => Math.floor((clock.now() - instant) / 60_000);
  return [
    {
      key: 'slack.line',
      check: () => {
        if (deps.connected()) lineDownSince = undefined;
        else lineDownSince ??= clock.now();
        const isDown = lineDownSince !== undefined && clock.now() - lineDownSince >= LINE_DOWN_MS;
        return isDown ? words.line() : undefined;
      },
    },
    {
      key: 'slack.outbox',
      check: () => {
        const stuck = deps.stuck();
        if (!stuck || clock.now() - stuck.since < OUTBOX_STUCK_MS) return undefined;
        return words.outbox(stuck.count, minutesSince(stuck.since));
      },
    },
    { key: 'database', check: () => tryDatabase(store, (code) => words.database(code)) },
    {
      key: 'disk',
      check: () => {
        const free = store.freeBytes();
        return free < LITTLE_BYTES ? words.disk(Math.floor(free / 1024 / 1024)) : undefined;
      },
    },
    {
      key: 'pagerduty.roster',
      check: () => {
        const oldest = Math.min(...deps.confirmedAt().map((at) => Math.max(at ?? startedAt, startedAt)));
        return clock.now() - oldest < ROSTER_OLD_MS ? undefined : words.roster(minutesSince(oldest));
      },
    },
  ];
}

async function tryDatabase(store: VitalStore, complaint: (code: string) => Complaint): Promise<Complaint | undefined> {
  try {
    await store.tryWriting();
    return undefined;
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    return complaint(typeof code === 'string' ? code : 'unknown');
  }
}

const ADVICE: Readonly<Record<string, 'invite' | 'scope' | 'archived' | 'restricted'>> = {
  not_in_channel: 'invite',
  // Slack says so of a private channel too in which Toban is not.
  channel_not_found: 'invite',
  missing_scope: 'scope',
  is_archived: 'archived',
  restricted_action: 'restricted',
};

/** `channel` as a link or a name. */
export function refusedPost(channel: string, code: string, locale: Locale): Complaint {
  const words = messages[locale];
  return words.refused(channel, code, words[ADVICE[code] ?? 'lookUp']);
}
