/** Sentry issue alerts: a link to the issue, and a footer with project and short id. */

import { valueOf } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { ToolHint } from '../tool-hint.ts';
import { linkMatches } from '../tool-hint.ts';

const ISSUE = /^https?:\/\/[a-z0-9.-]{1,120}(?::\d{1,5})?\/(?:organizations\/[a-z0-9-]{1,80}\/)?issues\/(\d{1,20})\b/i;
const SENTRY_ISSUE = /^https:\/\/(?:[a-z0-9-]{1,80}\.)?sentry\.io\/(?:.{0,200}\/)?issues\/\d/i;
const SHORT_ID = /\bshort id\s?:\s?([a-z0-9][a-z0-9_-]{0,60}-[a-z0-9]{1,12})\b/i;

function shortId(facts: Facts): string | undefined {
  return SHORT_ID.exec(facts.text.replace(/[*`]/g, ''))?.[1];
}

function isSentry(facts: Facts): boolean {
  return facts.by.includes('sentry') || linkMatches(facts, SENTRY_ISSUE).length > 0 || shortId(facts) !== undefined;
}

function issueId(facts: Facts): string | undefined {
  return isSentry(facts) ? linkMatches(facts, ISSUE)[0]?.[1] : undefined;
}

export const sentry: ToolHint = {
  tool: 'sentry',
  sentBy: ({ by }) => by.includes('sentry'),
  looksLike: (facts) =>
    linkMatches(facts, SENTRY_ISSUE).length > 0 || (shortId(facts) !== undefined && issueId(facts) !== undefined),
  title: (facts) => {
    const project = valueOf(facts, ['project']);
    const line = facts.lines[0];
    return project !== undefined && line?.startsWith(`[${project}] `) ? line.slice(project.length + 3) : undefined;
  },
  service: (facts) => valueOf(facts, ['project']) ?? /^\[([^\]\s]{1,80})\] /.exec(facts.lines[0] ?? '')?.[1],
  keys: (facts) => [issueId(facts), shortId(facts)].filter((key) => key !== undefined),
  identity: (facts) => issueId(facts) ?? shortId(facts),
};
