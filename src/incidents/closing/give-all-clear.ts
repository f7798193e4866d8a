/** Declares an incident over: PagerDuty first where that was asked, as the person who clicked; then the state (I-12, E-08). */

import type { Incident } from '../../domain/incident.ts';
import { PagerError } from '../../ports/pager.ts';
import { changeState, mayClear } from '../status/change.ts';
import { feedIncident } from '../timeline/feed.ts';
import type { ClosingDeps } from './deps.ts';

export type AllClear =
  | { readonly kind: 'cleared'; readonly pager: 'untouched' | 'resolved' | 'no_account' | 'failed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'over' };

export async function giveAllClear(
  incident: Incident,
  order: { readonly by: string; readonly resolvePager: boolean },
  deps: ClosingDeps,
): Promise<AllClear> {
  const { by, resolvePager } = order;
  if (!mayClear(incident, by)) return { kind: 'refused' };
  const pager = resolvePager ? await resolve(incident, by, deps) : 'untouched';
  const changed = await changeState(incident, { state: 'cleared' }, by, deps);
  if (changed.kind !== 'changed') return { kind: changed.kind === 'same' ? 'over' : 'refused' };
  return { kind: 'cleared', pager };
}

async function resolve(
  incident: Incident,
  by: string,
  deps: ClosingDeps,
): Promise<'resolved' | 'no_account' | 'failed'> {
  if (incident.pager.kind !== 'linked') return 'failed';
  const from = await deps.directory.pagerEmailOf(by);
  if (!from) return 'no_account';
  try {
    await deps.follow(await deps.pager.resolve(incident.pager.id, { from }));
    // The timeline has it before the all clear.
    await feedIncident(incident, deps);
    return 'resolved';
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    if (error.code === 'already_resolved') return 'resolved';
    deps.log.warn({ err: error, incident: incident.id }, 'PagerDuty incident was not resolved at the all clear');
    return 'failed';
  }
}
