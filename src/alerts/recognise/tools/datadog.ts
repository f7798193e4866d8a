/** Datadog monitors: "Triggered: …", "[Recovered on {host:web-1}] …", with a link to the monitor. */

import type { Facts } from '../facts.ts';
import { fold } from '../folding.ts';
import { normaliseTitle } from '../normalise-title.ts';
import type { ToolHint } from '../tool-hint.ts';
import { linkMatches } from '../tool-hint.ts';

const SITE = '^https:\\/\\/[a-z0-9.-]{0,80}(?:datadoghq\\.(?:com|eu)|ddog-gov\\.com)\\/';
const MONITOR = new RegExp(`${SITE}monitors[/#](?:manage/)?(\\d{1,15})`, 'i');
const ALERT_LINK = new RegExp(`${SITE}(?:monitors|event)\\b`, 'i');

function monitorIds(facts: Facts): string[] {
  return [...new Set(linkMatches(facts, MONITOR).map((found) => found[1] ?? ''))];
}

function group(facts: Facts): string {
  return (
    facts.links.flatMap(({ url }) => (MONITOR.test(url) ? (new URL(url).searchParams.get('group') ?? []) : []))[0] ?? ''
  );
}

export const datadog: ToolHint = {
  tool: 'datadog',
  sentBy: ({ by }) => by.includes('datadog'),
  looksLike: (facts) => linkMatches(facts, ALERT_LINK).length > 0,
  keys: monitorIds,
  // One monitor watches many groups; the title names the group where the link does not.
  identity: (facts, title) => {
    const id = monitorIds(facts)[0];
    return id === undefined ? undefined : `${id}|${fold(group(facts))}|${normaliseTitle(title)}`;
  },
};
