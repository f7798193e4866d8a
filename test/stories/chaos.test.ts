/** Slack and PagerDuty that fail at random for two minutes under load: in the end every alert says what PagerDuty says. */

import type { Fault as PagerFault } from '../../src/simulator/pagerduty/faults.ts';
import type { Fault as SlackFault } from '../../src/simulator/slack/faults.ts';
import type { SlackMessage } from '../../src/simulator/slack/message-log.ts';
import { seeded } from '../alerts/seeded.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story } from '../support/story.ts';

jest.setTimeout(90_000);
const SECOND = 1000;
const CHAOS_MS = 120 * SECOND;
const ALERTS = 30;
const CALM = { timeoutMs: 60_000 };
/** Another day, another seed; a failure prints its own. */
const SEEDS = [20_261];

const SLACK_FAULTS: readonly Omit<SlackFault, 'method'>[] = [
  { kind: 'http500' },
  { kind: 'rate_limited', retryAfter: 3 },
  { kind: 'lost_answer' },
  { kind: 'slow', delayMs: 4 * SECOND },
  { kind: 'refuse' },
];
const SLACK_METHODS = [
  'chat.postMessage',
  'chat.postMessage',
  'chat.update',
  'conversations.replies',
  'conversations.history',
];
const PAGER_FAULTS: readonly Omit<PagerFault, 'path'>[] = [
  { kind: 'http500' },
  { kind: 'rate_limited', resetSeconds: 2 },
  { kind: 'slow', delayMs: 4 * SECOND },
  { kind: 'refuse' },
  { kind: 'lost_answer' },
];

interface Fired {
  readonly name: string;
  readonly incident: string;
}

async function begin(): Promise<Story> {
  return new Story({
    webhooks: true,
    flow: 25,
    slackTimeoutMs: 500,
    extra: 'features: { runbooks: false }\nalerts: { mention_budget: { channel: 6, person: 12 } }',
  }).begin();
}

describe('two minutes of chaos', () => {
  it.each(SEEDS)(
    'A-01 A-06 A-11 O-04 end with the truth of PagerDuty and no call made twice, seed %i',
    async (seed) => {
      const story = await begin();
      const { slack, pagerduty, clock } = story;
      const random = seeded(seed);
      const below = (limit: number) => random.below(limit);
      const fired: Fired[] = [];
      const later = (within: number, act: () => void) => void clock.setTimer(below(within), act);
      const live = (name: string) => {
        const open = () => pagerduty.incident(incident).status !== 'resolved';
        const incident = pagerduty.trigger({ service: PAGER.service, title: name });
        fired.push({ name, incident });
        if (below(4) > 0) later(20 * SECOND, () => open() && pagerduty.escalate(incident, 2));
        if (below(3) > 0) later(40 * SECOND, () => open() && pagerduty.acknowledge(incident, CAST.sato.pagerId));
        if (below(3) > 0) later(60 * SECOND, () => open() && pagerduty.resolve(incident, CAST.sato.pagerId));
      };
      const trouble = () => {
        const slackFault = SLACK_FAULTS[below(SLACK_FAULTS.length)];
        const method = SLACK_METHODS[below(SLACK_METHODS.length)] ?? '*';
        if (slackFault) slack.faults.add({ ...slackFault, method, times: 1 + below(2) });
        const pagerFault = PAGER_FAULTS[below(PAGER_FAULTS.length)];
        if (pagerFault) pagerduty.faults.add({ ...pagerFault, path: /./, times: 1 + below(3) });
        pagerduty.loseWebhooks(below(3) === 0);
        pagerduty.duplicateWebhooks(below(3) === 0);
        slack.duplicateEvents(below(3) === 0);
        slack.holdEvents(below(6) === 0);
        if (below(15) === 0) slack.dropSockets();
      };
      try {
        const start = clock.now();
        for (let index = 0; index < ALERTS; index++) {
          const name = `chaos-${seed}-alarm-${String(index).padStart(2, '0')}x`;
          later(CHAOS_MS - 20 * SECOND, () => {
            slack.postAsApp(CHANNELS.alerts, cloudwatch(name));
            live(name);
          });
        }
        for (let at = 0; at < CHAOS_MS; at += 2 * SECOND) clock.setTimer(at, trouble);
        await slack.until(() => clock.now() - start > CHAOS_MS + 65 * SECOND, 'the two minutes', CALM);
        slack.faults.clear();
        pagerduty.faults.clear();
        slack.holdEvents(false);
        slack.duplicateEvents(false);
        pagerduty.loseWebhooks(false);
        pagerduty.duplicateWebhooks(false);
        const own = () => slack.history(CHANNELS.alerts).filter(({ bot_id: id }) => id === slack.identity.botId);
        const wrong = () => {
          const said = own();
          return fired.filter(({ name, incident }) => shownState(said, name) !== pagerduty.incident(incident).status);
        };
        expect(fired).toHaveLength(ALERTS);
        await slack
          .until(() => wrong().length === 0, 'every alert to say what PagerDuty says', CALM)
          .catch((error: unknown) => {
            const states = wrong().map(({ name, incident }) => [
              name,
              shownState(own(), name),
              pagerduty.incident(incident).status,
            ]);
            throw new Error(`seed ${seed}: ${JSON.stringify(states)}`, { cause: error });
          });
        const keys = own().map(keyOf);
        expect({ seed, twice: keys.filter((key, index) => keys.indexOf(key) !== index) }).toEqual({ seed, twice: [] });
        // Each alert called its on-call once: by a message of its own, or in the list of one that called.
        const places = fired.map(({ name }) => own().filter((message) => accountsFor(message, name)).length);
        expect({ seed, places }).toEqual({ seed, places: fired.map(() => 1) });
      } finally {
        await story.end();
      }
    },
  );
});

function keyOf({ metadata }: SlackMessage): string {
  return String((metadata?.['event_payload'] as { key?: unknown } | undefined)?.key);
}

function accountsFor(message: SlackMessage, name: string): boolean {
  return /^alert:|^storm:.*:list:/.test(keyOf(message)) && textOf(message).includes(name);
}

const textOf = ({ text, blocks }: SlackMessage) => `${text}\n${JSON.stringify(blocks ?? [])}`;

/** What the alert's own message says, or its line in the list of a storm. */
function shownState(said: readonly SlackMessage[], name: string): string | undefined {
  const message = said.find((one) => accountsFor(one, name));
  if (!message) return undefined;
  const mark = keyOf(message).startsWith('alert:')
    ? message.text
    : (textOf(message)
        .split(/\n|\\n|"/)
        .find((line) => line.includes(name)) ?? '');
  if (mark.includes('✅ 復旧') || /✅ \d\d:/.test(mark)) return 'resolved';
  if (mark.includes('確認済み') || mark.includes('👀')) return 'acknowledged';
  return 'triggered';
}
