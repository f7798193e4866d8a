/** Measures the demo's page in a real Chromium, beside an empty page of the same server, and the way from a clone to it. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromiumPath, openBrowser, runDemo } from '../test/support/browser.ts';
import { median, rounded } from './statistics.ts';

const ROUNDS = 7;
const MESSAGES = 1000;
const SOON = 60_000;

export interface PageFigures {
  readonly n: number;
  /** From the navigation to the moment in which everything is drawn and takes clicks. */
  readonly usableMs: number;
  readonly emptyMs: number;
  readonly files: number;
  /** As sent (gzip) and as it is. */
  readonly sentKb: number;
  readonly plainKb: number;
  readonly heapMb: number;
  readonly emptyHeapMb: number;
  readonly messages: number;
  readonly heapAfterMb: number;
}

export interface CloneFigures {
  readonly cloneMs: number;
  readonly installMs: number;
  /** From `npm run demo` to the page's address. */
  readonly demoMs: number;
}

interface Taken {
  readonly at: number;
  readonly files: number;
  readonly sent: number;
  readonly plain: number;
}

/** Read in the page: when it was there, and what it took. */
const TAKEN = `(() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const [ready] = performance.getEntriesByName('toban-ready');
  const sum = (field) => all.reduce((total, one) => total + one[field], 0);
  return {
    at: ready ? ready.startTime : all[0].domContentLoadedEventEnd,
    files: all.length, sent: sum('encodedBodySize'), plain: sum('decodedBodySize'),
  };
})()`;

const SAY = `(async () => {
  const headers = { 'content-type': 'application/json' };
  const say = (index) => fetch('/act', { method: 'POST', headers, body: JSON.stringify({
    do: 'say', user: 'U0TANAKA', channel: 'C0RANDOM', text: 'message ' + index + ' <https://example.com|link> *bold*',
  }) });
  for (let index = 0; index < ${MESSAGES}; index += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => say(index + more)));
})()`;

export async function measurePage(): Promise<PageFigures> {
  const path = chromiumPath();
  if (path === undefined) throw new Error('The page is measured in a Chromium, and there is none here');
  const demo = await runDemo();
  const browser = await openBrowser(path);
  try {
    // One round beforehand, so that the files are read for all.
    const usable: Taken[] = [];
    const empty: Taken[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const [whole, nothing] = [await visit(browser, demo.url), await visit(browser, `${demo.url}empty`)];
      if (round >= 0) usable.push(whole);
      if (round >= 0) empty.push(nothing);
    }
    const [first] = usable;
    return {
      n: ROUNDS,
      usableMs: rounded(median(usable.map(({ at }) => at))),
      emptyMs: rounded(median(empty.map(({ at }) => at))),
      files: first?.files ?? 0,
      sentKb: rounded((first?.sent ?? 0) / 1000),
      plainKb: rounded((first?.plain ?? 0) / 1000),
      ...(await memory(browser, demo.url)),
    };
  } finally {
    await browser.close();
    await demo.stop();
  }
}

/** As a new visitor, with nothing kept. */
async function visit(browser: Browser, url: string): Promise<Taken> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  if (!url.endsWith('empty')) await page.waitForSelector('body[data-ready]', { timeout: SOON });
  const taken: Taken = await page.evaluate(TAKEN);
  await context.close();
  return taken;
}

async function memory(
  browser: Browser,
  url: string,
): Promise<Pick<PageFigures, 'heapMb' | 'emptyHeapMb' | 'heapAfterMb' | 'messages'>> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    return rounded((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6);
  };
  await page.goto(`${url}empty`);
  const emptyHeapMb = await heap();
  await page.goto(url);
  await page.click('[data-channel="C0RANDOM"]');
  const heapMb = await heap();
  await page.evaluate(SAY);
  await page.waitForSelector(`#messages >> text=message ${MESSAGES - 1}`, { timeout: SOON });
  const heapAfterMb = await heap();
  await context.close();
  return { heapMb, emptyHeapMb, heapAfterMb, messages: MESSAGES };
}

/** The README's one command on a fresh clone, until the page's address is printed. */
export async function measureClone(): Promise<CloneFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'toban-clone-'));
  const root = join(import.meta.dirname, '..');
  try {
    const clone = join(folder, 'toban');
    const cloneMs = timed(() => execFileSync('git', ['clone', '--quiet', `file://${root}`, clone]));
    const quiet = ['ci', '--no-audit', '--no-fund', '--silent'];
    const installMs = timed(() => execFileSync('npm', quiet, { cwd: clone, stdio: 'ignore' }));
    return { cloneMs, installMs, demoMs: await untilAddress(clone) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(run: () => unknown): number {
  const began = performance.now();
  run();
  return Math.round(performance.now() - began);
}

function untilAddress(cwd: string): Promise<number> {
  const began = performance.now();
  const options = ['run', '-s', 'demo', '--', '--stay', '--port', '0'];
  const child = spawn('npm', options, { cwd, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code}`)));
    child.stdout.once('data', () => {
      const took = Math.round(performance.now() - began);
      child.removeAllListeners('exit');
      child.once('exit', () => resolve(took));
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    });
  });
}
