/** The strictness of the local Slack's Web API, met with Slack's own WebClient. */
import { ErrorCode, WebClient } from '@slack/web-api';
import type { ConversationsHistoryResponse } from '@slack/web-api';
import type { SimulatedClock } from '../../src/simulator/clock.ts';
import { METHOD_CONTRACTS } from '../../src/simulator/slack/method-contracts.ts';
import { METHODS } from '../../src/simulator/slack/web-api.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';
import contracts from '../contracts/slack-methods.json' with { type: 'json' };
import { MANIFEST, QUIET, smallWorkspace } from './slack-workspace.ts';

const C = 'C0ALERTS';

describe('the Web API of the local Slack', () => {
  let world: SlackWorld;
  let clock: SimulatedClock;
  let client: WebClient;

  beforeEach(async () => {
    ({ world, clock } = await smallWorkspace());
    client = clientOf(world);
  });

  afterEach(() => world.close());

  it('knows the methods as the contracts say', () => {
    expect(METHOD_CONTRACTS).toEqual(contracts);
    expect(Object.keys(METHODS).toSorted()).toEqual(Object.keys(contracts).toSorted());
  });

  it('answers auth.test and refuses bad tokens', async () => {
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      user_id: 'U0TOBAN',
      bot_id: 'B0TOBAN',
      team_id: 'T0TOBAN',
    });
    expect(await refusal(clientOf(world, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await refusal(client.apps.connections.open({}))).toBe('not_allowed_token_type');
    expect(await refusal(clientOf(world, '').auth.test())).toBe('not_authed');
  });

  it('refuses unknown methods, unknown arguments, missing arguments and missing scopes', async () => {
    expect(await refusal(client.apiCall('chat.shout', {}))).toBe('unknown_method');
    const unknown = await data(client.apiCall('chat.postMessage', { channel: C, text: 'x', client_msg_id: 'y' }));
    expect(unknown).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('client_msg_id')] },
    });
    const missing = await data(client.apiCall('chat.update', { channel: C, text: 'x' }));
    expect(missing).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('ts')] },
    });
    const scoped = await smallWorkspace({ manifest: MANIFEST.replace('groups:read, ', '') });
    const narrow = await data(clientOf(scoped.world).conversations.list({ types: 'public_channel,private_channel' }));
    expect(narrow).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
      provided: expect.stringContaining('channels:read'),
    });
    expect((await clientOf(scoped.world).conversations.list({})).ok).toBe(true);
    expect(await refusal(clientOf(scoped.world).chat.postMessage({ channel: C, text: 'x', username: 'other' }))).toBe(
      'missing_scope',
    );
    await scoped.world.close();
  });

  it('lets the bot post only where it may', async () => {
    const post = (channel: string, extra: object = {}) =>
      refusal(client.chat.postMessage({ channel, text: 'x', ...extra }));
    expect(await post('C0OTHER')).toBe('not_in_channel');
    expect(await post('C0SECRET')).toBe('channel_not_found');
    expect(await post('C0NONE')).toBe('channel_not_found');
    expect(await post('C0OLD')).toBe('is_archived');
    expect(await post(C, { thread_ts: '1.000001' })).toBe('thread_not_found');
    expect(await post(C, { text: 'x'.repeat(40_001) })).toBe('msg_too_long');
    expect(await post(C, { text: '', blocks: [{ type: 'divider' }] })).toBe('no_text');
    expect(await post(C, { metadata: { event_type: 'a b', event_payload: {} } })).toBe('invalid_metadata_schema');
    expect(world.messages(C)).toEqual([]);
    expect(await post('U0TARO')).toBeUndefined();
  });

  it('posts at most one message a second in a channel', async () => {
    await client.chat.postMessage({ channel: C, text: 'one' });
    const limited = await client.chat.postMessage({ channel: C, text: 'two' }).catch((error: unknown) => error);
    expect(limited).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 1 });
    clock.advance(1000);
    await client.chat.postMessage({ channel: C, text: 'three' });
    expect(world.messages(C).map(({ text }) => text)).toEqual(['one', 'three']);
    expect(world.calls.map(({ outcome }) => outcome)).toEqual(['ok', '429', 'ok']);
  });

  it('counts calls by tier and minute', async () => {
    for (let count = 0; count < 20; count++) await client.usergroups.list({});
    await expect(client.usergroups.list({})).rejects.toMatchObject({ retryAfter: 3 });
    expect((await client.users.info({ user: 'U0TARO' })).ok).toBe(true);
    clock.advance(3000);
    expect((await client.usergroups.list({})).ok).toBe(true);
  });

  it('edits and deletes only the bot’s own messages', async () => {
    const { ts = '' } = await client.chat.postMessage({
      channel: C,
      text: 'hi <@U0TARO>',
      blocks: section('hi'),
      metadata: { event_type: 'key', event_payload: { id: 'k1' } },
    });
    const theirs = world.postAsUser(C, 'U0TARO', 'mine');
    expect(await refusal(client.chat.update({ channel: C, ts: theirs, text: 'x' }))).toBe('cant_update_message');
    expect(await refusal(client.chat.delete({ channel: C, ts: theirs }))).toBe('cant_delete_message');
    expect(await refusal(client.chat.update({ channel: C, ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    expect(await refusal(client.chat.update({ channel: C, ts: '1.000000', text: 'x' }))).toBe('message_not_found');
    await client.chat.update({ channel: C, ts, text: 'now <@U0HANAKO>' });
    const edited = world.message(C, ts);
    expect(edited).toMatchObject({ firstMentions: ['U0TARO'], edited: { user: 'U0TOBAN' } });
    expect(edited?.blocks).toBeUndefined();
    expect(world.mentions(edited ?? {})).toEqual(['U0HANAKO']);
    const plain = await client.conversations.history({ channel: C });
    const full = await client.conversations.history({ channel: C, include_all_metadata: true });
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
    expect(full.messages?.[1]?.metadata).toEqual({ event_type: 'key', event_payload: { id: 'k1' } });
    await client.chat.delete({ channel: C, ts });
    expect(world.messages(C).map((message) => message.ts)).toEqual([theirs]);
  });

  it('pages through history and threads', async () => {
    const all = Array.from({ length: 5 }, (_, index) => world.postAsUser(C, 'U0TARO', `m${index}`));
    const pages: string[][] = [];
    for await (const page of client.paginate('conversations.history', { channel: C, limit: 2 })) {
      const { messages = [] } = page as ConversationsHistoryResponse;
      pages.push(messages.map(({ ts }) => ts ?? ''));
    }
    expect(pages).toEqual([[all[4], all[3]], [all[2], all[1]], [all[0]]]);
    const range = { channel: C, oldest: all[1] ?? '', latest: all[3] ?? '' };
    expect((await client.conversations.history(range)).messages).toHaveLength(1);
    expect((await client.conversations.history({ ...range, inclusive: true })).messages).toHaveLength(3);
    const root = all[0] ?? '';
    world.postAsUser(C, 'U0TARO', 'reply', { threadTs: root });
    const replies = await client.conversations.replies({ channel: C, ts: root });
    expect(replies.messages?.map(({ text }) => text)).toEqual(['m0', 'reply']);
    expect(replies.messages?.[0]).toMatchObject({ reply_count: 1, thread_ts: root });
    expect((await client.conversations.history({ channel: C })).messages).toHaveLength(5);
    expect(await refusal(client.conversations.history({ channel: C, cursor: 'nonsense' }))).toBe('invalid_cursor');
    expect(await refusal(client.conversations.history({ channel: 'C0OTHER' }))).toBe('not_in_channel');
  });

  it('makes war rooms: create, invite, topic, pins, bookmarks, rename, archive', async () => {
    expect(await refusal(client.conversations.create({ name: 'Bad Name' }))).toBe('invalid_name_specials');
    expect(await refusal(client.conversations.create({ name: 'old' }))).toBe('name_taken');
    const { channel } = await client.conversations.create({ name: 'inc-20260105-0001' });
    const id = channel?.id ?? '';
    expect(channel).toMatchObject({ is_member: true, creator: 'U0TOBAN', is_private: false });
    expect(await data(client.conversations.invite({ channel: id, users: 'U0TARO,U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
      errors: [{ user: 'U0NOBODY' }],
    });
    expect(
      await data(client.conversations.invite({ channel: id, users: 'U0TARO,U0NOBODY', force: true })),
    ).toMatchObject({ ok: true });
    expect(await refusal(client.conversations.invite({ channel: id, users: 'U0TARO' }))).toBe('already_in_channel');
    expect(await refusal(client.conversations.setTopic({ channel: id, topic: 'x'.repeat(251) }))).toBe('too_long');
    await client.conversations.setTopic({ channel: id, topic: 'SEV1' });
    expect((await client.conversations.info({ channel: id })).channel?.topic?.value).toBe('SEV1');
    const { ts = '' } = await client.chat.postMessage({ channel: id, text: 'summary' });
    await client.pins.add({ channel: id, timestamp: ts });
    expect(await refusal(client.pins.add({ channel: id, timestamp: ts }))).toBe('already_pinned');
    await client.bookmarks.add({ channel_id: id, title: 'PagerDuty', type: 'link', link: 'https://pd.example/1' });
    expect(world.channel(id)).toMatchObject({ pins: [ts], bookmarks: [{ title: 'PagerDuty' }], topic: 'SEV1' });
    expect(world.messages(id).map(({ text }) => text)).toEqual(['summary']);
    await client.conversations.rename({ channel: id, name: 'inc-20260105-0001-db' });
    await client.conversations.archive({ channel: id });
    expect(await refusal(client.conversations.archive({ channel: id }))).toBe('already_archived');
  });

  it('finds people and keeps user groups', async () => {
    expect((await client.users.lookupByEmail({ email: 'Taro@corp.example' })).user?.id).toBe('U0TARO');
    expect(await refusal(client.users.lookupByEmail({ email: 'no@corp.example' }))).toBe('users_not_found');
    expect((await client.users.list({})).members?.map(({ id }) => id)).toContain('USLACKBOT');
    expect(await refusal(client.usergroups.users.update({ usergroup: 'S0SRE', users: '' }))).toBe('no_users_provided');
    expect(await refusal(client.usergroups.users.update({ usergroup: 'S0SRE', users: 'U0GONE' }))).toBe(
      'invalid_users',
    );
    await client.usergroups.users.update({ usergroup: 'S0SRE', users: 'U0HANAKO,U0TARO' });
    expect(world.userGroup('S0SRE')?.users).toEqual(['U0HANAKO', 'U0TARO']);
    expect((await client.usergroups.users.list({ usergroup: 'S0SRE' })).users).toEqual(['U0HANAKO', 'U0TARO']);
  });

  it('takes reactions, whispers, permalinks, direct messages, files and canvases', async () => {
    const ts = world.postAsUser(C, 'U0TARO', 'root');
    await client.reactions.add({ channel: C, timestamp: ts, name: 'eyes' });
    expect(await refusal(client.reactions.add({ channel: C, timestamp: ts, name: 'eyes' }))).toBe('already_reacted');
    expect(world.message(C, ts)?.reactions).toEqual([{ name: 'eyes', users: ['U0TOBAN'] }]);
    await client.chat.postEphemeral({ channel: C, user: 'U0TARO', text: 'psst' });
    expect(await refusal(client.chat.postEphemeral({ channel: C, user: 'U0GONE', text: 'psst' }))).toBe(
      'user_not_in_channel',
    );
    expect(world.ephemerals.map(({ text }) => text)).toEqual(['psst']);
    const { permalink } = await client.chat.getPermalink({ channel: C, message_ts: ts });
    expect(permalink).toContain(`/archives/${C}/p${ts.replace('.', '')}`);
    const { channel } = await client.conversations.open({ users: 'U0TARO' });
    await client.chat.postMessage({ channel: channel?.id ?? '', text: 'dm' });
    expect(await refusal(client.conversations.open({ users: 'U0GONE' }))).toBe('user_disabled');
    const upload = await client.filesUploadV2({
      channel_id: C,
      filename: 'oncall.ics',
      file: Buffer.from('BEGIN:VCALENDAR'),
      initial_comment: 'calendar',
    });
    expect(upload.ok).toBe(true);
    const shared = world.messages(C).at(-1);
    expect(shared).toMatchObject({ text: 'calendar', files: [{ name: 'oncall.ics', size: 15 }] });
    expect(world.file(String(shared?.files?.[0]?.['id']))?.content?.toString()).toBe('BEGIN:VCALENDAR');
    const canvas = { channel_id: C, document_content: { type: 'markdown' as const, markdown: '# A' } };
    const { canvas_id: canvasId = '' } = await client.conversations.canvases.create(canvas);
    await client.canvases.edit({
      canvas_id: canvasId,
      changes: [{ operation: 'insert_at_end', document_content: { type: 'markdown', markdown: 'B' } }],
    });
    expect(world.channel(C)?.canvas?.markdown).toBe('# A\nB');
  });

  it('edits canvases section by section, shares them, and deletes them', async () => {
    const markdown = '# Draft\nfirst\n\n## Causes\n- one\n- two';
    const { canvas_id: id = '' } = await client.canvases.create({
      title: 'Draft',
      document_content: { type: 'markdown', markdown },
    });
    const canvas = () => world.canvases.find((one) => one.id === id);
    expect(canvas()?.markdown).toBe(markdown);
    const { sections = [] } = await client.canvases.sections.lookup({
      canvas_id: id,
      criteria: { contains_text: 'Causes', section_types: ['any_header'] },
    });
    expect(sections).toHaveLength(1);
    const section = sections[0]?.id ?? '';
    const document = (text: string) => ({ type: 'markdown' as const, markdown: text });
    const edit = (change: object) => client.canvases.edit({ canvas_id: id, changes: [change as never] });
    await edit({ operation: 'replace', section_id: section, document_content: document('## Why') });
    await edit({ operation: 'rename', title_content: document('Review') });
    expect(canvas()).toMatchObject({ title: 'Review', markdown: '# Draft\nfirst\n\n## Why\n- one\n- two' });
    expect(await refusal(edit({ operation: 'delete', section_id: section }))).toBe('canvas_editing_failed');
    expect(await refusal(edit({ operation: 'insert_after', document_content: document('x') }))).toBe(
      'canvas_editing_failed',
    );
    const access = { canvas_id: id, access_level: 'read' as const };
    await client.canvases.access.set({ ...access, channel_ids: [C] });
    expect(await refusal(client.canvases.access.set({ ...access, user_ids: ['U0NOBODY'] }))).toBe('user_not_found');
    expect(canvas()?.access.get(C)).toBe('read');
    expect((await client.files.info({ file: id })).file?.permalink).toContain(`/docs/T0TOBAN/${id}`);
    await client.canvases.delete({ canvas_id: id });
    expect(await refusal(edit({ operation: 'insert_at_end', document_content: document('x') }))).toBe(
      'canvas_not_found',
    );
  });

  it('says where a file was shared, and gives its content to the bearer alone', async () => {
    const { file_id: file = '', upload_url: url = '' } = await client.files.getUploadURLExternal({
      filename: 'a.ics',
      length: 3,
    });
    await fetch(url, { method: 'POST', body: 'abc' });
    await client.files.completeUploadExternal({ files: [{ id: file }], channel_id: C });
    const info = (await client.files.info({ file })).file;
    expect(info?.shares?.public?.[C]?.[0]?.ts).toBe(world.messages(C).at(-1)?.ts);
    const get = (token: string) => fetch(info?.url_private ?? '', { headers: { authorization: `Bearer ${token}` } });
    expect(await (await get(world.botToken)).text()).toBe('abc');
    expect((await get('xoxb-wrong')).status).toBe(403);
  });

  it('takes JSON bodies as well as forms', async () => {
    const response = await fetch(`${world.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.botToken}` },
      body: JSON.stringify({ channel: C, text: 'json', blocks: section('json') }),
    });
    expect(await response.json()).toMatchObject({
      ok: true,
      message: { text: 'json', blocks: [{ type: 'section', block_id: expect.any(String) }] },
    });
  });
});

describe('faults of the local Slack', () => {
  it('strike as asked, as often as asked, and are on record', async () => {
    const { world, clock } = await smallWorkspace({ messagesPerSecond: 100 });
    const client = clientOf(world);
    const post = (text: string) => client.chat.postMessage({ channel: C, text });
    world.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'fatal_error',
      when: (args) => args['text'] === 'a',
    });
    expect(await refusal(post('b'))).toBeUndefined();
    expect(await refusal(post('a'))).toBe('fatal_error');
    expect(await refusal(post('a'))).toBeUndefined();
    world.faults.add({ method: '*', kind: 'http500' });
    await expect(post('c')).rejects.toMatchObject({ code: ErrorCode.HTTPError, statusCode: 500 });
    world.faults.add({ method: '*', kind: 'rate_limited', retryAfter: 7 });
    await expect(post('d')).rejects.toMatchObject({ retryAfter: 7 });
    world.faults.add({ method: '*', kind: 'refuse' });
    await expect(post('e')).rejects.toMatchObject({ code: ErrorCode.RequestError });
    world.faults.add({ method: '*', kind: 'lost_answer' });
    await expect(post('f')).rejects.toMatchObject({ code: ErrorCode.RequestError });
    world.faults.add({ method: '*', kind: 'slow', delayMs: 2000 });
    const slow = post('g');
    await world.until(() => world.calls.length === 8, 'the slow call');
    expect(world.calls.at(-1)?.outcome).toBe('pending');
    clock.advance(2000);
    expect((await slow).ok).toBe(true);
    world.faults.add({ method: '*', kind: 'hang' });
    const hung = post('h').catch((error: unknown) => error);
    await world.until(() => world.calls.at(-1)?.outcome === 'hang', 'the hanging call');
    expect(world.messages(C).map(({ text }) => text)).toEqual(['b', 'a', 'f', 'g']);
    expect(world.calls.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'fatal_error',
      'ok',
      'http500',
      '429',
      'refuse',
      'lost_answer',
      'ok',
      'hang',
    ]);
    await world.close();
    expect(await hung).toMatchObject({ code: ErrorCode.RequestError });
  });

  it('names what was waited for in vain', async () => {
    const { world } = await smallWorkspace();
    await expect(world.until(() => false, 'the impossible', { timeoutMs: 20 })).rejects.toThrow(/the impossible/);
    await world.close();
  });
});

function clientOf(world: SlackWorld, token = world.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: world.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: QUIET,
  });
}

function section(text: string) {
  return [{ type: 'section', text: { type: 'mrkdwn', text } }];
}

async function data(call: Promise<object>): Promise<unknown> {
  return call.catch((error: unknown) => (error as { data?: unknown }).data ?? error);
}

async function refusal(call: Promise<object>): Promise<string | undefined> {
  return ((await data(call)) as { error?: string }).error;
}
