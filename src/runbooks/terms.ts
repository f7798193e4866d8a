/** What a runbook can be found by, and the forms of text in which keyword and alert are compared. */

import type { Runbook } from '../domain/runbook.ts';
import { nameOf } from './front-matter.ts';

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const CJK_GAP = /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\s+|\s+(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])/gu;

/** File names that say nothing about the page. */
const EMPTY_NAMES = new Set(['readme', 'index', 'template', 'untitled', 'runbook', 'runbooks', 'contents']);

/** One thing to look for in an alert. */
export interface Term {
  /** As it stands in the runbook. */
  readonly shown: string;
  readonly kind: 'words' | 'japanese';
  /** Equal for two spellings that count as the same; for `words` the words in order, one space between. */
  readonly form: string;
  /** `form` without its spaces. */
  readonly squashed: string;
  /** `squashed` as an alert writes it without capitals or signs: digits are words of their own, one space around. */
  readonly joined: string;
  readonly from: 'keyword' | 'title' | 'name';
}

/** Half-width kana, full-width letters and capitals become their plain forms. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/**
 * Words of letters and words of digits, one space between and around: ` aurora replica lag 30 `.
 * Punctuation, `_`, `-` and a change between letters and digits are boundaries, so that `db` stands in `prod-db01` and not in `dbus`.
 */
export function wordsOf(text: string): string {
  const words = fold(text).match(/(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{M}])+|\p{N}+/gu);
  return ` ${(words ?? []).join(' ')} `;
}

/** `AuroraReplicaLag` → `Aurora Replica Lag`, `HTTPCode` → `HTTP Code`. */
export function splitCamelCase(text: string): string {
  return text.replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ').replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ');
}

/** Japanese writers put spaces where they like: those beside a Japanese letter go. */
export function tighten(text: string): string {
  return fold(text).replace(/\s+/g, ' ').replace(CJK_GAP, '');
}

export function isJapanese(text: string): boolean {
  return CJK.test(text);
}

/** Keywords first, then what the title and the file name say; each form once. */
export function termsOf(runbook: Runbook): readonly Term[] {
  const terms = new Map<string, Term>();
  const add = (shown: string, from: Term['from']): void => {
    const term = toTerm(shown, from);
    if (term && !terms.has(term.form)) terms.set(term.form, term);
  };
  for (const keyword of runbook.keywords) add(keyword, 'keyword');
  for (const part of titleParts(runbook.title)) add(part, 'title');
  const name = nameOf(runbook.path);
  if (!EMPTY_NAMES.has(fold(name).replace(/[^\p{L}]/gu, ''))) add(name, 'name');
  return [...terms.values()];
}

function toTerm(shown: string, from: Term['from']): Term | undefined {
  if (isJapanese(shown)) {
    const form = tighten(shown).trim();
    // A single Japanese letter says nothing.
    return form.length < 2 ? undefined : { shown, kind: 'japanese', form, squashed: form, joined: form, from };
  }
  const form = wordsOf(splitCamelCase(shown)).trim();
  const squashed = form.replaceAll(' ', '');
  if (squashed.length < 2 || /^\p{N}+$/u.test(squashed)) return undefined;
  return { shown, kind: 'words', form, squashed, joined: wordsOf(squashed), from };
}

/** The title, and what stands in and around its brackets: `DB レプリカ遅延 (レプリカラグ)` is three. */
function titleParts(title: string): string[] {
  const parts = title.split(/[()（）「」【】[\]]|\s[/|:–—-]\s|[・、，：]/u).map((part) => part.trim());
  // Short parts of a title are common words; an author who wants one writes it as a keyword.
  return [title.trim(), ...parts.filter((part) => part.length >= (isJapanese(part) ? 4 : 6))];
}
