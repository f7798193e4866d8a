/** Measures how long each bot takes to be ready, and how much memory it holds when idle, in turn with the bare bot. */

import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from './child.ts';
import { median, restlessness, rounded } from './statistics.ts';
import type { Worlds } from './worlds.ts';

const SETTLE_MS = 5_000;

export interface StartOptions {
  readonly starts: number;
  /** Of those, so many rest until their memory is read. */
  readonly rests: number;
}

export interface Contender {
  readonly name: string;
  readonly bot: 'toban' | 'bare';
  /** The database of this start; only for Toban. */
  readonly database?: (round: number) => string;
}

export interface StartFigures {
  readonly n: number;
  readonly readyMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  readonly restlessness: number;
  readonly rssMb: number;
  /** null where the kernel does not tell it. */
  readonly pssMb: number | null;
}

/** By name. Every round starts each contender once, in a turning order. */
export async function measureStart(
  worlds: Worlds,
  contenders: readonly Contender[],
  options: StartOptions,
): Promise<Readonly<Record<string, StartFigures>>> {
  const taken = contenders.map((contender) => ({
    contender,
    ready: [] as number[],
    rss: [] as number[],
    pss: [] as number[],
  }));
  // One start beforehand, so that the files are in the page cache for all.
  for (let round = -1; round < options.starts; round++) {
    const first = Math.max(0, round) % taken.length;
    for (const { contender, ready, rss, pss } of [...taken.slice(first), ...taken.slice(0, first)]) {
      const started = await worlds.start(contender.bot, contender.database?.(round));
      if (round >= 0) {
        ready.push(started.readyMs);
        if (round < options.rests) {
          await sleep(SETTLE_MS);
          started.child.assertAlive();
          const memory = memoryOf(started.child.pid);
          rss.push(memory.rssMb);
          if (memory.pssMb !== undefined) pss.push(memory.pssMb);
        }
      }
      await worlds.stop(contender.bot, started);
    }
  }
  return Object.fromEntries(
    taken.map(({ contender, ready, rss, pss }) => [
      contender.name,
      {
        n: ready.length,
        readyMs: Math.round(median(ready)),
        fastestMs: Math.round(Math.min(...ready)),
        slowestMs: Math.round(Math.max(...ready)),
        restlessness: restlessness(ready, ready.length),
        rssMb: rounded(median(rss)),
        pssMb: pss.length > 0 ? rounded(median(pss)) : null,
      },
    ]),
  );
}
