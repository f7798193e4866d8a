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
  assigned: (names: string) => `PagerDutyの呼び出し先: ${names}`,
  alert: {
    fired: (title: string) => `アラート発報: ${title}`,
    acknowledged: () => 'アラートを確認',
    recovered: (title: string) => `アラート復旧: ${title}`,
  },
  nobody: 'なし',
  announced: (number: number) => `第${number}報を送信`,
  announcedRecovery: '復旧報を送信',
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
  assigned: (names) => `PagerDuty is calling: ${names}`,
  alert: {
    fired: (title) => `Alert fired: ${title}`,
    acknowledged: () => 'Alert acknowledged',
    recovered: (title) => `Alert recovered: ${title}`,
  },
  nobody: 'nobody',
  announced: (number) => `Announcement ${number} sent`,
  announcedRecovery: 'Recovery report sent',
};

export const eventMessages = { ja, en } satisfies Record<Locale, unknown>;

type Telling = Pick<IncidentEvent, 'at' | 'by' | 'change'>;

/** Undefined for what says nothing to people. */
export function eventLine(event: Telling, style: TimeStyle): string | undefined {
  const text = eventText(event, style);
  if (text === undefined) return undefined;
  const who = whoOf(event);
  // Whoever took a role or a task themselves is named once.
  return `${clockTime(event.at, style)} ${text}${who === '' || text.includes(who) ? '' : ` ${who}`}`;
}

function whoOf({ by, change }: Telling): string {
  if (by) return mention(by);
  return change.kind === 'pager_changed' || change.kind === 'alert_changed' ? letters(change.name ?? '') : '';
}

function letters(text: string): string {
  return escapeMrkdwn(clip(text, 150)).replaceAll('*', '∗').replace(/\s+/g, ' ');
}

function eventText({ change }: Telling, style: TimeStyle): string | undefined {
  const words = eventMessages[style.locale];
  const shared = incidentWords[style.locale];
  const names = (ids: readonly string[]) => ids.map(mention).join(' ') || words.nobody;
  switch (change.kind) {
    case 'declared':
      return words.declared(letters(change.title), change.severity);
    case 'retitled':
      return words.retitled(letters(change.title));
    case 'state_changed':
      return words.state(
        stateText({ state: change.to, ...(change.mitigation ? { mitigation: change.mitigation } : {}) }, style),
      );
    case 'severity_changed':
      return words.severity(change.from, change.to);
    case 'impact_changed':
      return words.impact(
        change.text ? `${shared.impact[change.impact]} ${letters(change.text)}` : shared.impact[change.impact],
      );
    case 'role_given':
      return `${shared.role[change.role]}: ${mention(change.to)}`;
    case 'task_started':
      return words.started(`${letters(change.text)} (${mention(change.who)})`);
    case 'task_done':
      return words.done(`${letters(change.text)} (${mention(change.who)})`);
    case 'on_call_changed':
      return words.onCall(names(change.from), names(change.to));
    case 'pager_linked':
      if (change.pager.kind !== 'linked') return undefined;
      return (change.pager.created ? words.created : words.linked)(change.pager.number);
    case 'pager_changed':
      return words.pager[change.status];
    case 'announced':
      return change.stage === 'recovery' ? words.announcedRecovery : words.announced(change.number);
    case 'pager_assigned':
      return words.assigned(letters(change.names.join(shared.and)));
    case 'alert_changed':
      return words.alert[change.status](letters(change.title));
    case 'note':
      return letters(change.text);
    case 'renumbered':
    case 'room_changed':
    case 'note_changed':
    case 'note_removed':
    case 'time_moved':
      return undefined;
  }
}
