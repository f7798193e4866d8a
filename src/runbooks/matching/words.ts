/** Cuts texts in English and Japanese into the words in which alerts and runbooks are compared. */

import { fold, splitCamelCase } from '../terms.ts';

const CJK_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;
const PIECE =
  /(?<katakana>[\p{Script=Katakana}ー]+)|(?<bent>(?<!\p{Script=Han})\p{Script=Han}\p{Script=Hiragana})|(?<han>\p{Script=Han}+)|(?<latin>(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{M}])+)|(?<digits>\p{N}+)/gu;
/** s3, p99, ec2, k8s, 5xx: short words whose digits belong to them. */
const MIXED = /(?<![\p{L}\p{N}])(?:[a-z]{1,4}\d{1,3}[a-z]{0,2}|\d{1,2}[a-z]{1,3})(?![\p{L}\p{N}])/gu;
const MAX_WORD = 40;

/** Grammar, and what every alert and every page carries. */
const STOP = new Set(
  (
    'the a an of for to in on is are was has have had with and or not no at by from be been this that it its too very as if ' +
    'than then more less over under above below after before within into out up down will can could should may might when where ' +
    'alert alerts alarm runbook runbooks firing fired triggered state status value values label labels annotation annotations ' +
    'source silence url http https www com org example html md index php orgid true false null ' +
    '対応 手順 対処 方法 場合 以上 以下 発生 確認 アラート'
  ).split(' '),
);

/** English endings that change no meaning here. */
export function stemOf(word: string): string {
  if (word.length > 6 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 5 && word.endsWith('ing')) return undouble(word.slice(0, -3));
  if (word.length > 4 && word.endsWith('ed')) return undouble(word.slice(0, -2));
  if (word.length > 4 && /(?:sses|ches|shes|xes)$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}

function undouble(stem: string): string {
  const cut = /([bdgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return cut.length > 4 && cut.endsWith('e') ? cut.slice(0, -1) : cut;
}

/**
 * The words of a text in order, repeats included: stems of Latin words, katakana words whole, pairs of kanji (no
 * dictionary cuts 使用率 or ラグ reliably). Numbers are left out: they are what happened, not what it is about.
 */
export function wordsIn(text: string): string[] {
  const normal = text.normalize('NFKC');
  const words: string[] = fold(normal).match(MIXED) ?? [];
  for (const { groups } of fold(splitCamelCase(normal)).matchAll(PIECE)) {
    const { katakana, bent, han, latin } = groups ?? {};
    if (latin !== undefined) {
      if (latin.length < 2 || latin.length > MAX_WORD || STOP.has(latin)) continue;
      words.push(stemOf(latin));
    } else if (katakana !== undefined) {
      if (katakana.length >= 2 && !STOP.has(katakana)) words.push(katakana.slice(0, MAX_WORD));
    } else if (bent !== undefined) {
      // 落ち, 遅い, 書き: one kanji and how it bends.
      words.push(bent);
    } else if (han !== undefined) {
      if (STOP.has(han)) continue;
      if (han.length === 1) continue;
      for (let at = 0; at + 2 <= Math.min(han.length, MAX_WORD); at++) {
        const pair = han.slice(at, at + 2);
        if (!STOP.has(pair)) words.push(pair);
      }
    }
  }
  return words;
}

/** Folded and without signs and spaces: `KubePodCrashLooping` and `kube pod crash looping` are one. */
export function squash(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

export function hasCjk(text: string): boolean {
  CJK_RUN.lastIndex = 0;
  return CJK_RUN.test(text);
}
