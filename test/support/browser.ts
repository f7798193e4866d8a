/** A Chromium and a running demo for the tests of the page. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../..');
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Where a Chromium is; CHROMIUM names another place, and BROWSER_TESTS=required says that there must be one. */
export function chromiumPath(): string | undefined {
  const found = [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
  if (!found && process.env['BROWSER_TESTS'] === 'required')
    throw new Error(`BROWSER_TESTS=required, and there is no Chromium at ${PLACES.join(', ')}`);
  return found;
}

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface RunningDemo {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** `npm run demo` as a visitor starts it, on a free port. */
export function runDemo(...options: readonly string[]): Promise<RunningDemo> {
  const child = spawn(process.execPath, [join(ROOT, 'src/demo.ts'), '--stay', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (url) resolve({ url, stop: () => end(child) });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code} before its page stood: ${said}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
