/** The demo's alerts are such as the bot can read: each fires, and its recovery is known for its own. */

import { recogniseAlert } from '../../src/alerts/recognise/recognise-alert.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { CHANNELS } from '../../src/simulator/cast.ts';
import { SCENES } from '../../src/simulator/scenes.ts';
import type { AppPost } from '../../src/simulator/slack/app-posts.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';
import { readPost } from '../../src/slack/read-post.ts';
import { MANIFEST } from './slack-workspace.ts';

const SELF = { userId: 'UTOBAN', botId: 'BTOBAN', appId: 'ATOBAN' };
const scenes = [...new Set([...SCENES.ja, ...SCENES.en])].map(
  (scene) => [`${scene.tool}: ${scene.title}`, scene] as const,
);

describe('the demo’s alerts', () => {
  let slack: SlackWorld;

  beforeAll(async () => {
    slack = await startSlack({
      clock: new SimulatedClock(Date.parse('2026-11-24T02:10:00+09:00')),
      manifest: MANIFEST,
    });
    for (const [name, id] of Object.entries(CHANNELS)) slack.addChannel({ id, name: name.toLowerCase() });
  });

  afterAll(() => slack.close());

  const read = (channel: string, post: AppPost) => {
    const message = slack.message(channel, slack.postAsApp(channel, post));
    const seen = readPost(message, SELF);
    return seen && recogniseAlert(seen);
  };

  it.each(scenes)('A-05 reads %s', (_name, scene) => {
    const firing = read(scene.channel, scene.firing);
    const recovered = read(scene.channel, scene.recovered);
    expect([firing?.state, recovered?.state]).toEqual(['firing', 'resolved']);
    expect(recovered?.fingerprint).toBe(firing?.fingerprint);
  });
});
