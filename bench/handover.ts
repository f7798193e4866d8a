/** Measures the first handover of a company of 50 teams and 200 people beside one of a single team, each in a start of its own. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatedClock } from '../src/simulator/clock.ts';
import { startPagerDuty } from '../src/simulator/pagerduty/pagerduty-world.ts';
import type { PagerDutyWorld } from '../src/simulator/pagerduty/pagerduty-world.ts';
import { startSlack } from '../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../src/simulator/slack/slack-world.ts';
import { memoryOf, startChild } from './child.ts';
import { median, rounded } from './statistics.ts';

const ROOT = join(import.meta.dirname, '..');
const PEOPLE_IN_A_TEAM = 4;
const ASKED = 20;
/** Until the coming weeks are read as well. */
const REST_MS = 3_000;
const CHANNEL = 'C0ENGINEERS';

export interface HandoverFigures {
  readonly teams: number;
  readonly people: number;
  /** From the spawn of the process until the whole post stands. */
  readonly postedMs: number;
  readonly messages: number;
  /** Up to the post; further pages of a list are counted apart. */
  readonly queries: number;
  readonly pages: number;
  /** From the command to its answer, p50; and PagerDuty's calls while it was asked. */
  readonly oncallMs: number;
  readonly oncallQueries: number;
  readonly rssMb: number;
}

export async function measureHandover(teams: number): Promise<HandoverFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'toban-bench-'));
  const clock = new SimulatedClock(Date.now());
  const stopFlow = clock.flow(1);
  const slack = await startSlack({ clock, manifest: readFileSync(join(ROOT, 'manifest.yml'), 'utf8'), tiers: false });
  const pagerduty = await startPagerDuty({ clock });
  furnish(teams, slack, pagerduty, clock.now());
  const child = await launch(teams, dir, slack, pagerduty);
  try {
    const posts = () => slack.history(CHANNEL);
    await waitFor(() => /"action_id":"handover\.write_note"/.test(JSON.stringify(posts().at(-1)?.blocks ?? [])), child);
    const postedMs = Math.round(performance.now() - child.spawnedAt);
    const { queries, pages } = counted(pagerduty);
    await atRest(pagerduty);
    const before = pagerduty.calls.filter(isOnCall).length;
    const answers: number[] = [];
    for (let index = 0; index < ASKED; index++) {
      const [asked, known] = [performance.now(), slack.ephemerals.length];
      await slack.command('U0PERSON0', CHANNEL, '/oncall', 'now');
      await waitFor(() => slack.ephemerals.length > known, child);
      answers.push(performance.now() - asked);
    }
    return {
      teams,
      people: teams * PEOPLE_IN_A_TEAM,
      postedMs,
      messages: posts().length,
      queries,
      pages,
      oncallMs: rounded(median(answers)),
      oncallQueries: pagerduty.calls.filter(isOnCall).length - before,
      rssMb: rounded(memoryOf(child.pid).rssMb),
    };
  } finally {
    await child.stop();
    stopFlow();
    await slack.close();
    await pagerduty.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Without a further call of the plan for a while. */
async function atRest(pagerduty: PagerDutyWorld): Promise<void> {
  for (let count = -1; count !== pagerduty.calls.filter(isOnCall).length;) {
    count = pagerduty.calls.filter(isOnCall).length;
    await sleep(REST_MS);
  }
}

type Call = PagerDutyWorld['calls'][number];

const isOnCall = ({ path }: Call) => path === '/oncalls';

/** Without the look at open incidents, which goes by its own clock. */
function counted({ calls }: PagerDutyWorld): { queries: number; pages: number } {
  const asked = calls.filter(({ path }) => path !== '/incidents');
  const later = asked.filter(({ query }) => Number(query['offset']?.[0] ?? 0) > 0);
  return { queries: asked.length - later.length, pages: later.length };
}

/** Daily rotations that change at midnight in Tokyo, and a second level of the whole team. */
function furnish(teams: number, slack: SlackWorld, pagerduty: PagerDutyWorld, now: number): void {
  const day = 24 * 3_600_000;
  const handoff = Math.floor((now + 9 * 3_600_000) / day) * day - 9 * 3_600_000 - 30 * day;
  const people = Array.from({ length: teams * PEOPLE_IN_A_TEAM }, (_, index) => index);
  for (const one of people) {
    const email = `person${one}@corp.example`;
    slack.addUser({ id: `U0PERSON${one}`, name: `person${one}`, realName: `Person ${one}`, email });
    pagerduty.addUser({ id: `PPERSON${one}`, name: `Person ${one}`, email, timeZone: 'Asia/Tokyo' });
  }
  slack.addChannel({ id: CHANNEL, name: 'engineers', members: ['U0PERSON0'], botIsMember: true });
  for (let team = 0; team < teams; team++) {
    const members = people.slice(team * PEOPLE_IN_A_TEAM, (team + 1) * PEOPLE_IN_A_TEAM).map((one) => `PPERSON${one}`);
    const schedule = `PSCHED${team}`;
    const rotation = { users: members, handoff, everySeconds: 24 * 3600 };
    pagerduty.addSchedule({ id: schedule, name: schedule, timeZone: 'Asia/Tokyo', kind: 'layers', rotation });
    const levels = [
      { timeoutMinutes: 5, targets: [{ schedule }] },
      { timeoutMinutes: 10, targets: members.slice(1).map((user) => ({ user })) },
    ];
    pagerduty.addEscalationPolicy({ id: `PPOLICY${team}`, name: `Team ${team}`, levels });
  }
}

async function launch(teams: number, dir: string, slack: SlackWorld, pagerduty: PagerDutyWorld) {
  const list = Array.from({ length: teams }, (_, team) => `  team${team}: { escalation_policy: PPOLICY${team} }`);
  // Midnight: the post of today is due as soon as the bot runs.
  const file = ['handover: { channel: engineers, at: "00:00" }', 'teams:', ...list].join('\n');
  writeFileSync(join(dir, 'toban.yml'), file);
  return startChild(join(ROOT, 'bin/toban.mjs'), [], {
    cwd: dir,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PAGERDUTY_TOKEN: pagerduty.token,
      PAGERDUTY_API_URL: pagerduty.apiUrl,
      DATABASE_URL: `file:${join(dir, 'toban.db')}`,
      PORT: String(await freePort()),
      TOBAN_CONFIG: join(dir, 'toban.yml'),
    },
  });
}

async function waitFor(found: () => boolean, child: { assertAlive(): void }): Promise<void> {
  const began = performance.now();
  while (!found()) {
    child.assertAlive();
    if (performance.now() - began > 60_000) throw new Error('Nothing came within a minute');
    await sleep(2);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
