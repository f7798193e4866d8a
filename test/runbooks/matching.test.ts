/** The matcher against hostile texts, and in whatever order the pages come. */

import type { Runbook } from '../../src/domain/runbook.ts';
import { createMatcher } from '../../src/runbooks/matcher.ts';
import { createTypoMender } from '../../src/runbooks/matching/typos.ts';
import { wordsIn } from '../../src/runbooks/matching/words.ts';

const page = (path: string, title: string, body = ''): Runbook => ({
  path,
  title,
  keywords: [],
  services: [],
  firstChecks: [],
  links: [],
  body,
});

const LIBRARY = [
  page('disk.md', 'ディスク使用率アラート対応手順', 'サーバーのディスク使用率が 85% を超えた。'),
  page('KubePodCrashLooping.md', 'Kube Pod Crash Looping', 'Pod is in CrashLoop'),
  page('cert-expiry.md', '証明書の期限切れ', 'TLS 証明書の有効期限'),
  page('capacity85.md', 'NooBaaSystemCapacityWarning85', 'capacity'),
  page('capacity95.md', 'NooBaaSystemCapacityWarning95', 'capacity'),
  page('mail-delay.md', 'メール遅延', 'メールの送信が遅れている'),
];
const best = (text: string) => createMatcher(LIBRARY).match({ text }).suggestions[0]?.runbook.path;

describe('the matcher', () => {
  it.each([
    ['[FIRING:1] KubePodCrashLooping (prod api-1 warning)', 'KubePodCrashLooping.md'],
    ['warning KubePodCrahsLooping Pod is crash looping', 'KubePodCrashLooping.md'],
    ['Filesystem usage of web-1 is above 90%', 'disk.md'],
    ['Certificate expires in 3 days', 'cert-expiry.md'],
    ['ﾒｰﾙの送信に遅れ', 'mail-delay.md'],
    ['[FIRING:1] NooBaaSystemCapacityWarning95 (prod)', 'capacity95.md'],
  ])('R-01 R-05 finds, across languages, typos and numbers in names: %s', (text, path) => {
    expect(best(text)).toBe(path);
  });

  it('R-04 gives the same answer whatever the order of the pages', () => {
    const texts = ['disk usage high', 'Pod crash', '証明書', 'capacity warning'];
    const answers = (runbooks: readonly Runbook[]) =>
      texts.map((text) =>
        createMatcher(runbooks)
          .match({ text })
          .suggestions.map(({ runbook, score }) => [runbook.path, score]),
      );
    expect(answers(LIBRARY.toReversed())).toEqual(answers(LIBRARY));
  });

  it.each([
    ['a long run of one letter', 'a'.repeat(100_000)],
    ['brackets without an end', '('.repeat(50_000) + '['.repeat(50_000)],
    ['a bomb for regular expressions', `${'a'.repeat(40)}!`.repeat(2_000)],
    ['labels without values', ' = :'.repeat(25_000)],
    ['zero-width signs', 'd\u200bi\u200bs\u200bk '.repeat(5_000)],
    ['right to left', '\u202eksid\u202c '.repeat(10_000)],
    ['half characters', '\ud83d'.repeat(10_000)],
    ['many lines', 'key = value\n'.repeat(10_000)],
    ['a wall of kanji', '使用率高騰'.repeat(20_000)],
  ])('R-01 reads %s to its end', (_name, text) => {
    // Whatever grows faster than the text would outlast the test's own limit.
    expect(createMatcher(LIBRARY).match({ text }).suggestions.length).toBeLessThanOrEqual(10);
  });
});

describe('words', () => {
  it('R-05 are stems, whole katakana, pairs of kanji, and short names with their digits', () => {
    expect(wordsIn('Pods crashed; ディスク使用率 5xx on EC2, 遅い')).toEqual(
      expect.arrayContaining(['pod', 'crash', 'ディスク', '使用', '用率', '5xx', 'ec2', '遅い']),
    );
  });
});

describe('a typo', () => {
  const mender = createTypoMender(new Set(['crash', 'filesystem', 'reader', 'replica']));

  it.each([
    ['crahs', 'crash'],
    ['filesytem', 'filesystem'],
    ['filesystme', 'filesystem'],
    ['header', undefined],
    ['abc', undefined],
    ['replicas', 'replica'],
  ])('R-05 %s is mended to %s', (word, meant) => {
    expect(mender.mend(word)).toBe(meant);
  });
});
