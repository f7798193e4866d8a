/** The words of the runbook messages, Japanese and English side by side. */

import type { Locale } from '../domain/locale.ts';

const ja = {
  headline: (title: string, because: string): string => `📘 ランブック: ${title}（${because}）`,
  named: 'アラート指定',
  matched: (words: readonly string[]): string => `一致: ${words.join('、')}`,
  others: (titles: readonly string[]): string => `他の候補: ${titles.join(' / ')}`,
  known: '既知のアラートです。手順は上から順に確認してください。',
  stepsCut: '続きは [全文] で確認できます。',
  noSteps: 'このランブックには本文がありません。',
  helpful: '役に立った',
  wrong: '違う',
  showFull: '全文',
  none: '該当ランブックなし',
  noneAdvice: '未知のアラートです。調査から始めてください。手順が分かったらランブックに残してください。',
  create: 'ランブック作成',
  noneLeft: '📘 他の候補はありません。調査から始めてください。',
  thanks: '評価を記録しました。',
  voted: 'このランブックの評価は記録済みです。',
  takeBack: '取り消し',
  takenBack: '評価を取り消しました。',
  gone: 'このランブックは見つかりません。名前が変わったか、削除されています。',
  fullHeadline: (title: string): string => `📘 ランブック全文: ${title}`,
  fullCut: (path: string): string => `長いため途中まで表示しています。続きは ${path} にあります。`,
  firstChecks: '初動確認',
  links: (links: readonly string[]): string => `リンク: ${links.join(' / ')}`,
  about: (path: string, owner: string | undefined, reviewedAt: string | undefined): string =>
    [path, owner && `管理: ${owner}`, reviewedAt && `最終確認: ${reviewedAt}`].filter(Boolean).join('・'),
};

const en: typeof ja = {
  headline: (title, because) => `📘 Runbook: ${title} (${because})`,
  named: 'named by the alert',
  matched: (words) => `matched: ${words.join(', ')}`,
  others: (titles) => `Other candidates: ${titles.join(' / ')}`,
  known: 'A known alert. Go through the steps from the top.',
  stepsCut: 'The rest is under [Full page].',
  noSteps: 'This runbook has no text.',
  helpful: 'Helpful',
  wrong: 'Wrong one',
  showFull: 'Full page',
  none: 'No matching runbook',
  noneAdvice: 'An unknown alert: start by investigating, and write down what worked as a runbook.',
  create: 'New runbook',
  noneLeft: '📘 No other candidate. Start by investigating.',
  thanks: 'Your feedback was recorded.',
  voted: 'Your feedback on this runbook was recorded before.',
  takeBack: 'Undo',
  takenBack: 'Your feedback was taken back.',
  gone: 'This runbook was not found. It was renamed or removed.',
  fullHeadline: (title) => `📘 Full runbook: ${title}`,
  fullCut: (path) => `This page is long and was cut here. The rest is in ${path}.`,
  firstChecks: 'First checks',
  links: (links) => `Links: ${links.join(' / ')}`,
  about: (path, owner, reviewedAt) =>
    [path, owner && `owner: ${owner}`, reviewedAt && `reviewed: ${reviewedAt}`].filter(Boolean).join(' · '),
};

export type RunbookWords = typeof ja;

export const RUNBOOK_WORDS: Readonly<Record<Locale, RunbookWords>> = { ja, en };
