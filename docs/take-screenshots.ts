/** Takes the README's screenshots from the running demo, in both languages: `npm run screenshots`. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { CAST, CHANNELS } from '../src/simulator/cast.ts';
import { chromiumPath, openBrowser, runDemo } from '../test/support/browser.ts';

const FOLDER = join(import.meta.dirname, 'images');
const MOST_BYTES = 200_000;
const LANGUAGES = ['ja', 'en'] as const;
const DESKTOP = { width: 1360, height: 800 };
const PHONE = { width: 390, height: 780 };
const SOON = 20_000;

type Language = (typeof LANGUAGES)[number];
const WORDS = {
  ja: {
    title: 'ログインできない',
    said: [
      [CAST.suzuki.slackId, '認証サーバーの CPU が張り付いています'],
      [CAST.sato.slackId, '02:00 のデプロイを切り戻します'],
    ],
  },
  en: {
    title: 'Nobody can log in',
    said: [
      [CAST.suzuki.slackId, 'The auth servers are out of CPU'],
      [CAST.sato.slackId, 'Rolling back the deploy of 02:00'],
    ],
  },
} as const;

type Scheme = 'light' | 'dark';

async function openPage(browser: Browser, url: string, viewport: typeof DESKTOP, colorScheme: Scheme): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1, reducedMotion: 'reduce' });
  page.setDefaultTimeout(SOON);
  await page.goto(url);
  await page.waitForSelector('body[data-ready]');
  return page;
}

/** The same picture each time: nothing half drawn, nothing that blinks. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(2, 2);
  await page.evaluate('document.activeElement?.blur()');
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  spawnSync('pngquant', ['--force', '--strip', '--speed', '1', '--ext', '.png', '128', path]);
  const { size } = statSync(path);
  process.stdout.write(`${name}.png ${Math.round(size / 1000)} kB\n`);
  if (size > MOST_BYTES) throw new Error(`${name}.png is too heavy for a README: install pngquant, or show less`);
}

/** An incident is declared, somebody takes it, and people talk. */
async function takeRoom(page: Page, language: Language): Promise<void> {
  const { title, said } = WORDS[language];
  await page.fill('#write', `/oncall declare ${title}`);
  await page.press('#write', 'Enter');
  await page.waitForSelector('dialog select');
  await page.selectOption('dialog select >> nth=0', { index: 2 });
  await take(page, `declare-${language}`);
  await page.click('dialog footer .primary');
  await page.click('.channel >> text=/^inc-/');
  await page.click('.message.pinned .primary');
  await page.waitForSelector('.message.pinned .mention.me');
  for (const [person, text] of said) {
    await page.selectOption('#as', person);
    await page.fill('#write', text);
    await page.press('#write', 'Enter');
    await page.waitForSelector(`.message >> text=${text}`);
  }
  await page.selectOption('#as', CAST.tanaka.slackId);
  await page.setViewportSize({ ...DESKTOP, height: 1000 });
  await page.waitForSelector('.toast', { state: 'detached' });
  await take(page, `war-room-${language}`);
  await page.setViewportSize(DESKTOP);
}

/** It is over: the all clear is given, and the draft of the postmortem stands in the room. */
async function takeDraft(page: Page, language: Language): Promise<void> {
  await page.click('.message.pinned [data-action="incident.open_all_clear"]');
  await page.waitForSelector('dialog footer .primary');
  await page.click('dialog footer .primary');
  await page.waitForSelector('#messages .file', { timeout: 60_000 });
  await page.click('button.plain >> text=📝');
  await page.waitForSelector('.side-part .canvas');
  await page.waitForSelector('.toast', { state: 'detached' });
  await page.setViewportSize({ ...DESKTOP, height: 1000 });
  await page.evaluate("document.querySelector('#messages .file').scrollIntoView()");
  await take(page, `draft-${language}`);
  await page.setViewportSize(DESKTOP);
}

/** The clock goes on to the morning. */
async function takeHandover(page: Page, language: Language): Promise<void> {
  await page.click(`[data-channel="${CHANNELS.engineers}"]`);
  await page.click('.stage-part .row button >> nth=3');
  await page.waitForSelector('#messages .message [data-action^="handover"]', { timeout: 120_000 });
  await page.waitForSelector('.clock .spin', { state: 'detached' });
  await page.waitForSelector('.toast', { state: 'detached' });
  await take(page, `handover-${language}`);
}

async function shoot(browser: Browser, language: Language): Promise<void> {
  const demo = await runDemo('--lang', language);
  try {
    const page = await openPage(browser, demo.url, DESKTOP, 'light');
    await page.click('.tour .primary');
    await page.waitForSelector('.side-part .message >> text=📘');
    await page.waitForSelector('.side-part [data-action="alert.acknowledge"]');
    await page.waitForSelector('.tour .step >> text=3/6');
    await take(page, `alert-${language}`);
    await page.click('[data-action="alert.acknowledge"]');
    await page.waitForSelector('.incident.acknowledged');
    const phone = await openPage(browser, demo.url, PHONE, 'dark');
    await phone.click('.tour .plain');
    await phone.click('.thread-line');
    await phone.waitForSelector('.side-part .message >> text=📘');
    await phone.evaluate("document.querySelector('.side-part .calls').scrollIntoView()");
    await take(phone, `phone-${language}`);
    await phone.close();
    await page.click('.tour .plain');
    await takeRoom(page, language);
    await takeDraft(page, language);
    await takeHandover(page, language);
  } finally {
    await demo.stop();
  }
}

const path = chromiumPath();
if (path === undefined) throw new Error('There is no Chromium here (Debian: apt-get install chromium fonts-noto-cjk)');
mkdirSync(FOLDER, { recursive: true });
const browser = await openBrowser(path);
try {
  for (const language of LANGUAGES) await shoot(browser, language);
} finally {
  await browser.close();
}
