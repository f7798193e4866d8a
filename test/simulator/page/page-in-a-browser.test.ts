/** The demo's page as a visitor uses it, in a real browser. */

import { source as axe } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser, runDemo } from '../../support/browser.ts';
import type { RunningDemo } from '../../support/browser.ts';

jest.setTimeout(90_000);
const path = chromiumPath();
/** Generous: others work on the same two cores. */
const SOON = 30_000;
/** By how much the widest part is wider than its place. */
const WIDEST =
  "Math.max(...[document.documentElement, ...document.querySelectorAll('.scroll, .top, .parts')].map((one) => one.scrollWidth - one.clientWidth))";

if (path === undefined) {
  describe('the page in a browser', () => {
    it.skip('not run: no Chromium here (Debian: apt-get install chromium fonts-noto-cjk)', () => {});
  });
} else {
  describe('the page in a browser', () => {
    let demo: RunningDemo;
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      [demo, browser] = await Promise.all([runDemo(), openBrowser(path)]);
      page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
      page.setDefaultTimeout(SOON);
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(demo.url);
      await page.waitForSelector('body[data-ready]');
    });

    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
    });

    /** What axe finds that keeps people out. */
    async function barriers(): Promise<readonly string[]> {
      await page.evaluate(axe);
      const found: Violation[] = await page.evaluate('axe.run().then(({ violations }) => violations)');
      return found
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    }

    it('A-01 fires an alert: the on-call is mentioned and the runbook stands under it', async () => {
      await page.click('.tour .primary');
      await page.waitForSelector('.side-part .mention.me >> text=田中 健');
      await page.waitForSelector('.side-part .message >> text=📘');
      await page.waitForSelector('.incident.triggered');
    });

    it('has nothing that keeps people out, in light and in dark', async () => {
      expect(await barriers()).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await page.evaluate('getComputedStyle(document.body).colorScheme');
      expect(dark).toBe('dark');
      expect(await barriers()).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('E-02 takes a click: PagerDuty is acknowledged in the name of the one who clicked', async () => {
      await page.click('[data-action="alert.acknowledge"]');
      await page.waitForSelector('.incident.acknowledged >> text=Acknowledged by 田中 健');
      await page.waitForSelector('.side-part .message.calls >> text=確認済み');
    });

    it('fills a modal and submits it: the next level is called', async () => {
      await page.click('[data-action="alert.escalate"]');
      await page.waitForSelector('dialog.modal input');
      expect(await barriers()).toEqual([]);
      await page.fill('dialog.modal input', '権限がありません');
      await page.click('dialog.modal .primary');
      await page.waitForSelector('dialog', { state: 'detached' });
      await page.waitForSelector('.incident >> text=佐藤 花');
      await page.waitForSelector('.side-part .message >> text=権限がありません');
    });

    it('H-07 completes a command and shows its answer to the one who typed it alone', async () => {
      await page.click('[data-channel="C0RANDOM"]');
      await page.fill('#write', '/onc');
      await page.waitForSelector('.completion [role=option] >> text=/oncall');
      await page.press('#write', 'Tab');
      expect(await page.inputValue('#write')).toBe('/oncall ');
      await page.press('#write', 'Enter');
      await page.waitForSelector('.message.whisper >> text=1次');
      await page.selectOption('#as', { label: '鈴木 葵' });
      await page.waitForSelector('.message.whisper', { state: 'detached' });
    });

    it('fits a phone: no part scrolls sideways', async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      await page.click('.parts button:nth-child(2)');
      const parts = await page.locator('.parts button').count();
      for (let part = 1; part <= parts; part += 1) {
        await page.click(`.parts button:nth-child(${part})`);
        const wide = await page.evaluate(WIDEST);
        expect(wide).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    it('J-06 changes its language, and the bot’s', async () => {
      await page.click('#language');
      await page.waitForSelector('html[lang=en] .tour .primary');
      await page.selectOption('#as', { label: 'Ken Tanaka' });
      await page.click('.tour .primary');
      await page.waitForSelector('.side-part .message >> text=please check this alert');
    });

    it('complains of nothing in the console', () => {
      expect(complaints).toEqual([]);
    });
  });
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}
