/** The care that alerts got: which wait for somebody, who answered in words, who was told again, what it was worth. */

import type { Alert, Mention } from '../domain/alert.ts';
import type { Changed } from './alert-store.ts';
import type { Draft } from './chat.ts';

export interface Reply {
  readonly userId: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Whether an alert was worth it, in the eyes of one person. */
export type Worth = 'needed' | 'not_needed';

export interface WorthCount {
  readonly team: string;
  /** Equal for every firing of one alert. */
  readonly fingerprint: string;
  /** Of the newest alert of that fingerprint. */
  readonly title: string;
  readonly needed: number;
  readonly notNeeded: number;
}

export interface CareStore {
  /** Alerts that nobody has acknowledged, fired from `since` to before `until` (epoch ms), over or not, oldest first. */
  unacknowledged(team: string, since: number, until: number): Promise<readonly Alert[]>;
  /** The alert in whose thread a reply stands; `threadTs` is the message that the thread hangs on, a tool's or Toban's own. */
  byThread(channel: string, threadTs: string): Promise<Alert | undefined>;
  /** Keeps that an alert of low urgency calls people after all, with the drafts that do, or neither; undefined where it is over. */
  woken(alertId: string, mention: Mention, at: number, drafts: readonly Draft[]): Promise<Changed | undefined>;
  /** Keeps the first words that somebody wrote in the alert's thread; `known` where there are some already. */
  replied(alertId: string, reply: Reply): Promise<'added' | 'known'>;
  reply(alertId: string): Promise<Reply | undefined>;
  /** People of a further level were called at `at` (epoch ms). */
  told(alertId: string, at: number): Promise<void>;
  toldAt(alertId: string): Promise<number | undefined>;
  /** Keeps a person's last word on the alert; `known` where they said the same before. */
  judge(alertId: string, userId: string, worth: Worth, at: number): Promise<'kept' | 'known'>;
  /** How many people said what of one alert. */
  worthOf(alertId: string): Promise<Readonly<Record<Worth, number>>>;
  /** Of the alerts that fired from `since` to before `until` (epoch ms), each alert once by its last word; the noisiest first. */
  worthCounts(since: number, until: number): Promise<readonly WorthCount[]>;
}
