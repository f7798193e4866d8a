/** Writes the draft of a postmortem: the template with what is known, and nothing invented (P-01, P-02). */

import type { Locale } from '../domain/locale.ts';
import type { DraftFacts, FactRow } from '../domain/draft-facts.ts';
import { messages } from './messages.ts';
import { safeLink, safeMarkdown } from './safe-markdown.ts';
import { fillTemplate } from './template.ts';

type Values = Readonly<Record<string, readonly string[] | undefined>>;

export function writeDraft(template: string, facts: DraftFacts, locale: Locale): string {
  return fillTemplate(template, { values: valuesOf(facts, locale), toFill: messages[locale].toFill });
}

/** Every name that a template may use. */
export const TOKENS: readonly string[] = Object.keys(valuesOf({ title: '' }, 'en'));

function valuesOf(facts: DraftFacts, locale: Locale): Values {
  const words = messages[locale];
  const text = (value: string | undefined) => {
    const safe = value === undefined ? '' : safeMarkdown(value);
    return safe === '' ? undefined : [safe];
  };
  const list = (values: readonly string[] | undefined) =>
    values?.length ? [values.map(safeMarkdown).join(words.comma)] : undefined;
  const title = text(facts.title)?.[0];
  return {
    title: title === undefined ? undefined : [`${facts.drill ? words.drill : ''}${title}`],
    severity: text(facts.severity),
    happened_at: text(facts.happenedAt),
    found_at: text(facts.foundAt),
    recovered_at: text(facts.recoveredAt),
    closed_at: text(facts.closedAt),
    duration: text(facts.duration),
    time_to_find: text(facts.timeToFind),
    time_to_acknowledge: text(facts.timeToAcknowledge),
    time_to_recover: text(facts.timeToRecover),
    commander: text(facts.commander),
    responders: list(facts.responders),
    owner: text(facts.owner),
    room: facts.room && [safeLink(facts.room.label, facts.room.url)],
    pagerduty: facts.pagerduty && [safeLink(facts.pagerduty.label, facts.pagerduty.url)],
    impact: text(facts.impact),
    detection: bullets(facts.detection),
    mitigations: bullets(facts.mitigations),
    timeline: table(facts.timeline, words.columns),
  };
}

function bullets(rows: readonly FactRow[] | undefined): readonly string[] | undefined {
  if (!rows?.length) return undefined;
  return rows.map(({ time, who, what }) => `- ${[time, who, what].filter(Boolean).map(safeMarkdown).join(' ')}`);
}

function table(rows: readonly FactRow[] | undefined, columns: readonly string[]): readonly string[] | undefined {
  if (!rows?.length) return undefined;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map(({ state, time, who, what, note }) => {
      const link = /^https?:\/\//.test(note) ? safeLink(labelOf(note), note) : safeMarkdown(note);
      return line([...[state, time, who, what].map(safeMarkdown), link]);
    }),
  ];
}

/** Whose page it is. */
function labelOf(address: string): string {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  if (/(?:^|\.)slack\.com$/.test(host)) return 'Slack';
  return /(?:^|\.)pagerduty\.com$/.test(host) ? 'PagerDuty' : host;
}
