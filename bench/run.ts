/** Measures Toban beside a bare Bolt bot and prints a table: `node bench/run.ts [--only mention|start|past|room|page|clone|handover|storm|long-storm] [--alerts N] [--quick]`. */

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath } from '../test/support/browser.ts';
import { killChildren } from './child.ts';
import { measureHandover } from './handover.ts';
import type { HandoverFigures } from './handover.ts';
import { measureMention } from './mention.ts';
import type { MentionFigures, MentionOptions } from './mention.ts';
import { writePastAlerts } from './past-alerts.ts';
import { measureClone, measurePage } from './page.ts';
import type { CloneFigures, PageFigures } from './page.ts';
import { measureRoom } from './room.ts';
import type { RoomFigures } from './room.ts';
import { measureStart } from './start.ts';
import type { StartFigures, StartOptions } from './start.ts';
import { floodLines, measureFlood } from './storm.ts';
import type { FloodFigures, FloodOptions } from './storm.ts';
import { cloneRows, handoverRows, mentionRows, pageRows, print, roomRows, startRows } from './table.ts';
import type { Row } from './table.ts';
import { BOTS, Worlds } from './worlds.ts';

const PAST_ALERTS = 100_000;
const PARTS = ['mention', 'start', 'past', 'page', 'clone', 'room', 'handover', 'storm', 'long-storm'] as const;
type Part = (typeof PARTS)[number];
/** Ten minutes and more: only where it is asked for. */
const ASKED_FOR: readonly Part[] = ['long-storm'];

interface Plan {
  readonly parts: readonly Part[];
  readonly quick: boolean;
  readonly mention: MentionOptions;
  readonly start: StartOptions;
  readonly pastAlerts: number;
  readonly storm: FloodOptions;
  readonly longStorm: FloodOptions;
}

interface Figures {
  room?: RoomFigures;
  handover?: { readonly large: HandoverFigures; readonly small: HandoverFigures };
  mention?: MentionFigures;
  start?: Readonly<Record<string, StartFigures>>;
  pastMention?: MentionFigures;
  pastStart?: Readonly<Record<string, StartFigures>>;
  pastAlerts?: number;
  pastWriteMs?: number;
  page?: PageFigures;
  clone?: CloneFigures;
  storm?: FloodFigures;
  longStorm?: FloodFigures;
}

function readPlan(): Plan {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, alerts: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const { only, quick } = values;
  const parts = PARTS.filter((part) => (only === undefined ? !ASKED_FOR.includes(part) : part === only));
  const alerts = Number(values.alerts ?? (quick ? 12 : 300));
  if (parts.length === 0) throw new Error(`--only takes one of ${PARTS.join(', ')}`);
  if (!Number.isInteger(alerts) || alerts < 1) throw new Error('--alerts takes a whole number from 1');
  return {
    parts,
    quick,
    // 12 channels at 250 ms each: an alert in a channel each 3 s, and Toban posts two messages for it.
    mention: { alerts, warmUp: quick ? 4 : 24, everyMs: 250, counted: quick ? 1 : 5 },
    start: quick ? { starts: 2, rests: 1 } : { starts: 7, rests: 4 },
    pastAlerts: quick ? 2_000 : PAST_ALERTS,
    storm: quick ? { alerts: 100, overMs: 6_000 } : { alerts: 1_000, overMs: 60_000 },
    longStorm: { alerts: 10_000, overMs: 600_000 },
  };
}

/** Both bots up, measured in turn, and down again. */
async function mention(worlds: Worlds, run: string, plan: Plan, database: string): Promise<MentionFigures> {
  const [toban, bare] = [await worlds.start('toban', database), await worlds.start('bare')];
  const figures = await measureMention(worlds, run, plan.mention);
  await worlds.stop('toban', toban);
  await worlds.stop('bare', bare);
  return figures;
}

async function measure(worlds: Worlds, plan: Plan): Promise<Figures> {
  const figures: Figures = {};
  const at = (name: string) => join(worlds.dir, name);
  if (plan.parts.includes('mention')) {
    say(`event → mention: ${plan.mention.alerts} alerts to each bot in turn …`);
    figures.mention = await mention(worlds, 'fresh', plan, at('mention.db'));
  }
  if (plan.parts.includes('start')) {
    say(`time to ready and memory: ${plan.start.starts} starts of each bot in turn …`);
    figures.start = await measureStart(
      worlds,
      [
        { name: 'toban', bot: 'toban', database: (round) => at(`start-${round}.db`) },
        { name: 'bare', bot: 'bare' },
      ],
      plan.start,
    );
  }
  if (plan.parts.includes('past')) {
    say(`writing ${plan.pastAlerts.toLocaleString('en')} past alerts …`);
    const began = performance.now();
    await writePastAlerts(`file:${at('past.db')}`, plan.pastAlerts, worlds.clock.now());
    figures.pastAlerts = plan.pastAlerts;
    figures.pastWriteMs = Math.round(performance.now() - began);
    copyFileSync(at('past.db'), at('past-mention.db'));
    say(`the same with them: ${plan.start.starts} starts …`);
    figures.pastStart = await measureStart(
      worlds,
      [
        { name: 'toban', bot: 'toban', database: () => at('past.db') },
        { name: 'bare', bot: 'bare' },
      ],
      plan.start,
    );
    say(`and ${plan.mention.alerts} alerts to each bot …`);
    figures.pastMention = await mention(worlds, 'past', plan, at('past-mention.db'));
  }
  if (plan.parts.includes('page') && chromiumPath() === undefined) say('the page: no Chromium here, not measured');
  else if (plan.parts.includes('page')) {
    say('the page, beside an empty one …');
    figures.page = await measurePage();
  }
  if (plan.parts.includes('clone')) {
    say('from a clone to the page …');
    figures.clone = await measureClone();
  }
  if (plan.parts.includes('room')) {
    const rooms = plan.quick ? 2 : 8;
    say(`click → war room: ${rooms} rooms, and the same calls by hand …`);
    const toban = await worlds.start('toban', at('room.db'));
    figures.room = await measureRoom(worlds, { rooms });
    await worlds.stop('toban', toban);
  }
  if (plan.parts.includes('handover')) {
    const teams = plan.quick ? 5 : 50;
    say(`the first handover of ${teams} teams, and of one …`);
    figures.handover = { small: await measureHandover(1), large: await measureHandover(teams) };
  }
  if (plan.parts.includes('storm')) {
    say(`a flood: ${plan.storm.alerts} alerts in ${plan.storm.overMs / 1000} s …`);
    figures.storm = await measureFlood(plan.storm);
  }
  if (plan.parts.includes('long-storm')) {
    say(`a long flood: ${plan.longStorm.alerts} alerts in ${plan.longStorm.overMs / 1000} s …`);
    figures.longStorm = await measureFlood(plan.longStorm);
  }
  return figures;
}

function rowsOf(figures: Figures): readonly Row[] {
  const rows: Row[] = [];
  if (figures.mention) rows.push(...mentionRows('event → mention', figures.mention));
  if (figures.start) rows.push(...start('no database yet', figures.start));
  const past = (figures.pastAlerts ?? 0).toLocaleString('en');
  if (figures.pastStart) rows.push(...start(`${past} past alerts`, figures.pastStart));
  if (figures.pastMention) rows.push(...mentionRows(`event → mention, ${past} past alerts`, figures.pastMention));
  if (figures.page) rows.push(...pageRows(figures.page));
  if (figures.clone) rows.push(...cloneRows(figures.clone));
  if (figures.room) rows.push(...roomRows(figures.room));
  if (figures.handover) rows.push(...handoverRows(figures.handover.large, figures.handover.small));
  return rows;
}

function start(title: string, { toban, bare }: Readonly<Record<string, StartFigures>>): readonly Row[] {
  return toban && bare ? startRows(title, toban, bare) : [];
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const load = (): string =>
  loadavg()
    .map((one) => one.toFixed(2))
    .join(' ');

const plan = readPlan();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const date = new Date().toISOString();
const loadBefore = load();
const worlds = await Worlds.begin();
process.once('exit', () => {
  killChildren();
  rmSync(worlds.dir, { recursive: true, force: true });
});
try {
  const figures = await measure(worlds, plan);
  const machine = { cpus: cpus().length, cpu: cpus()[0]?.model ?? '', loadBefore, loadAfter: load() };
  const rows = rowsOf(figures);
  if (rows.length > 0) process.stdout.write(`${print(rows)}\n\n`);
  for (const flood of [figures.storm, figures.longStorm]) {
    if (flood) process.stdout.write(`${floodLines(flood).join('\n')}\n\n`);
  }
  process.stdout.write(
    `Node ${process.version}, ${machine.cpus} × ${machine.cpu}, load before ${loadBefore}, after ${machine.loadAfter}.\n`,
  );
  for (const one of [figures.mention, figures.pastMention]) {
    if (!one) continue;
    const [toban, bare] = BOTS.map((bot) => `${Math.round(one[bot].restlessness * 100)} %`);
    process.stdout.write(`Quarters of the run lay up to ${toban} (Toban) and ${bare} (bare) from the median.\n`);
  }
  const folder = join(import.meta.dirname, 'results');
  const file = join(folder, `${date.slice(0, 16).replace(':', '-')}${plan.quick ? '-quick' : ''}.json`);
  mkdirSync(folder, { recursive: true });
  const content = { date, node: process.version, machine, options: { ...plan.mention, ...plan.start }, figures };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  process.stdout.write(`Written to ${file}\n`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`The bench could not measure: ${error instanceof Error ? error.stack : String(error)}\n`);
} finally {
  killChildren();
  await worlds.end();
}
