/** The lines of a post: what a day is covered by, who has the pager when a post comes late, and alerts that called nobody. */

import type { Cover, Digest, Handover, Holder, TeamHandover } from '../../src/domain/handover.ts';
import { knowledgeLines, turnLines } from '../../src/handover/post-lines.ts';

const AT = (time: string) => Date.parse(`2026-11-${time}:00+09:00`);
const style = { locale: 'ja', timezone: 'Asia/Tokyo' } as const;
const [aoi, ken, hana]: readonly Holder[] = [
  { id: 'P1', name: '鈴木 葵', slackId: 'U1' },
  { id: 'P2', name: '田中 健', slackId: 'U2' },
  { id: 'P3', name: '佐藤 花', slackId: 'U3' },
];
const none = { count: 0, items: [] };
const digest: Digest = { fired: 0, called: 0, atNight: 0, unacknowledged: none, open: none, quiet: none };
const whole: Cover = { from: AT('24T10:00'), to: AT('25T10:00'), by: [aoi!] };

const view = (over: Partial<TeamHandover> = {}) => {
  const team: TeamHandover = {
    team: 'sre',
    name: 'SRE',
    kind: 'changed',
    incoming: [aoi!],
    outgoing: [ken!],
    levels: [],
    until: whole.to,
    coverage: [whole],
    gaps: [],
    digest,
    ...over,
  };
  const [at, until] = [AT('24T10:00'), AT('25T10:00')];
  const handover: Handover = { day: '2026-11-24', post: '*', channel: 'C1', at, until, postedAt: at, teams: [team] };
  return { team, view: { handover, confirmations: [], notes: [], askOf: () => [], live: true } };
};
const turn = (over?: Partial<TeamHandover>) => {
  const one = view(over);
  return turnLines(one.team, one.view, style);
};

it('H-05 says 終日 of a day that one person has as a whole, else who has which hours', () => {
  expect(turn()).toContain('体制: 終日オンコール');
  const cover: readonly Cover[] = [
    { ...whole, to: AT('24T19:00') },
    { from: AT('24T19:00'), to: AT('24T22:00'), by: [hana!] },
    { ...whole, from: AT('24T22:00') },
  ];
  expect(turn({ coverage: cover })).toContain('体制: 10:00–19:00 <@U1>／19:00–22:00 佐藤 花／22:00–翌10:00 <@U1>');
});

it('H-15 does not hide hours that nobody has', () => {
  const hole: readonly Cover[] = [
    { ...whole, to: AT('25T02:00') },
    { from: AT('25T02:00'), to: AT('25T10:00'), by: [] },
  ];
  const dayOff = { kind: 'closed' } as const;
  expect(turn({ coverage: hole, dayOff })).toContain(
    '体制: 10:00–翌02:00 <@U1>／11/25(水) 02:00–10:00 ⚠️ 未設定（火曜日）',
  );
  expect(turn({ coverage: [{ ...whole, by: [] }] })).toContain('体制: 10:00–翌10:00 ⚠️ 未設定');
});

it('H-03 mentions whoever has the pager now, not whoever had it at the switch', () => {
  expect(turn({ now: [hana!] }).slice(0, 2)).toEqual(['当番: 鈴木 葵（田中 健さん から交代）', 'いま: <@U3>']);
});

it('A-08 lists the alerts of low urgency that came out of hours', () => {
  const one = view({ digest: { ...digest, fired: 1, quiet: { count: 1, items: [{ title: 'disk' }] } } });
  expect(knowledgeLines(one.team, one.view, style)).toContain('🌙 営業時間外の緊急度の低いアラート 1件: disk');
});
