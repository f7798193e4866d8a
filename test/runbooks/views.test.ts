import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runbook, RunbookSuggestion } from '../../src/domain/runbook.ts';
import type { Content } from '../../src/ports/chat.ts';
import { readRunbook } from '../../src/runbooks/front-matter.ts';
import { fullContent, noSuggestionContent, readRunbookButton, suggestionContent } from '../../src/runbooks/views.ts';

const PAGE: Runbook = {
  path: 'aurora-replica-lag.md',
  title: 'レプリカラグ増大',
  keywords: ['レプリカラグ'],
  services: ['aurora'],
  owner: 'sre',
  firstChecks: ['接続数'],
  links: [{ title: 'Grafana', url: 'https://grafana.example/d/1' }],
  reviewedAt: '2026-11-01',
  body: '# レプリカラグ増大\n\n## 初動\n\n1. ラグの値を**確認**\n   ```sql\n   SELECT 1;\n   ```\n2. バッチを止める\n\n## 背景\n\n長い話',
};

const suggestion = (runbook: Runbook, because: 'named' | 'keywords' = 'keywords'): RunbookSuggestion => ({
  runbook,
  score: 0.8,
  matched: because === 'named' ? [] : ['レプリカラグ'],
  because,
});

const show = (suggestions: readonly RunbookSuggestion[], shown = 0, locale: 'ja' | 'en' = 'ja'): Content =>
  suggestionContent({
    suggestions,
    shown,
    style: { locale, timezone: 'Asia/Tokyo' },
    alertKey: 'C1:1.2',
    ticks: [],
  });

const textOf = (content: Content): string => JSON.stringify(content.blocks);
const shownText = (content: Content): string =>
  (content.blocks ?? [])
    .map((block) => {
      if (block.type === 'section') return block.text?.text ?? '';
      return block.type === 'context' ? block.elements.map((one) => ('text' in one ? one.text : '')).join('') : '';
    })
    .join('\n');

const ownPages = (): Runbook[] => {
  const dir = join(import.meta.dirname, '../../runbooks');
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => {
      const reading = readRunbook(path, readFileSync(join(dir, path)));
      return reading.kind === 'runbook' ? [reading.runbook] : [];
    });
};

describe('a runbook in Slack', () => {
  it('R-01 begins with the runbook and the keyword that matched', () => {
    expect(show([suggestion(PAGE)]).text).toBe('📘 ランブック: レプリカラグ増大（一致: レプリカラグ）');
    expect(show([suggestion(PAGE)], 0, 'en').text).toBe('📘 Runbook: レプリカラグ増大 (matched: レプリカラグ)');
  });

  it('R-02 shows the numbered first steps and not the rest', () => {
    const shown = shownText(show([suggestion(PAGE)]));
    expect(shown).toContain('初動\n1. ☐ ラグの値を確認\n```\nSELECT 1;\n```\n2. ☐ バッチを止める');
    expect(shown).not.toContain('長い話');
  });

  it('R-02 shows the section that holds steps, where the page begins with words', () => {
    const body = '# CoreDNS\n\n## Meaning\n\nIt errs.\n\n## Diagnosis\n\n1. Check DNS\n\n## Mitigation\n\n- x';
    expect(shownText(show([suggestion({ ...PAGE, body })]))).toContain('Diagnosis\n1. ☐ Check DNS');
  });

  it('R-02 has something to read for a page without a body', () => {
    expect(shownText(show([suggestion({ ...PAGE, body: '' })]))).toContain('初動確認\n☐ 接続数');
    expect(shownText(show([suggestion({ ...PAGE, body: '', firstChecks: [] })]))).toContain('本文がありません');
  });

  it('R-06 says that the alert named the runbook', () => {
    expect(show([suggestion(PAGE, 'named')]).text).toBe('📘 ランブック: レプリカラグ増大（アラート指定）');
  });

  it('R-01 names the other candidates, three in all, and carries three buttons', () => {
    const pages = ['A', 'B', 'C', 'D'].map((title) => suggestion({ ...PAGE, title, path: `${title}.md` }));
    const content = show(pages, 1);
    expect(content.text).toContain('ランブック: B');
    expect(shownText(content)).toContain('他の候補: A / C');
    const actions = content.blocks?.find((block) => block.type === 'actions');
    const buttons = actions?.type === 'actions' ? actions.elements : [];
    expect(buttons.map((one) => ('action_id' in one ? one.action_id : ''))).toEqual([
      'runbook.helpful',
      'runbook.wrong',
      'runbook.show_full',
    ]);
    for (const one of buttons) {
      expect(one.type === 'button' && readRunbookButton(one.value ?? '')).toEqual({ alertKey: 'C1:1.2', path: 'B.md' });
    }
    expect(readRunbookButton('nonsense')).toBeUndefined();
    expect(readRunbookButton('{"alertKey":1,"path":"x"}')).toBeUndefined();
  });

  it('R-04 says that there is no runbook, and what to do', () => {
    expect(noSuggestionContent('ja').text).toMatch(/^該当ランブックなし\n未知のアラートです。調査から始めてください。/);
    expect(noSuggestionContent('en').text).toMatch(/^No matching runbook\n/);
    expect(show([]).text).toBe(noSuggestionContent('ja').text);
  });

  it('R-02 shows the whole page, its links and who keeps it', () => {
    const shown = shownText(fullContent(PAGE, 'ja'));
    expect(shown).toContain('長い話');
    expect(shown).toContain('リンク: <https://grafana.example/d/1|Grafana>');
    expect(shown).toContain('aurora-replica-lag.md・管理: sre・最終確認: 2026-11-01');
  });

  it('cuts a page that Slack would refuse, and says where the rest is', () => {
    const content = fullContent({ ...PAGE, body: '手順を読む\n\n'.repeat(9000) }, 'ja');
    expect(content.blocks?.length).toBeLessThanOrEqual(50);
    expect(shownText(content).length).toBeLessThan(13_000);
    expect(shownText(content)).toContain('長いため途中まで');
  });

  it('makes nothing of a hostile page alive', () => {
    const bad = '<!channel> <@U1> @here *x*`y`';
    const hostile: Runbook = {
      ...PAGE,
      path: `${bad}.md`,
      title: bad,
      owner: bad,
      body: `${bad}\n1. ${bad}\n\n\`\`\`\n${bad}\n\`\`\``,
      links: [{ title: bad, url: 'https://a.example/><!channel>' }],
    };
    for (const content of [show([{ ...suggestion(hostile), matched: [bad] }, suggestion(hostile)]), fullContent(hostile, 'en')]) {
      expect(shownText(content)).not.toMatch(/<[!@#]/);
      expect(content.text).not.toMatch(/<[!@#]|@here|\*/);
    }
  });

  it('J-07 has no broken bold in any message of any runbook of this repository', () => {
    for (const page of [PAGE, ...ownPages()]) {
      for (const locale of ['ja', 'en'] as const) {
        for (const content of [show([suggestion(page)], 0, locale), fullContent(page, locale), noSuggestionContent(locale)]) {
          const prose = shownText(content).replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
          expect(prose).not.toMatch(/\*/);
        }
      }
    }
  });

  it('R-02 every runbook of this repository fits into Slack whole', () => {
    for (const page of ownPages()) {
      const content = fullContent(page, 'ja');
      expect([page.path, shownText(content).includes('長いため')]).toEqual([page.path, false]);
      expect(textOf(content).length).toBeLessThan(16_000);
      expect(shownText(show([suggestion(page)]))).toMatch(/^\s*1[.)] /m);
    }
  });
});
