/** Reads what an alert is about: its words, each with a weight by where it stands, whatever tool wrote it. */

import { fold, splitCamelCase } from '../terms.ts';
import type { ConceptFinder } from './concept-finder.ts';
import { squash, wordsIn } from './words.ts';

/** A log pasted below an alert may be of any length. */
const HEAD = 6_000;
const TAIL = 1_500;
const MAX_LINES = 120;
const MAX_WORDS = 400;

export interface AlertWord {
  readonly word: string;
  readonly weight: number;
  /** Stands in what the alert is called, rather than in what it says. */
  readonly named: boolean;
}

export interface AlertWords {
  readonly words: readonly AlertWord[];
  /** Runs of letters, squashed, that may be the name of a page; the weight of the place where each stands. */
  readonly names: ReadonlyMap<string, number>;
}

const WEIGHT = { title: 2, name: 2.2, prose: 1, other: 0.8, place: 0.3, address: 0.15, concept: 0.8 } as const;

const NAME_KEY = /^(?:alert ?name|alert|rule(?: ?name)?|monitor|condition(?: ?name)?|alarm(?: ?name)?|metric(?: ?name)?|check|件名|条件|アラーム名)$/;
/** Where it happened rather than what. */
const PLACE_KEY =
  /^(?:severity|priority|instance|pod|pod name|host|hostname|node|container|namespace|cluster|job|env|environment|region|service|app|team|team owner|prometheus|grafana folder|endpoint|target|policy|account|receiver|group key|dashboard|panel|source|silence|runbook|runbook url|generator url|deployment|statefulset|daemonset|replicaset|ホスト|深刻度|最新値|uid|device|mountpoint|id|url|link|links)$/;

export function readAlertWords(alert: { readonly text: string; readonly title?: string }, finder: ConceptFinder): AlertWords {
  const weights = new Map<string, { weight: number; named: boolean }>();
  const names = new Map<string, number>();
  const add = (text: string, weight: number, named: boolean): void => {
    const words = wordsIn(text);
    const note = (word: string, of: number) => {
      const before = weights.get(word);
      if (!before || before.weight < of) weights.set(word, { weight: of, named: named || before?.named === true });
      else if (named && !before.named) weights.set(word, { ...before, named });
    };
    for (const word of words.slice(0, MAX_WORDS)) note(word, weight);
    for (const concept of finder.find(text, words)) note(concept, weight * WEIGHT.concept);
    if (weight >= WEIGHT.other) addNames(text, weight, names);
  };
  const whole = alert.title === undefined ? alert.text : `${alert.title}\n${alert.text}`;
  const lines = (whole.length <= HEAD + TAIL ? whole : `${whole.slice(0, HEAD)}\n${whole.slice(-TAIL)}`)
    .split(/\r?\n/)
    .map((line) => line.replace(/^[\s\-*•>|]+|[\s*|]+$/g, ''))
    .filter((line) => /\p{L}/u.test(line))
    .filter((_line, index, all) => index < MAX_LINES || index >= all.length - 10);
  for (const [index, line] of lines.entries()) {
    for (const part of partsOf(line, index === 0)) add(part.text, part.weight, part.named);
  }
  const words = [...weights].map(([word, of]) => ({ word, ...of }));
  return { words: words.slice(0, MAX_WORDS), names };
}

interface Part {
  readonly text: string;
  readonly weight: number;
  readonly named: boolean;
}

/** Cuts a line into what it is about and where it points: addresses, labels, what stands in brackets after a name. */
function partsOf(line: string, first: boolean): readonly Part[] {
  const addresses: string[] = [];
  const rest = line.replace(/https?:\/\/[^\s|<>)"'`]+/gi, (address) => {
    addresses.push(address.replace(/^https?:\/\/[^/]*/i, ''));
    return ' ';
  });
  const parts: Part[] = addresses.map((text) => ({ text, weight: WEIGHT.address, named: false }));
  const label = first ? null : /^([\p{L}_. ]{2,30}?)\s*[:=：]\s*(.*)$/u.exec(rest);
  if (label) {
    const key = fold(splitCamelCase(label[1] ?? '')).replace(/[_.\s]+/g, ' ').trim();
    const value = label[2] ?? '';
    if (NAME_KEY.test(key)) parts.push({ text: value, weight: WEIGHT.name, named: true });
    else if (PLACE_KEY.test(key)) parts.push({ text: value, weight: WEIGHT.place, named: false });
    else parts.push({ text: value, weight: WEIGHT.prose, named: false }, { text: key, weight: WEIGHT.place, named: false });
    return parts;
  }
  if (!first) return [...parts, { text: rest, weight: WEIGHT.prose, named: false }];
  // In a headline brackets hold where it happened: (prod orders kube-state-metrics warning), on host-1.
  const outside = rest.replace(/\(([^()]*)\)|\bon\s+\S+$/g, (inside) => {
    parts.push({ text: inside, weight: WEIGHT.other / 2, named: false });
    return ' ';
  });
  return [...parts, { text: outside.replace(/^\s*\[[^\]]{0,20}\]/, ' '), weight: WEIGHT.title, named: true }];
}

const MOST_RUN = 9;

/** Every run of up to nine neighbouring words of letters, without what stands between them. */
function addNames(text: string, weight: number, into: Map<string, number>): void {
  const words = fold(splitCamelCase(text.slice(0, 1_500).normalize('NFKC'))).match(/[\p{L}\p{N}]+/gu) ?? [];
  for (let from = 0; from < Math.min(words.length, 160); from++) {
    let run = '';
    for (let to = from; to < Math.min(words.length, from + MOST_RUN); to++) {
      run += squash(words[to] ?? '');
      if (run.length > 80) break;
      if (run.length >= 4 && (into.get(run) ?? 0) < weight) into.set(run, weight);
    }
  }
}
