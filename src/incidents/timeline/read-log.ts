/** Reads what somebody wants on the timeline: a time and a phase where they say one, then the text (L-03, L-04). */

import type { Phase } from '../../domain/incident-event.ts';
import { readTime } from '../../domain/read-time.ts';
import { PHASES } from '../../domain/timeline.ts';
import { messages } from './messages.ts';

export interface LogLine {
  readonly at?: number;
  readonly phase?: Phase;
  readonly text: string;
}

const WORDS = new Map<string, Phase>(
  PHASES.flatMap((phase) =>
    [phase, messages.ja.phase[phase], messages.en.phase[phase].toLowerCase()].map((word) => [word, phase] as const),
  ),
);

/** `11:20 発生 エラー率が上昇`, `発生 11:20 …`, `11/24 11:20 …`, `切り戻しを開始`. */
export function readLog(typed: string, now: number, timezone: string): LogLine {
  let words = typed.trim().split(/\s+/);
  let at: number | undefined;
  let phase: Phase | undefined;
  for (let turn = 0; turn < 2; turn++) {
    const [first = '', second = ''] = words;
    const dated = at === undefined ? readTime(`${first} ${second}`, now, timezone, { notAfter: now }) : undefined;
    const timed = at === undefined ? readTime(first, now, timezone, { notAfter: now }) : undefined;
    const named = phase === undefined ? WORDS.get(first.toLowerCase()) : undefined;
    if (dated !== undefined) [at, words] = [dated, words.slice(2)];
    else if (timed !== undefined) [at, words] = [timed, words.slice(1)];
    else if (named !== undefined && words.length > 1) [phase, words] = [named, words.slice(1)];
  }
  return { ...(at === undefined ? {} : { at }), ...(phase === undefined ? {} : { phase }), text: words.join(' ') };
}
