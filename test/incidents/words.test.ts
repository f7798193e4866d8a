/** What people type in a war room, what a message becomes as a title, and both languages side by side (I-01, I-06, I-07, J-06, J-07). */

import type { Incident } from '../../src/domain/incident.ts';
import { declareMessages } from '../../src/incidents/declare/messages.ts';
import { titleFrom } from '../../src/incidents/declare/origin.ts';
import { roleMessages } from '../../src/incidents/roles/messages.ts';
import { roomMessages } from '../../src/incidents/room/messages.ts';
import { eventLine, eventMessages } from '../../src/incidents/status/event-line.ts';
import { statusMessages } from '../../src/incidents/status/messages.ts';
import { statusMarkdown } from '../../src/incidents/status/views.ts';
import { taskMessages } from '../../src/incidents/tasks/messages.ts';
import { watchMessages } from '../../src/incidents/watch/messages.ts';
import { incidentWords, readSeverity, readState } from '../../src/incidents/words.ts';

/** Every sentence of a catalogue, its functions called with a sign for each argument. */
function sentences(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') return [String((node as (...args: unknown[]) => unknown)('§', '§', '§', '§'))];
  return Object.values(node as object).flatMap(sentences);
}

const style = { locale: 'ja', timezone: 'Asia/Tokyo' } as const;

const incident: Incident = {
  id: 1,
  number: 1,
  title: '検索 [x](https://evil.example)',
  severity: 'SEV2',
  state: 'detected',
  impact: 'yes',
  impactText: '![](@U0EVIL)',
  team: 'sre',
  drill: false,
  private: false,
  declaredBy: 'U1',
  declaredAt: 0,
  declaredIn: 'C1',
  room: { kind: 'opening' },
  pager: { kind: 'none' },
  roles: {},
  tasks: [],
  onCall: [],
};

describe('the words of an incident', () => {
  it.each([
    ['調査', { state: 'investigating' }],
    ['調査中', { state: 'investigating' }],
    ['Mitigating', { state: 'mitigating' }],
    ['対応 切り戻し', { state: 'mitigating', mitigation: 'rollback' }],
    ['切り戻し', { state: 'mitigating', mitigation: 'rollback' }],
    ['rollback', { state: 'mitigating', mitigation: 'rollback' }],
    ['終息宣言', { state: 'cleared' }],
    ['all clear', { state: 'cleared' }],
    ['done', { state: 'completed' }],
    ['何か', undefined],
    ['', undefined],
  ])('I-06 reads the state %s', (typed, state) => {
    expect(readState(typed)).toEqual(state);
  });

  it.each([
    ['SEV1', 'SEV1'],
    ['sev 2', 'SEV2'],
    ['３', 'SEV3'],
    ['SEV5', undefined],
    ['', undefined],
  ])('I-07 reads the severity %s', (typed, severity) => {
    expect(readSeverity(typed)).toBe(severity);
  });

  it.each([
    [{ kind: 'alert_changed', status: 'fired', title: 'prod <!channel>' }, 'アラート発報: prod &lt;!channel&gt; <@U1>'],
    [{ kind: 'pager_assigned', names: ['鈴木 葵'] }, 'PagerDutyの呼び出し先: 鈴木 葵 <@U1>'],
    [{ kind: 'role_given', role: 'commander', to: 'U1' }, 'IC: <@U1>'],
    [{ kind: 'on_call_changed', from: [], to: ['U2'] }, '当番交代: なし → <@U2> <@U1>'],
  ] as const)('L-05 tells whoever comes late of %j', (change, told) => {
    const at = Date.parse('2026-11-24T11:20:00+09:00');
    expect(eventLine({ at, by: 'U1', change }, style)).toBe(`11:20 ${told}`);
  });

  it('L-01 lets a title start no link and no mention in the canvas', () => {
    const markdown = statusMarkdown(incident, style);
    expect(markdown).toContain('検索 \\[x\\](https://evil.example)');
    expect(markdown).not.toContain('![](@U0EVIL)');
  });

  it('I-01 makes a title of a message: one readable line that calls nobody', () => {
    expect(titleFrom('\n*写真* が &lt;上がらない&gt; <https://x.example/a|画面> <!channel> <@U1>\n詳細')).toBe(
      '写真 が <上がらない> 画面',
    );
    expect(titleFrom('')).toBe('');
    expect(titleFrom('あ'.repeat(400))).toHaveLength(150);
  });

  it.each(
    Object.entries({
      declareMessages,
      roleMessages,
      roomMessages,
      eventMessages,
      statusMessages,
      taskMessages,
      watchMessages,
      incidentWords,
    }),
  )('J-06 J-07 are the same in both languages: %s', (_name, { ja, en }) => {
    expect(sentences(en)).toHaveLength(sentences(ja).length);
    expect(sentences(en).filter((text) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text))).toEqual([]);
    expect(sentences(ja).filter((text) => /[０-９]|\*\S/.test(text))).toEqual([]);
  });
});
