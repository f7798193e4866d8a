/** A small start: one feature alone, in an app that has its scopes alone, and single features off in a channel (O-05). */

import { parse, stringify } from 'yaml';
import { cutManifest } from '../../src/doctor/manifest.ts';
import type { Manifest } from '../../src/doctor/manifest.ts';
import { FEATURE_NAMES } from '../../src/ports/rights.ts';
import type { FeatureName, Features } from '../../src/ports/rights.ts';
import { document } from '../documents/support/documents.ts';
import { called, CAST, CHANNELS, cloudwatch, Story, TEAMS } from '../support/story.ts';

const MANIFEST = parse(document('manifest.yml')) as Manifest;

let story: Story;
afterEach(() => story.end());

async function only(feature: FeatureName, at: string): Promise<Story> {
  const features = Object.fromEntries(FEATURE_NAMES.map((name) => [name, name === feature])) as Features;
  story = new Story({
    at: Date.parse(at),
    flow: 30,
    manifest: stringify(cutManifest(MANIFEST, features)),
    extra: `admins: [${CAST.manager.slackId}]\nfeatures: ${JSON.stringify(features)}\nhandover: { channel: engineers }`,
  });
  return story.begin();
}

/** Calls that Slack refused for want of a right. */
const refused = () =>
  story.slack.calls.filter(({ outcome }) => /scope|not_allowed/.test(outcome)).map(({ method }) => method);

const answered = async (text: string) => {
  const before = story.slack.ephemerals.length;
  await story.slack.command(CAST.sato.slackId, CHANNELS.random, '/oncall', text);
  return (await story.slack.until(() => story.slack.ephemerals[before], `the answer to ${text}`)).text;
};

describe('one feature alone, with its scopes alone', () => {
  it('O-05 the handover: posted at 10:00, /oncall answers, alerts are nobody’s business', async () => {
    const { slack } = await only('handover', '2026-11-24T09:59:30+09:00');
    await slack.until(() => slack.messages(CHANNELS.engineers)[0], 'the post of the handover', { timeoutMs: 15_000 });
    slack.postAsApp(CHANNELS.alerts, cloudwatch('nobody-called'));
    expect(await answered('')).toContain('📟 オンコール: SRE');
    expect(await answered('doctor')).not.toContain('slack.scopes: ');
    expect(slack.thread(CHANNELS.alerts, slack.messages(CHANNELS.alerts)[0]?.ts ?? '')).toEqual([]);
    expect(refused()).toEqual([]);
  });

  it('O-05 the mention: no runbook, no room', async () => {
    const { slack } = await only('mentions', '2026-11-24T02:10:00+09:00');
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('only-mention'));
    await slack.until(() => called(story, CHANNELS.alerts, ts).includes(CAST.tanaka.slackId), 'the mention');
    const buttons = JSON.stringify(slack.thread(CHANNELS.alerts, ts));
    expect(buttons).not.toContain('runbook.show');
    expect(buttons).not.toContain('incident.');
    expect(refused()).toEqual([]);
  });

  it('O-05 the runbook: steps without a mention', async () => {
    const { slack } = await only('runbooks', '2026-11-24T02:10:00+09:00');
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-aurora-replica-lag AuroraReplicaLag'));
    await slack.until(() => JSON.stringify(slack.thread(CHANNELS.alerts, ts)).includes('runbook.'), 'the runbook', {
      timeoutMs: 15_000,
    });
    expect(called(story, CHANNELS.alerts, ts)).toEqual([]);
    expect(refused()).toEqual([]);
  });

  it('O-05 incidents: nothing is refused for want of a scope', async () => {
    const { slack } = await only('incidents', '2026-11-24T02:10:00+09:00');
    expect(await answered('doctor')).not.toContain('missing_scope');
    expect(slack.sockets).toBe(1);
    expect(refused()).toEqual([]);
  });
});

describe('a feature off in one channel', () => {
  it('O-05 is on in the others', async () => {
    const teams = TEAMS.replace('{ channel: alerts }', '{ channel: alerts, features: { mentions: false } }').replace(
      '{ channel: alerts-pay }',
      '{ channel: alerts-pay, features: { runbooks: false } }',
    );
    story = await new Story({ teams, flow: 8 }).begin();
    const { slack } = story;
    const [here, there] = [CHANNELS.alerts, CHANNELS.alertsPay].map((channel) =>
      slack.postAsApp(channel, cloudwatch('prod-aurora-replica-lag AuroraReplicaLag')),
    );
    const said = (channel: string, ts = '') => JSON.stringify(slack.thread(channel, ts));
    await slack.until(() => said(CHANNELS.alerts, here).includes('runbook.helpful'), 'the runbook', {
      timeoutMs: 15_000,
    });
    await slack.until(() => said(CHANNELS.alertsPay, there).includes('alert.acknowledge'), 'the mention', {
      timeoutMs: 15_000,
    });
    expect(called(story, CHANNELS.alerts, here ?? '')).toEqual([]);
    expect(called(story, CHANNELS.alertsPay, there ?? '')).toEqual([CAST.ito.slackId]);
    expect(said(CHANNELS.alertsPay, there)).not.toContain('runbook.');
  });
});
