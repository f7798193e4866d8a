/** An event of an incident as one line: when, what, who. */

import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { IncidentEvent } from '../../domain/incident-event.ts';
import { clockTime } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Locale } from '../../domain/locale.ts';
import { incidentWords } from '../words.ts';
import { mention, stateText } from './views.ts';

const ja = {
  declared: (title: string, severity: string) => `宣言: ${severity} ${title}`,
  state: (state: string) => `状態: ${state}`,
  severity: (from: string, to: string) => `重大度: ${from} → ${to}`,
  impact: (impact: string) => `ユーザー影響: ${impact}`,
  started: (text: string) => `作業開始: ${text}`,
  done: (text: string) => `作業終了: ${text}`,
  onCall: (from: string, to: string) => `当番交代: ${from} → ${to}`,
  retitled: (title: string) => `件名: ${title}`,
  linked: (number: number) => `PagerDuty #${number} に紐づけ`,
  created: (number: number) => `PagerDuty #${number} を作成`,
  pager: { triggered: 'PagerDuty: 呼び出し', acknowledged: 'PagerDuty: 確認', resolved: 'PagerDuty: 解決' },
  announced: (number: number) => `第${number}報を送信`,
};

const en: typeof ja = {
  declared: (title, severity) => `Declared: ${severity} ${title}`,
  state: (state) => `State: ${state}`,
  severity: (from, to) => `Severity: ${from} → ${to}`,
  impact: (impact) => `Users affected: ${impact}`,
  started: (text) => `Started: ${text}`,
  done: (text) => `Done: ${text}`,
  onCall: (from, to) => `On-call: ${from} → ${to}`,
  retitled: (title) => `Title: ${title}`,
  linked: (number) => `Tied to PagerDuty #${number}`,
  created: (number) => `Opened PagerDuty #${number}`,
  pager: {
    triggered: 'PagerDuty: triggered',
    acknowledged: 'PagerDuty: acknowledged',
    resolved: 'PagerDuty: resolved',
  },
  announced: (number) => `Announcement ${number} sent`,
};

export const eventMessages = { ja, en } satisfies Record<Locale, unknown>;

/** Undefined for what says nothing to people. */
export function eventLine(event: IncidentEvent, style: TimeStyle): string | undefined {
  const text = eventText(event, style);
  if (text === undefined) return undefined;
  const by = event.by ? ` ${mention(event.by)}` : '';
  return `${clockTime(event.at, style)} ${text}${by}`;
}

function eventText({ change }: IncidentEvent, style: TimeStyle): string | undefined {
  const words = eventMessages[style.locale];
  const shared = incidentWords[style.locale];
  const safe = (text: string) => escapeMrkdwn(clip(text, 150)).replaceAll('*', '∗').replace(/\s+/g, ' ');
  const names = (ids: readonly string[]) => ids.map(mention).join(' ');
  switch (change.kind) {
    case 'declared':
      return words.declared(safe(change.title), change.severity);
    case 'retitled':
      return words.retitled(safe(change.title));
    case 'state_changed':
      return words.state(
        stateText({ state: change.to, ...(change.mitigation ? { mitigation: change.mitigation } : {}) }, style),
      );
    case 'severity_changed':
      return words.severity(change.from, change.to);
    case 'impact_changed':
      return words.impact(
        change.text ? `${shared.impact[change.impact]} ${safe(change.text)}` : shared.impact[change.impact],
      );
    case 'role_given':
      return `${shared.role[change.role]}: ${mention(change.to)}`;
    case 'task_started':
      return words.started(`${safe(change.text)} (${mention(change.who)})`);
    case 'task_done':
      return words.done(`${safe(change.text)} (${mention(change.who)})`);
    case 'on_call_changed':
      return words.onCall(names(change.from), names(change.to));
    case 'pager_linked':
      if (change.pager.kind !== 'linked') return undefined;
      return (change.pager.created ? words.created : words.linked)(change.pager.number);
    case 'pager_changed':
      return words.pager[change.status];
    case 'announced':
      return words.announced(change.number);
    case 'note':
      return safe(change.text);
    case 'renumbered':
    case 'room_changed':
      return undefined;
  }
}
