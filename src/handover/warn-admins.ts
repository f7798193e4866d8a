/** Tells the admins what in a handover only they can mend, each matter once a day. */

import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import { takersOf } from '../domain/handover.ts';
import type { Handover } from '../domain/handover.ts';
import type { HandoverDeps } from './deps.ts';
import { sideMessages } from './side-messages.ts';

export async function warnAdmins({ teams }: Handover, deps: HandoverDeps): Promise<void> {
  const { admins, style } = deps;
  const words = sideMessages[style.locale].admin;
  const trouble = escapeMrkdwn(clip(deps.trouble() ?? '', 500));
  if (teams.some(({ confirmedAt }) => confirmedAt !== undefined)) await admins.tell('pagerduty', words.stale(trouble));
  for (const one of teams) {
    const { team, name, kind } = one;
    const shown = escapeMrkdwn(clip(name, 60));
    if (kind === 'gap') await admins.tell(`gap:${team}`, words.gap(shown));
    if (kind === 'unknown') await admins.tell(`unknown:${team}`, words.unknown(shown, trouble));
    const unlinked = takersOf(one).filter(({ slackId }) => slackId === undefined);
    if (unlinked.length === 0) continue;
    const names = unlinked.map((one) => escapeMrkdwn(clip(one.name, 40))).join(', ');
    await admins.tell(`unlinked:${unlinked.map(({ id }) => id).join()}`, words.unlinked(shown, names));
  }
}
