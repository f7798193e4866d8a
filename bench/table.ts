/** Prints the figures as lines of a table: the figure, its yardstick, the aim, and whether it was met. */

import { hotPathHolds } from './mention.ts';
import type { HandoverFigures } from './handover.ts';
import type { MentionFigures } from './mention.ts';
import type { CloneFigures, PageFigures } from './page.ts';
import type { RoomFigures } from './room.ts';
import type { StartFigures } from './start.ts';

export type Row = readonly [what: string, toban: string, bare: string, ratio: string, aim: string];

const HEAD: Row = ['', 'Toban', 'bare Bolt bot', 'ratio', 'aim'];

export function mentionRows(title: string, figures: MentionFigures): readonly Row[] {
  const { toban, bare, ratioP50, ratioP99 } = figures;
  const row = (what: string, key: 'p50' | 'p90' | 'p99' | 'max', aim: string): Row => [
    `${title} ${what}`,
    `${toban.took[key].toFixed(2)} ms`,
    `${bare.took[key].toFixed(2)} ms`,
    (toban.took[key] / bare.took[key]).toFixed(2),
    aim,
  ];
  return [
    row('p50', 'p50', judged('≤ 1.5×', ratioP50 <= 1.5)),
    row('p90', 'p90', ''),
    row('p99', 'p99', judged('≤ 2×', ratioP99 <= 2)),
    [`${title} n`, String(toban.took.n), String(bare.took.n), '', ''],
    [`  subtracted: the simulator's own, p50`, `${toban.simulator.p50} ms`, `${bare.simulator.p50} ms`, '', ''],
    ['  p50 of each quarter, ms', toban.quarters, bare.quarters, '', ''],
    [
      '  calls from event to mention',
      `Slack ${figures.slackCalls}, PagerDuty ${figures.pagerDutyCalls}`,
      '',
      '',
      judged('Slack 1, PagerDuty 0', hotPathHolds(figures)),
    ],
  ];
}

export function startRows(title: string, toban: StartFigures, bare: StartFigures): readonly Row[] {
  const rows: Row[] = [
    [
      `time to ready, ${title}`,
      readyText(toban),
      readyText(bare),
      (toban.readyMs / bare.readyMs).toFixed(2),
      judged('≤ 1000 ms', toban.readyMs <= 1_000),
    ],
    [
      `memory idle (RSS), ${title}`,
      `${toban.rssMb.toFixed(1)} MB`,
      `${bare.rssMb.toFixed(1)} MB`,
      (toban.rssMb / bare.rssMb).toFixed(2),
      judged('≤ 125 MB', toban.rssMb <= 125),
    ],
  ];
  if (toban.pssMb !== null && bare.pssMb !== null) {
    const ratio = (toban.pssMb / bare.pssMb).toFixed(2);
    rows.push([
      '  of it its own share (Pss)',
      `${toban.pssMb.toFixed(1)} MB`,
      `${bare.pssMb.toFixed(1)} MB`,
      ratio,
      '',
    ]);
  }
  return rows;
}

/** The yardstick's column holds a script that makes the same calls one after another. */
export function roomRows({ toban, bare, onTheWayMs, calls, scriptCalls }: RoomFigures): readonly Row[] {
  const ms = (value: number) => `${Math.round(value)} ms`;
  const row = (what: string, key: 'usable' | 'complete', aim: string): Row => [
    what,
    ms(toban[key].p50),
    ms(bare[key].p50),
    (toban[key].p50 / bare[key].p50).toFixed(2),
    aim,
  ];
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  return [
    row(
      `click → war room usable, p50 (beside: the calls in turn; ${onTheWayMs} ms a call)`,
      'usable',
      judged('≤ 5000 ms', toban.usable.max <= 5_000),
    ),
    row('  complete: topic, pin, bookmark, link', 'complete', ''),
    ['  calls to Slack of one room', String(total), String(scriptCalls), '', ''],
  ];
}

/** The yardstick's column holds a run with one team. */
export function handoverRows(large: HandoverFigures, small: HandoverFigures): readonly Row[] {
  const ms = (key: 'postedMs' | 'oncallMs', what: string): Row => [
    what,
    `${large[key]} ms`,
    `${small[key]} ms`,
    (large[key] / small[key]).toFixed(2),
    '',
  ];
  return [
    ms('postedMs', `spawn → handover of ${large.teams} teams, ${large.people} people (beside: one team)`),
    [
      '  queries to PagerDuty, further pages',
      `${large.queries}, ${large.pages}`,
      `${small.queries}, ${small.pages}`,
      '',
      judged('≤ 3 queries', large.queries <= 3),
    ],
    ms('oncallMs', '  /oncall, command → answer, p50'),
    ['  memory (RSS)', `${large.rssMb} MB`, `${small.rssMb} MB`, (large.rssMb / small.rssMb).toFixed(2), ''],
  ];
}

/** The yardstick's column holds an empty page of the same server. */
export function pageRows(figures: PageFigures): readonly Row[] {
  const { usableMs, emptyMs, files, sentKb, plainKb, heapMb, emptyHeapMb, heapAfterMb, messages } = figures;
  const ratio = (usableMs / emptyMs).toFixed(2);
  const aim = judged('≤ 2000 ms', usableMs <= 2000);
  return [
    ['the demo’s page, usable (beside: an empty page)', `${usableMs} ms`, `${emptyMs} ms`, ratio, aim],
    [`  its weight, ${files} files, sent / plain`, `${sentKb} / ${plainKb} kB`, '', '', ''],
    ['  its memory (heap)', `${heapMb} MB`, `${emptyHeapMb} MB`, '', ''],
    [`  the same after ${messages} messages`, `${heapAfterMb} MB`, '', '', ''],
  ];
}

export function cloneRows({ cloneMs, installMs, demoMs }: CloneFigures): readonly Row[] {
  const seconds = ((cloneMs + installMs + demoMs) / 1000).toFixed(1);
  return [
    ['from a clone to the page', `${seconds} s`, '', '', ''],
    ['  clone + npm ci + npm run demo', `${cloneMs} + ${installMs} + ${demoMs} ms`, '', '', ''],
  ];
}

export function print(rows: readonly Row[]): string {
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function readyText({ readyMs, fastestMs, slowestMs }: StartFigures): string {
  return `${readyMs} ms (${fastestMs}–${slowestMs})`;
}

function judged(aim: string, met: boolean): string {
  return `${aim}: ${met ? 'met' : 'NOT met'}`;
}
