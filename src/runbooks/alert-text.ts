/** An alert made ready for comparison: which terms stand in it exactly, and which nearly. */

import Fuse from 'fuse.js';
import { fold, isJapanese, splitCamelCase, tighten, wordsOf } from './terms.ts';
import type { Term } from './terms.ts';

/** Monitoring says what is wrong first; a log that somebody pasted below it may be of any length. */
const HEAD = 12_000;
const TAIL = 4_000;
/** Near matches are looked for at the beginning only. */
const NEAR = 2_000;
/** ASCII terms of up to this many letters count only as the exact word. */
const EXACT_UP_TO = 5;
const MAX_ERRORS = 3;

const FUSE_OPTIONS = { includeScore: true, ignoreLocation: true, ignoreFieldNorm: true, threshold: 0.2 };

export interface AlertText {
  /** 1 for the exact term, less with every wrong letter, 0 where it is not there. */
  quality(term: Term): number;
  /** Whether the exact term stands in the alert. */
  has(term: Term): boolean;
}

export function readAlertText(text: string): AlertText {
  const kept = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`;
  const normal = kept.normalize('NFKC');
  const folded = fold(normal);
  const tight = tighten(normal);
  const whole = wordsOf(normal);
  const split = wordsOf(splitCamelCase(normal));
  const wordSet = new Set([...whole.split(' '), ...split.split(' ')]);
  const nearWords = wordsOf(splitCamelCase(normal.slice(0, NEAR))).trim();
  const nearTight = tight.slice(0, NEAR);
  const wordPairs = lazily(() => pairsOf(nearWords.replaceAll(' ', '')));
  const tightPairs = lazily(() => pairsOf(nearTight));
  const windows = lazily(() => new WindowFinder(nearWords.split(' ')));

  const hasWords = (term: Term): boolean => {
    if (wordSet.has(term.form) || wordSet.has(term.squashed)) return true;
    const first = term.form.split(' ', 1)[0] ?? '';
    if (wordSet.has(first) && split.includes(` ${term.form} `)) return true;
    return term.joined.length > term.squashed.length + 2 && whole.includes(term.joined);
  };

  const has = (term: Term): boolean =>
    term.kind === 'words' ? hasWords(term) : standsIn(term.form, tight) && !insideKatakana(term.form, folded);

  return {
    has,
    quality(term) {
      if (has(term)) return 1;
      const { length } = term.squashed;
      if (term.kind === 'words') {
        if (length <= EXACT_UP_TO || !sharesPairs(term.squashed, wordPairs())) return 0;
        return toQuality(windows().near(term.squashed), length);
      }
      // Below five letters a threshold of 0.2 allows no wrong letter at all.
      if (length < 5 || !sharesPairs(term.form, tightPairs())) return 0;
      if (asciiRuns(term.form).some((run) => !standsIn(run, nearTight))) return 0;
      return toQuality(Fuse.match(term.form, nearTight, FUSE_OPTIONS).score, length);
    },
  };
}

interface Window {
  readonly text: string;
  readonly letters: number;
}

/** Runs of consecutive words without their spaces, to compare a term of about the same length with. */
class WindowFinder {
  readonly #words: readonly string[];
  /** By the term's length and its first letter. */
  readonly #windows = new Map<number, ReadonlyMap<string, readonly Window[]>>();

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** The best fuse.js score of `pattern`, 0 being the same; undefined where nothing is near. */
  near(pattern: string): number | undefined {
    let byFirst = this.#windows.get(pattern.length);
    if (!byFirst) this.#windows.set(pattern.length, (byFirst = this.#collect(pattern.length)));
    const letters = lettersOf(pattern);
    const pairs = [...pairsOf(pattern)];
    const errors = errorsIn(pattern.length);
    let best: number | undefined;
    // A slip of the finger seldom hits the first letter, and a header is no reader.
    for (const window of byFirst.get(pattern[0] ?? '') ?? []) {
      if (bitsIn(letters & ~window.letters) > errors) continue;
      let missing = 0;
      if (pairs.some((pair) => !window.text.includes(pair) && ++missing > 2 * errors)) continue;
      const { isMatch, score } = Fuse.match(pattern, window.text, FUSE_OPTIONS);
      if (isMatch && score !== undefined && (best === undefined || score < best)) best = score;
      if (best !== undefined && best <= 0.001) break;
    }
    return best;
  }

  #collect(length: number): ReadonlyMap<string, readonly Window[]> {
    const seen = new Set<string>();
    const byFirst = new Map<string, Window[]>();
    for (let start = 0; start < this.#words.length; start++) {
      let text = '';
      for (let end = start; end < this.#words.length && text.length <= length + 2; end++) {
        text += this.#words[end] ?? '';
        if (Math.abs(text.length - length) > 2 || seen.has(text)) continue;
        seen.add(text);
        const first = text[0] ?? '';
        const windows = byFirst.get(first) ?? [];
        if (windows.length === 0) byFirst.set(first, windows);
        windows.push({ text, letters: lettersOf(text) });
      }
    }
    return byFirst;
  }
}

/** Which letters occur, a bit each: two texts that differ in more bits than there may be errors are not near. */
function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

function bitsIn(bits: number): number {
  let rest = bits;
  let count = 0;
  for (; rest !== 0; count++) rest &= rest - 1;
  return count;
}

function errorsIn(length: number): number {
  return Math.min(MAX_ERRORS, Math.floor(length * FUSE_OPTIONS.threshold));
}

function toQuality(score: number | undefined, length: number): number {
  if (score === undefined || score > FUSE_OPTIONS.threshold || score * length > MAX_ERRORS + 0.01) return 0;
  return 0.95 - 2 * score;
}

/** A term that begins or ends with an ASCII letter or digit must not begin or end inside a word. */
function standsIn(form: string, text: string): boolean {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    if (!sameClass(text[at - 1], form[0]) && !sameClass(text[at + form.length], form.at(-1))) return true;
  }
  return false;
}

function sameClass(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return (/[a-z]/.test(a) && /[a-z]/.test(b)) || (/[0-9]/.test(a) && /[0-9]/.test(b));
}

/** True where a katakana word of up to three letters stands only inside longer ones: ラグ in フラグ. */
function insideKatakana(form: string, folded: string): boolean {
  if (form.length > 3 || !/^[\p{Script=Katakana}ー]+$/u.test(form)) return false;
  return !new RegExp(`(?<![\\p{Script=Katakana}ー])${form}(?![\\p{Script=Katakana}ー])`, 'u').test(folded);
}

function asciiRuns(form: string): string[] {
  return isJapanese(form) ? (form.match(/[a-z0-9]+/g) ?? []) : [];
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/** One wrong letter spoils two pairs; a term that shares too few is not worth a search. */
function sharesPairs(form: string, pairs: ReadonlySet<string>): boolean {
  const allowed = 2 * errorsIn(form.length) + 1;
  let missing = 0;
  for (let at = 0; at + 1 < form.length; at++) {
    if (!pairs.has(form.slice(at, at + 2)) && ++missing > allowed) return false;
  }
  return true;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
