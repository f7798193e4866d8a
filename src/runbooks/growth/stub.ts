/** Writes the Markdown of a new page from what is known: no invented step, what is unknown says so. */

import { stringify } from 'yaml';

export interface StubFacts {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly services: readonly string[];
  /** As somebody typed them; may be empty. */
  readonly steps: string;
  /** What people wrote in the threads of such alerts, one line each. */
  readonly heard: readonly string[];
  /** First checks that somebody ticked. */
  readonly checks: readonly string[];
  /** `YYYY-MM-DD` */
  readonly today: string;
}

export interface StubWords {
  readonly stepsHeading: string;
  readonly stepsHint: string;
  readonly backgroundHeading: string;
  readonly heardHeading: string;
  readonly checksHeading: string;
}

export function writeStub(facts: StubFacts, words: StubWords): string {
  const front = {
    title: facts.title,
    keywords: facts.keywords,
    ...(facts.services.length > 0 ? { services: facts.services } : {}),
    ...(facts.checks.length > 0 ? { first_checks: facts.checks } : {}),
    reviewed_at: facts.today,
  };
  const steps = facts.steps
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => (/^(?:\d+[.)]|[-*])\s/.test(line) ? line : `${index + 1}. ${line}`));
  const list = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${heading}`, '', ...lines.map((line) => `- ${line}`), ''];
  return [
    '---',
    stringify(front, { lineWidth: 0 }).trimEnd(),
    '---',
    '',
    `## ${words.stepsHeading}`,
    '',
    ...(steps.length > 0 ? steps : [`1. ${words.stepsHint}`]),
    '',
    ...list(words.heardHeading, facts.heard),
    `## ${words.backgroundHeading}`,
    '',
    words.stepsHint,
    '',
  ].join('\n');
}

/** `AuroraReplicaLag high` → `runbooks/aurora-replica-lag-high.md`; a title without Latin letters gets `new-runbook`. */
export function stubPath(title: string, dir: string): string {
  const name = title
    .normalize('NFKC')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return `${dir.replace(/\/+$/, '')}/${name || 'new-runbook'}.md`;
}
