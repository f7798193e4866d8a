/** PagerDuty's own Slack app: its title line, its states, and incidents that any post links to. */

import type { Facts } from '../facts.ts';
import { fold } from '../folding.ts';
import type { ToolHint } from '../tool-hint.ts';

const HEAD =
  /^\W{0,10}(?:incident|triggered|acknowledged|resolved|escalated|reassigned)\W{1,6}#?\d{1,10}\b|^\W{0,4}\[#\d{1,10}\]/;

// Other trackers write "Resolved #12" and "[#12]" too: without a link to PagerDuty only this counts.
const PLAIN_HEAD = /^\W{0,10}(?:triggered|acknowledged|resolved)\s?:\s?#\d{1,10}\b/;

/** Ids (or numbers) of incidents on *.pagerduty.com that the post links to. */
export function pagerRefs(facts: Facts): string[] {
  const ids = facts.links.flatMap(({ url }) => {
    const { hostname, pathname } = new URL(url);
    if (hostname !== 'pagerduty.com' && !hostname.endsWith('.pagerduty.com')) return [];
    return /\/incidents\/([A-Z0-9]{1,40})(?:\/|$)/i.exec(pathname)?.[1] ?? [];
  });
  return [...new Set(ids)];
}

function number(facts: Facts): string | undefined {
  return facts.heads.flatMap((line) => (HEAD.test(fold(line)) ? (/#(\d{1,10})/.exec(line)?.[1] ?? []) : []))[0];
}

/** The line under the title is newer than the title: "Resolved by Taro". */
function stateByLine(facts: Facts): 'resolved' | 'acknowledged' | undefined {
  const says = (word: RegExp): boolean => facts.lines.some((line) => word.test(fold(line)));
  if (says(/^\W{0,10}resolved by\b/)) return 'resolved';
  return says(/^\W{0,10}(?:acknowledged by\b)/) && !says(/^\W{0,10}resolved\b/) ? 'acknowledged' : undefined;
}

export const pagerduty: ToolHint = {
  tool: 'pagerduty',
  sentBy: ({ by }) => by.includes('pagerduty'),
  looksLike: (facts) =>
    facts.heads.slice(0, 3).some((line) => (pagerRefs(facts).length > 0 ? HEAD : PLAIN_HEAD).test(fold(line))),
  title: (facts) => facts.heads.find((line) => HEAD.test(fold(line))),
  state: stateByLine,
  keys: () => [],
  identity: (facts) => pagerRefs(facts)[0] ?? number(facts),
};

/** The number stands in for the id where PagerDuty's app gave no link. */
export function pagerNumber(facts: Facts): readonly string[] {
  const found = number(facts);
  return found === undefined ? [] : [found];
}
