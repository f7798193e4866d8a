/** The bots that are measured, each in a process of its own. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

const running = new Set<ChildProcess>();
/** Toban promises to be gone within 10 s. */
const STOP_WITHIN_MS = 12_000;

export interface Child {
  readonly pid: number;
  /** `performance.now()` just before the process was asked for. */
  readonly spawnedAt: number;
  /** Throws, with what the process last said, once it is gone. */
  assertAlive(): void;
  stop(): Promise<void>;
}

/** Runs a TypeScript file with this Node, in `cwd`, with no environment but `env`. */
export function startChild(
  file: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly nodeOptions?: readonly string[];
  },
): Child {
  const spawnedAt = performance.now();
  const process_ = spawn(process.execPath, [...(options.nodeOptions ?? []), file, ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(process_);
  let said = '';
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  }
  const gone = new Promise<void>((resolve) => {
    process_.once('error', () => resolve());
    process_.once('close', () => resolve());
  }).then(() => running.delete(process_));
  return {
    pid: process_.pid ?? 0,
    spawnedAt,
    assertAlive: () => {
      if (!running.has(process_)) throw new Error(`${file} ended by itself; it last said:\n${said}`);
    },
    stop: async () => {
      process_.kill('SIGTERM');
      const late = setTimeout(() => process_.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(late);
    },
  };
}

/** For the end of the bench, however it comes. */
export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

export interface Memory {
  readonly rssMb: number;
  /** Its fair share of what it shares with other processes; undefined where the kernel does not tell. */
  readonly pssMb: number | undefined;
}

export function memoryOf(pid: number): Memory {
  const rssMb = megabytes(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmRSS');
  if (rssMb === undefined) throw new Error(`/proc/${pid}/status does not tell VmRSS`);
  try {
    return { rssMb, pssMb: megabytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss') };
  } catch {
    return { rssMb, pssMb: undefined };
  }
}

/** The most that the process held at any time. */
export function peakMemoryOf(pid: number): number {
  const peak = megabytes(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM');
  if (peak === undefined) throw new Error(`/proc/${pid}/status does not tell VmHWM`);
  return peak;
}

function megabytes(text: string, name: string): number | undefined {
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
