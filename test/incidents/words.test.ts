/** What people type in a war room, what a message becomes as a title, and both languages side by side (I-01, I-06, I-07, J-06, J-07). */

import { declareMessages } from '../../src/incidents/declare/messages.ts';
import { titleFrom } from '../../src/incidents/declare/origin.ts';
import { roleMessages } from '../../src/incidents/roles/messages.ts';
import { roomMessages } from '../../src/incidents/room/messages.ts';
import { eventMessages } from '../../src/incidents/status/event-line.ts';
import { statusMessages } from '../../src/incidents/status/messages.ts';
import { taskMessages } from '../../src/incidents/tasks/messages.ts';
import { watchMessages } from '../../src/incidents/watch/messages.ts';
import { incidentWords, readSeverity, readState } from '../../src/incidents/words.ts';

/** Every sentence of a catalogue, its functions called with a sign for each argument. */
function sentences(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') return [String((node as (...args: unknown[]) => unknown)('§', '§', '§', '§'))];
  return Object.values(node as object).flatMap(sentences);
}

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
