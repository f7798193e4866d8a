/** The library: the runbooks of one folder, kept equal to the disk while the bot runs. */

import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Runbook, RunbookFault } from '../domain/runbook.ts';
import type { CancelTimer, Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { codeOf, listPages } from './disk.ts';
import type { FoundFile, Listing } from './disk.ts';
import { readRunbook } from './front-matter.ts';
import type { RunbookReading } from './front-matter.ts';

const POLL_MS = 30_000;
/** An editor or a git checkout writes several times in a row. */
const SETTLE_MS = 200;
/** Beyond this many folders the poll alone has to do. */
const MAX_WATCHED = 256;

export interface RunbookLibrary {
  /** In the order of their paths; the same array until something changes. */
  runbooks(): readonly Runbook[];
  faults(): readonly RunbookFault[];
  /** Resolves once the folder has been read for the first time. */
  readonly loaded: Promise<void>;
  /** Reads what changed on disk; calls that overlap share one reading, which sees everything written before the last call. */
  reload(): Promise<'changed' | 'same'>;
  stop(): void;
}

export interface StartableLibrary extends RunbookLibrary {
  start(): void;
}

interface Kept {
  readonly stamp: string;
  readonly reading: RunbookReading;
}

/** Resolves once the folder has been read for the first time. A folder that is not there is a fault, and is looked for again. */
export async function openLibrary(deps: { dir: string; clock: Clock; log: Log }): Promise<RunbookLibrary> {
  const library = createLibrary(deps);
  library.start();
  await library.loaded;
  return library;
}

/** A library without pages until it is started, so that reading many of them holds up nobody. */
export function createLibrary(deps: { dir: string; clock: Clock; log: Log }): StartableLibrary {
  const { dir, clock, log } = deps;
  let runbooks: readonly Runbook[] = [];
  let faults: readonly RunbookFault[] = [];
  let kept = new Map<string, Kept>();
  let running: Promise<'changed' | 'same'> | undefined;
  let again = false;
  let stopped = false;
  let cancelPoll: CancelTimer = () => {};
  let cancelSettle: CancelTimer | undefined;
  const watchers = new Map<string, FSWatcher>();

  const show = (nextRunbooks: readonly Runbook[], nextFaults: readonly RunbookFault[]): void => {
    const known = new Set(faults.map(keyOf));
    for (const fault of nextFaults) {
      if (known.has(keyOf(fault))) continue;
      log.warn({ path: fault.path, line: fault.line, reason: fault.message }, 'runbook was refused');
    }
    runbooks = nextRunbooks;
    faults = nextFaults;
  };

  const readOnce = async (): Promise<'changed' | 'same'> => {
    let listing: Listing;
    try {
      listing = await listPages(dir);
    } catch (error) {
      const fault = { path: dir, message: `the runbook folder cannot be read (${codeOf(error)})` };
      const same = faults.length === 1 && faults[0] !== undefined && keyOf(faults[0]) === keyOf(fault);
      // What was read before stays: a folder may be away for a moment while a checkout swaps it.
      show(runbooks, [fault]);
      watchFolders([]);
      return same ? 'same' : 'changed';
    }
    const next = new Map<string, Kept>();
    for (const file of listing.files) {
      const before = kept.get(file.path);
      next.set(file.path, before?.stamp === file.stamp ? before : { stamp: file.stamp, reading: await readPage(file) });
    }
    const readings = [...next.values()].map(({ reading }) => reading);
    const nextFaults = [
      ...listing.faults,
      ...readings.flatMap((reading) => (reading.kind === 'fault' ? [reading.fault] : [])),
    ];
    const samePages = next.size === kept.size && [...next].every(([path, page]) => kept.get(path) === page);
    const sameFaults = nextFaults.map(keyOf).join('\n') === faults.map(keyOf).join('\n');
    const nextRunbooks = readings.flatMap((reading) => (reading.kind === 'runbook' ? [reading.runbook] : []));
    kept = next;
    show(samePages ? runbooks : nextRunbooks, nextFaults);
    watchFolders(listing.folders);
    return samePages && sameFaults ? 'same' : 'changed';
  };

  const reload = (): Promise<'changed' | 'same'> => {
    if (stopped) return Promise.resolve('same');
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      let outcome: 'changed' | 'same' = 'same';
      try {
        do {
          again = false;
          if ((await readOnce()) === 'changed') outcome = 'changed';
        } while (again && !stopped);
      } finally {
        running = undefined;
      }
      if (outcome === 'changed') log.info({ runbooks: runbooks.length, faults: faults.length }, 'runbooks were read');
      return outcome;
    })();
    return running;
  };

  const reloadSoon = (): void => {
    if (stopped || cancelSettle) return;
    cancelSettle = clock.setTimer(SETTLE_MS, () => {
      cancelSettle = undefined;
      void reload();
    });
  };

  const watchFolders = (folders: readonly string[]): void => {
    const wanted = new Set(stopped ? [] : folders.slice(0, MAX_WATCHED));
    for (const [folder, watcher] of watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of wanted) {
      if (watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, { persistent: false }, reloadSoon);
        // Network drives and a full inotify table end here; the poll goes on.
        watcher.on('error', () => {
          watcher.close();
          watchers.delete(folder);
        });
        watchers.set(folder, watcher);
      } catch (error) {
        log.debug({ folder, code: codeOf(error) }, 'runbook folder was not watched');
      }
    }
  };

  const poll = (): void => {
    if (stopped) return;
    cancelPoll = clock.setTimer(POLL_MS, poll);
    void reload();
  };

  let nowLoaded = () => {};
  const loaded = new Promise<void>((resolve) => {
    nowLoaded = resolve;
  });

  return {
    loaded,
    start: () => {
      void reload().then(() => {
        if (!stopped) cancelPoll = clock.setTimer(POLL_MS, poll);
        nowLoaded();
      });
    },
    runbooks: () => runbooks,
    faults: () => faults,
    reload,
    stop: () => {
      stopped = true;
      cancelPoll();
      cancelSettle?.();
      watchFolders([]);
    },
  };
}

async function readPage(file: FoundFile): Promise<RunbookReading> {
  try {
    return readRunbook(file.path, await readFile(file.location));
  } catch (error) {
    return { kind: 'fault', fault: { path: file.path, message: `the file cannot be read (${codeOf(error)})` } };
  }
}

function keyOf(fault: RunbookFault): string {
  return `${fault.path}:${fault.line ?? ''}:${fault.message}`;
}
