/** What people and other apps post in the local Slack, and the events that come of it. */
import { WebClient } from '@slack/web-api';
import { QUIET, smallWorkspace } from './slack-workspace.ts';

describe('posts in the local Slack', () => {
  it('has the shape of today’s apps, of webhooks, and of a given event', async () => {
    const { world } = await smallWorkspace();
    const modern = world.postAsApp('alerts', { appId: 'A1', botId: 'B1', userId: 'U1', text: '<@U0TARO> & <x>' });
    const older = world.postAsApp('alerts', {
      appId: 'A2',
      botId: 'B2',
      username: 'Grafana',
      attachments: [{ text: 'x' }],
    });
    const raw = world.postRaw('C0ALERTS', {
      type: 'message',
      subtype: 'bot_message',
      bot_id: 'BGRAF',
      text: '',
      channel: 'C1',
      ts: '1.0',
      attachments: [],
    });
    const [one, two, three] = world.events.map(({ event }) => event);
    expect(one).toMatchObject({
      ts: modern,
      app_id: 'A1',
      bot_id: 'B1',
      user: 'U1',
      bot_profile: { app_id: 'A1' },
      text: '<@U0TARO> & <x>',
    });
    expect(one).not.toHaveProperty('subtype');
    expect(two).toMatchObject({
      ts: older,
      subtype: 'bot_message',
      username: 'Grafana',
      attachments: [{ id: 1, fallback: 'x' }],
    });
    expect(two).not.toHaveProperty('user');
    expect(three).toMatchObject({ ts: raw, channel: 'C0ALERTS', bot_id: 'BGRAF', event_ts: raw });
    expect([modern, older, raw]).toEqual([modern, older, raw].toSorted());
    const client = new WebClient(world.botToken, { slackApiUrl: world.apiUrl, logger: QUIET });
    expect((await client.bots.info({ bot: 'B2' })).bot?.name).toBe('Grafana');
    await world.close();
  });

  it('tells of edits and deletions, and keeps the mentions of the first post apart', async () => {
    const { world } = await smallWorkspace();
    const ts = world.postAsUser('alerts', 'U0TARO', 'before <@U0HANAKO>');
    world.editMessage('alerts', ts, { text: 'after', blocks: [] });
    expect(world.message('alerts', ts)).toMatchObject({ text: 'after', firstMentions: ['U0HANAKO'] });
    expect(world.mentions(world.message('alerts', ts) ?? {})).toEqual([]);
    world.postAsUser('alerts', 'U0TARO', 'reply', { threadTs: ts });
    world.deleteMessage('alerts', ts);
    expect(world.message('alerts', ts)?.subtype).toBe('tombstone');
    expect(world.events.map(({ event }) => event['subtype'])).toEqual([
      undefined,
      'message_changed',
      undefined,
      'message_deleted',
    ]);
    expect(world.events[1]?.event).toMatchObject({
      message: { text: 'after' },
      previous_message: { text: 'before <@U0HANAKO>' },
    });
    expect(world.events[3]?.event).toMatchObject({ deleted_ts: ts });
    await world.close();
  });

  it('keeps metadata out of events, and tells the feed of everything', async () => {
    const { world } = await smallWorkspace();
    const kinds: string[] = [];
    const stop = world.on(({ kind }) => kinds.push(kind));
    const client = new WebClient(world.botToken, { slackApiUrl: world.apiUrl, logger: QUIET });
    await client.chat.postMessage({
      channel: 'C0ALERTS',
      text: 'x',
      metadata: { event_type: 'key', event_payload: { id: '1' } },
    });
    expect(JSON.stringify(world.events)).not.toContain('event_payload');
    expect(kinds).toEqual(expect.arrayContaining(['message', 'delivery', 'call']));
    stop();
    world.postAsUser('alerts', 'U0TARO', 'unseen');
    expect(kinds.filter((kind) => kind === 'message')).toHaveLength(1);
    await world.close();
  });
});
