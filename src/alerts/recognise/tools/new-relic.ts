/** New Relic: workflow messages with an issue's link, and the older "[Violation opened]" form. */

import { valueOf } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { fold } from '../folding.ts';
import type { ToolHint } from '../tool-hint.ts';
import { linkMatches } from '../tool-hint.ts';
import { severityOf, stateOf } from '../vocabulary.ts';

const ISSUE = /^https:\/\/[a-z0-9.-]{0,80}newrelic\.com\/.{0,300}\/issues\/([0-9a-f-]{36})/i;
const ALERT_LINK = /^https:\/\/[a-z0-9.-]{0,80}newrelic\.com\/.{0,300}\/(?:issues|incidents|violations)\//i;
const SENTENCE =
  /^\W{0,10}(?:(?<priority>\w{3,10}) priority )?issue (?:is|was|has been) (?<state>\w{4,14})\s?:\s?(?<title>.{1,500})$/i;
const VIOLATION = /^\W{0,10}\[violation (?:opened|closed|acknowledged)\]/i;

function sentence(facts: Facts): RegExpExecArray | undefined {
  return (
    facts.lines
      .slice(0, 30)
      .map((line) => SENTENCE.exec(line))
      .find((found) => found !== null) ?? undefined
  );
}

export const newRelic: ToolHint = {
  tool: 'new-relic',
  sentBy: ({ by }) => /new ?relic/.test(by),
  looksLike: (facts) => linkMatches(facts, ALERT_LINK).length > 0 || facts.heads.some((line) => VIOLATION.test(line)),
  title: (facts) => sentence(facts)?.groups?.['title'],
  state: (facts) => {
    const word = sentence(facts)?.groups?.['state'];
    return word === undefined ? undefined : stateOf(fold(word));
  },
  severity: (facts) => severityOf(fold(sentence(facts)?.groups?.['priority'] ?? '')),
  service: (facts) => valueOf(facts, ['entity', 'entity name']),
  keys: (facts) => [...new Set(linkMatches(facts, ISSUE).map((found) => (found[1] ?? '').toLowerCase()))],
  // An issue's uuid is new for every re-fire, so condition and entity, which the title holds, identify the alert.
  identity: (facts, title) => (title === '' ? linkMatches(facts, ISSUE)[0]?.[1] : undefined),
};
