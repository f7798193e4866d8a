/** Examines the set-up: looks everywhere, and judges what was seen. */

import type { Finding } from './finding.ts';
import { gatherFacts } from './gather.ts';
import type { Probes } from './gather.ts';
import { judgeHost } from './judge-host.ts';
import { judgePager } from './judge-pager.ts';
import { judgePeople } from './judge-people.ts';
import { judgeSettings } from './judge-settings.ts';
import { judgeSigns } from './judge-signs.ts';
import { judgeSlack } from './judge-slack.ts';
import type { Setup } from './setup.ts';

export async function examine(setup: Setup, probes: Probes): Promise<readonly Finding[]> {
  const facts = await gatherFacts(setup, probes);
  return [judgeSettings, judgeSlack, judgeSigns, judgePager, judgePeople, judgeHost].flatMap((judge) =>
    judge(setup, facts),
  );
}
