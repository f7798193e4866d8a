/** From when on PagerDuty may have had incidents that came and went while it could not be asked. */

import type { AlertStore } from '../../ports/alert-store.ts';
import type { Clock } from '../../ports/clock.ts';

/** An alert that has waited longer for its incident has none. */
const FOR_MS = 30 * 60_000;
/** PagerDuty may have been faster than the message in the channel. */
const BEFORE_MS = 5 * 60_000;

/** Epoch ms; undefined where every alert has its incident. */
export async function missedSince(store: AlertStore, clock: Clock): Promise<number | undefined> {
  const since = await store.unjoinedSince(clock.now() - FOR_MS);
  return since === undefined ? undefined : since - BEFORE_MS;
}
