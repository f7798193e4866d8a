/** The draft: the template's headings in their order, what is known, and nothing invented (P-01, P-02, P-09). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKENS, writeDraft } from '../../src/postmortem/draft.ts';
import type { DraftFacts } from '../../src/domain/draft-facts.ts';
import { fillTemplate, headingsOf, unknownTokens } from '../../src/postmortem/template.ts';
import { readTemplate } from '../../src/postmortem/template-file.ts';

const template = (locale: 'ja' | 'en') =>
  readFileSync(join(__dirname, `../../templates/postmortem.${locale}.md`), 'utf8');

const row = { state: '対応', time: '02:25', who: '田中 健', what: '切り戻し', note: 'https://corp.slack.com/p1' };
const facts: DraftFacts = {
  title: '写真アップロードに失敗する',
  severity: 'SEV2',
  happenedAt: '11/24(火) 02:10',
  responders: ['田中 健', '佐藤 花'],
  detection: [{ ...row, state: '発見', what: 'アラートを確認' }],
  mitigations: [row],
  timeline: [row],
};

const section = (draft: string, heading: string) => {
  const lines = draft.split('\n');
  const from = lines.indexOf(heading) + 1;
  const to = lines.findIndex((line, index) => index >= from && line.startsWith('#'));
  return lines
    .slice(from, to < 0 ? undefined : to)
    .join('\n')
    .trim();
};

describe('the templates', () => {
  it('P-01 have every section of the deck, in its order', () => {
    const names = headingsOf(template('ja')).map((heading) => heading.replace(/^#+ /, ''));
    expect(names).toEqual([
      'ポストモーテム: {{title}}',
      'サマリ',
      '影響',
      'ユーザー',
      '収益',
      'CS',
      '発生要因',
      '根本原因',
      '検知',
      '暫定対応',
      '再発防止策',
      '予防',
      '検出',
      '緩和',
      '修正',
      '教訓',
      'うまくいったこと',
      'うまくいかなかったこと',
      '幸運だったこと',
      '所感',
      'タイムライン',
    ]);
    expect(headingsOf(template('en'))).toHaveLength(names.length);
  });

  it.each(['ja', 'en'] as const)('P-09 use only names that a draft knows, and every one of them (%s)', (locale) => {
    expect(unknownTokens(template(locale), TOKENS)).toEqual([]);
    expect(TOKENS.filter((name) => !template(locale).includes(`{{${name}}}`))).toEqual([]);
    expect(unknownTokens('{{titel}} {{title}} {{titel}}', TOKENS)).toEqual(['titel']);
  });
});

describe('a draft', () => {
  it('P-02 holds what is known', () => {
    const draft = writeDraft(template('ja'), facts, 'ja');
    expect(draft).toContain('# ポストモーテム: 写真アップロードに失敗する\n');
    expect(draft).toContain('- 重大度: SEV2\n- 発生: 11/24(火) 02:10\n- 検知: （要記入）\n');
    expect(draft).toContain('- 対応者: 田中 健、佐藤 花\n');
    expect(section(draft, '## 暫定対応')).toBe('- 02:25 田中 健 切り戻し');
    expect(section(draft, '## タイムライン')).toBe(
      [
        '| 状態 | 時間 | 対応者 | 事象 | 備考 |',
        '| --- | --- | --- | --- | --- |',
        '| 対応 | 02:25 | 田中 健 | 切り戻し | [Slack](https://corp.slack.com/p1) |',
      ].join('\n'),
    );
  });

  it('P-02 says 要記入 wherever nothing is known, under the hints, and asks for no lessons', () => {
    const draft = writeDraft(template('ja'), { title: '手順ミス' }, 'ja');
    for (const heading of [
      '### ユーザー',
      '### 収益',
      '### CS',
      '## 発生要因',
      '## 根本原因',
      '### 予防',
      '### 修正',
    ]) {
      expect(section(draft, heading)).toMatch(/（要記入）$/);
    }
    expect(section(draft, '## サマリ')).toBe('> 何が起き、誰にどう影響し、どう収めたかを3行で。\n\n（要記入）');
    expect(section(draft, '## タイムライン')).toBe('（要記入）');
    expect(section(draft, '## 所感')).toBe('（任意）');
    expect(section(draft, '### 幸運だったこと')).toBe('（任意）');
    expect(section(draft, '## 教訓')).toBe('');
    expect(draft).not.toMatch(/undefined|\{\{|\n\n\n/);
  });

  it('P-01 keeps every heading of its template in order, in both languages', () => {
    for (const locale of ['ja', 'en'] as const) {
      const [, ...headings] = headingsOf(template(locale));
      expect(headingsOf(writeDraft(template(locale), facts, locale)).slice(1)).toEqual(headings);
      expect(headingsOf(writeDraft(template(locale), { title: 'x' }, locale)).slice(1)).toEqual(headings);
    }
  });

  it('P-09 has a section that was added to the template', () => {
    const draft = writeDraft(`${template('ja')}\n## 関連する障害\n`, facts, 'ja');
    expect(section(draft, '## 関連する障害')).toBe('（要記入）');
  });

  it('makes foreign text letters: no heading, no row, no link, no mention of anybody', () => {
    const title = '# <!channel> | a\n## b ![](@U0SATO01) `x`';
    const draft = writeDraft(
      template('ja'),
      { title, timeline: [{ ...row, what: title, note: 'javascript:x' }] },
      'ja',
    );
    const [, ...headings] = headingsOf(template('ja'));
    expect(headingsOf(draft).slice(1)).toEqual(headings);
    expect(draft).not.toContain('<!channel>');
    expect(draft).not.toContain('![](');
    expect(
      draft
        .split('\n')
        .at(-2)
        ?.split(/(?<!\\)\|/),
    ).toHaveLength(7);
  });

  it('marks a drill', () => {
    expect(writeDraft(template('ja'), { ...facts, drill: true }, 'ja')).toMatch(/^# ポストモーテム: 【訓練】写真/);
  });

  it('leaves headings inside code alone', () => {
    const values = { values: {}, toFill: '…' };
    expect(fillTemplate('## a\n```\n# no\n```\n## b\n', values)).toBe('## a\n```\n# no\n```\n## b\n\n…\n');
  });
});

describe('the template file', () => {
  it("is the one that is named, and Toban's own where that cannot be read", async () => {
    const own = join(__dirname, '../../templates/postmortem.en.md');
    expect(await readTemplate(own, 'ja')).toEqual({ kind: 'read', template: template('en') });
    expect(await readTemplate(undefined, 'ja')).toEqual({ kind: 'read', template: template('ja') });
    const reading = await readTemplate('/nowhere/template.md', 'ja');
    expect(reading).toMatchObject({ kind: 'stand_in', template: template('ja'), path: '/nowhere/template.md' });
  });
});
