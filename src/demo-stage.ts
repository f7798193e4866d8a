/** Sets the demo's stage: a local Slack, a local PagerDuty, their cast, and the bot between them. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './app.ts';
import { loadConfig } from './config/config.ts';
import { words } from './demo-words.ts';
import { createLog } from './logging/pino-log.ts';
import { systemClock } from './ports/clock.ts';
import { CAST, castTeams, furnish } from './simulator/cast.ts';
import { SimulatedClock } from './simulator/clock.ts';
import { startPagerDuty } from './simulator/pagerduty/pagerduty-world.ts';
import { Stage } from './simulator/page/stage.ts';
import type { Locale } from './simulator/page/stage.ts';
import { startSlack } from './simulator/slack/slack-world.ts';

const WEBHOOK_SECRET = 'demo-webhook-secret';
const DAY = 24 * 3_600_000;
const root = join(import.meta.dirname, '..');

export interface SetStage {
  readonly stage: Stage;
  /** Stops the bot, closes both worlds and forgets everything. */
  readonly strike: () => Promise<void>;
}

export async function setStage(locale: Locale): Promise<SetStage> {
  const folder = mkdtempSync(join(tmpdir(), 'toban-demo-'));
  // The story is told at 02:10 at night in Tokyo, whatever the time is here.
  const clock = new SimulatedClock(Math.floor(systemClock.now() / DAY) * DAY + 17 * 3_600_000 + 10 * 60_000);
  const manifest = readFileSync(join(root, locale === 'en' ? 'manifest.en.yml' : 'manifest.yml'), 'utf8');
  const slack = await startSlack({ clock, manifest });
  const pagerduty = await startPagerDuty({ clock });
  furnish({ clock, slack, pagerduty }, locale);
  const members = Object.values(CAST).map(({ slackId }) => slackId);
  slack.addChannel({ id: 'C0INCIDENTS', name: 'incidents', members, botIsMember: true });
  const stopTime = clock.flow(1);
  const environment = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_TOKEN: pagerduty.token,
    PAGERDUTY_API_URL: pagerduty.apiUrl,
    PAGERDUTY_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DATABASE_URL: `file:${join(folder, 'toban.db')}`,
    PORT: '0',
  };
  const loading = loadConfig(
    environment,
    () => `
locale: ${locale}
admins: [${CAST.manager.slackId}]
runbooks: { dir: ${JSON.stringify(join(root, 'runbooks'))} }
handover: { channel: engineers }
incidents: { announce_channel: incidents }
${castTeams(words[locale].payTeam)}`,
  );
  if (loading.kind === 'refused') throw new Error(JSON.stringify(loading.faults));
  const app = await startApp({
    config: loading.config,
    clock,
    // The conversation is the demo; the log would stand in its way, but a fault must be seen.
    log: createLog({ level: 'error', secrets: [], destination: process.stderr }),
    everyMinute: (run) => {
      let cancel = () => {};
      const again = () => {
        cancel = clock.setTimer(60_000, () => void run().finally(again));
      };
      again();
      return async () => cancel();
    },
  });
  pagerduty.deliverTo(`http://127.0.0.1:${app.port}/pagerduty/webhook`, WEBHOOK_SECRET);
  return {
    stage: new Stage({ locale, clock, slack, pagerduty }),
    strike: async () => {
      await app.stop();
      stopTime();
      await slack.close();
      await pagerduty.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
