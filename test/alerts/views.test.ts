/** An alert's one message in each of its states: who and what first, no dead buttons, foreign words as letters. */

import type { Alert } from '../../src/domain/alert.ts';
import type { PagerIncident } from '../../src/domain/pager-incident.ts';
import { urgencyOf } from '../../src/alerts/coverage.ts';
import { alertContent, escalationContent } from '../../src/alerts/views.ts';
import { buttonsOf } from '../support/spoken.ts';

const OPEN = ['alert.escalate', 'alert.help', 'alert.resolve', 'alert.work'];
const AT = Date.parse('2026-11-24T02:10:00+09:00');
const style = { locale: 'ja', timezone: 'Asia/Tokyo' } as const;
const incident: PagerIncident = {
  id: 'Q1',
  number: 7,
  title: 't',
  status: 'triggered',
  urgency: 'low',
  url: 'https://acme.pagerduty.com/incidents/Q1',
  serviceId: 'S',
  serviceName: '<!here>',
  escalationPolicyId: 'P',
  assignees: [],
  acknowledgers: [],
  createdAt: AT,
  changedAt: AT,
};
const alert = (over: Partial<Alert> = {}): Alert => ({
  id: 'C1:1',
  team: 'sre',
  channel: 'C1',
  reading: {
    tool: 'other',
    state: 'firing',
    title: 'CPU *高騰*です <!channel> @here',
    severity: 'critical',
    links: [],
    runbookRefs: [],
    pagerRefs: [],
    dedupKeys: [],
    fingerprint: 'f',
    text: '',
  },
  firedAt: AT,
  refires: 0,
  lastFiredAt: AT,
  level: 1,
  mention: { targets: [{ kind: 'person', slackId: 'U1', name: 'a' }], level: 1, passedOver: [] },
  mentionedAt: AT,
  ...over,
});
const show = (over: Partial<Alert>, of?: PagerIncident, runbooks = true) =>
  alertContent({ alert: alert(over), incident: of, mentionedAt: over.mentionedAt ?? AT, runbooks }, style);

describe('the message of an alert', () => {
  it('A-01 A-12 calls first, then says what and how urgent, with foreign words as letters', () => {
    const { text } = show({}, incident);
    expect(text.split('\n').slice(0, 2)).toEqual([
      '<@U1> アラートを確認してください',
      'CPU ∗高騰∗です &lt;!channel&gt; @\u200bhere',
    ]);
    expect(text).toContain(
      'サービス: &lt;!here&gt; ・ 緊急度: 低 ・ <https://acme.pagerduty.com/incidents/Q1|PagerDuty #7>',
    );
  });

  it.each([
    ['unjoined', {}, undefined, ['alert.acknowledge', 'alert.help', 'runbook.show']],
    ['joined', {}, incident, ['alert.acknowledge', ...OPEN, 'runbook.show']],
    ['acknowledged', { acknowledgedAt: AT }, incident, [...OPEN, 'runbook.show']],
    [
      'acknowledged here',
      { acknowledgedAt: AT, acknowledgedHereOnly: true },
      undefined,
      ['alert.help', 'runbook.show'],
    ],
    ['over', { resolvedAt: AT }, { ...incident, status: 'resolved' as const }, ['runbook.show']],
  ])('A-03 offers what works when it is %s', (_state, over, of, buttons) => {
    expect(buttonsOf(show(over, of))).toEqual(buttons);
    expect(buttonsOf(show(over, of, false))).toEqual(buttons.filter((id) => id !== 'runbook.show'));
  });

  it('A-03 A-07 says who took it and how soon, and when it was over', () => {
    const taken = show({ acknowledgedAt: AT + 42_000, acknowledgedBy: { slackId: 'U2', name: '' } }, incident);
    expect(taken.text).toMatch(/^✅ 確認済み <@U2> 0:42\n/);
    expect(show({ acknowledgedAt: AT, acknowledgedBy: { name: '<!here>' } }).text).toMatch(
      /^✅ 確認済み &lt;!here&gt; /,
    );
    expect(show({ resolvedAt: AT + 21 * 60_000 }).text).toMatch(/^✅ 復旧 02:31（21分）\n/);
  });

  it('A-01 says when it was found late', () => {
    expect(show({ mentionedAt: AT + 59_000 }).text).not.toContain('停止中');
    expect(show({ mentionedAt: AT + 60_000 }).text).toContain('02:10 に発報（Tobanの停止中）');
  });

  it('A-08 takes the urgency of PagerDuty first, and unknown as high', () => {
    const rated = (severity: Alert['reading']['severity']) => ({ ...alert().reading, severity });
    expect(urgencyOf(rated('critical'), incident)).toBe('low');
    expect(urgencyOf(rated('unknown'), undefined)).toBe('high');
    expect(urgencyOf(rated('warning'), undefined)).toBe('low');
  });

  it('E-02 E-03 names the levels, and who and why where somebody pressed', () => {
    const { mention } = alert();
    const told = { mention, from: 1, to: 2, waited: 300_000 };
    expect(escalationContent(told, style).text).toBe('⏫ <@U1> 1次→2次にエスカレーションされました（5分未確認）');
    expect(escalationContent({ ...told, by: { slackId: 'U2', name: '' }, reason: '<!here>' }, style).text).toBe(
      '⏫ <@U1> 1次→2次: <@U2> がエスカレーション（理由: &lt;!here&gt;）',
    );
  });
});
