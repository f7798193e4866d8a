/** Slack messages read as ChatPosts: encoding, links, parts, authors, and anything malformed. */

import { readPost } from '../../src/slack/read-post.ts';
import { seeded } from '../alerts/seeded.ts';

const SELF = { userId: 'UTOBAN', botId: 'BTOBAN', appId: 'ATOBAN' };
const BASE = { type: 'message', channel: 'C1', ts: '1700000000.000100', user: 'U1', text: 'hello' };
const APP = { ...BASE, user: undefined, subtype: 'bot_message', bot_id: 'B1', username: 'Grafana', text: '' };

const nested = (depth: number, wrap: (inner: unknown) => unknown, leaf: unknown): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => wrap(inner), leaf);

describe('the author of a post (A-12)', () => {
  it.each([
    ['a person', BASE, { kind: 'person', id: 'U1' }],
    ['Toban by its user', { ...BASE, user: 'UTOBAN' }, { kind: 'self' }],
    ['Toban by its bot', { ...APP, bot_id: 'BTOBAN' }, { kind: 'self' }],
    ['Toban by its app', { ...BASE, app_id: 'ATOBAN', bot_id: 'B7' }, { kind: 'self' }],
    ['Toban by its profile', { ...BASE, bot_profile: { app_id: 'ATOBAN' } }, { kind: 'self' }],
    ['a webhook', APP, { kind: 'app', botId: 'B1', name: 'Grafana' }],
    [
      'a modern app',
      { ...BASE, bot_id: 'B2', app_id: 'A2', bot_profile: { name: 'Datadog' } },
      { kind: 'app', botId: 'B2', appId: 'A2', name: 'Datadog' },
    ],
    ['an app without a name', { ...BASE, user: undefined, app_id: 'A2' }, { kind: 'app', appId: 'A2', name: 'A2' }],
  ])('is %s', (_name, event, author) => {
    expect(readPost(event, SELF)?.author).toEqual(author);
  });
});

describe('what is read as a post (A-12)', () => {
  it.each([
    'message_deleted',
    'channel_join',
    'channel_leave',
    'channel_topic',
    'channel_purpose',
    'pinned_item',
    'tombstone',
    'bot_add',
    'message_replied',
    '',
  ])('leaves out %s', (subtype) => expect(readPost({ ...BASE, subtype }, SELF)).toBeUndefined());

  it('reads a change as the new message, with its own timestamp', () => {
    const changed = {
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      ts: '1700000099.000000',
      message: { ...BASE, channel: undefined, text: 'new' },
      previous_message: BASE,
    };
    expect(readPost(changed, SELF)).toMatchObject({ ts: BASE.ts, channel: 'C1', edited: true, text: 'new' });
    expect(readPost({ ...changed, message: { ...BASE, subtype: 'tombstone' } }, SELF)).toBeUndefined();
    expect(readPost({ ...changed, message: changed }, SELF)).toBeUndefined();
  });

  it('reads a message of history with the channel beside it', () => {
    const { channel: _channel, ...message } = BASE;
    expect(readPost(message, SELF)).toBeUndefined();
    expect(readPost({ ...message, channel: 'C9' }, SELF)).toMatchObject({ channel: 'C9', edited: false });
  });

  it('knows a reply from the message that heads its thread', () => {
    expect(readPost({ ...BASE, thread_ts: '1600000000.000100' }, SELF)?.threadTs).toBe('1600000000.000100');
    expect(readPost({ ...BASE, subtype: 'thread_broadcast', thread_ts: '1600000000.000100' }, SELF)?.threadTs).toBe(
      '1600000000.000100',
    );
    expect(readPost({ ...BASE, thread_ts: BASE.ts }, SELF)).not.toHaveProperty('threadTs');
  });

  it.each([
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { ...BASE, ts: undefined },
    { ...BASE, ts: 5 },
    { ...BASE, ts: 'now' },
    { ...BASE, channel: {} },
    { ...BASE, channel: '' },
    { ...BASE, user: undefined },
    { ...BASE, user: 3 },
    { ...BASE, type: 'reaction_added' },
    { ...BASE, subtype: {} },
    { ...BASE, subtype: 'message_changed' },
    { ...BASE, subtype: 'message_changed', message: [] },
  ])('leaves out malformed %j', (event) => expect(readPost(event, SELF)).toBeUndefined());
});

describe("Slack's encoding (A-05)", () => {
  it.each([
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&amp;lt;', '&lt;'],
    ['<@U1> <@U2|taro>', '@U1 @taro'],
    ['<#C1|alerts> <#C2>', '#alerts #C2'],
    ['<!here> <!channel|channel> <!subteam^S1|@sre> <!subteam^S2>', '@here @channel @sre @S2'],
    ['<!date^1700000000^{date}^https://x.example|14 Nov>', '14 Nov'],
    ['<https://a.example/?x=1&amp;y=2|CPU | high>', 'CPU | high'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['1 < 2', '1 < 2'],
  ])('%s', (text, plain) => expect(readPost({ ...BASE, text }, SELF)?.text).toBe(plain));

  it('keeps the links that it undoes, once each', () => {
    const text =
      '<https://a.example/?x=1&amp;y=2|A> <https://b.example> <https://a.example/?x=1&amp;y=2|A> see https://c.example/d. <javascript:x|y>';
    expect(readPost({ ...BASE, text }, SELF)?.links).toEqual([
      { url: 'https://a.example/?x=1&y=2', label: 'A' },
      { url: 'https://b.example', label: 'https://b.example' },
      { url: 'https://c.example/d', label: 'https://c.example/d' },
    ]);
  });
});

describe('the parts of a post (A-05)', () => {
  it('are its attachments, with title, texts, fields, colour and footer', () => {
    const attachments = [
      {
        color: '#A30200',
        pretext: 'pre',
        title: 'T &amp; U',
        title_link: 'https://t.example',
        text: 'body <https://b.example|link>',
        fields: [{ title: 'Service', value: 'api' }, null, { title: 3 }],
        footer: 'foot',
        actions: [{ type: 'button', text: 'Open', url: 'https://o.example' }, { text: 'Resolve' }],
      },
      { fallback: 'only this', color: 'zzz' },
    ];
    const post = readPost({ ...APP, attachments }, SELF);
    expect(post?.parts).toEqual([
      {
        title: 'T & U',
        url: 'https://t.example',
        text: 'pre\nbody link\nfoot',
        fields: [{ name: 'Service', value: 'api' }],
        color: 'a30200',
      },
      { text: 'only this', fields: [] },
    ]);
    expect(post?.links.map(({ label }) => label)).toEqual(['T & U', 'link', 'Open']);
  });

  it('keep the summary in `fallback` where it says more than the blocks', () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Memory' } }];
    const read = (fallback: string): string | undefined =>
      readPost({ ...APP, attachments: [{ fallback, blocks }] }, SELF)?.parts[0]?.text;
    expect(read('issue is CLOSED: Memory')).toBe('Memory\nissue is CLOSED: Memory');
    expect(read('[no preview available]')).toBe('Memory');
    expect(read('Memory | https://x.example')).toBe('Memory');
  });

  it('are its blocks of every kind', () => {
    const leaf = {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'see ' },
        { type: 'link', url: 'https://r.example', text: 'R' },
        { type: 'user', user_id: 'U1' },
        { type: 'emoji', name: 'fire' },
      ],
    };
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Head' } },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'sec' },
        fields: [
          { type: 'mrkdwn', text: '*Service:*\napi' },
          { type: 'mrkdwn', text: 'loose' },
        ],
        accessory: { type: 'button', text: { type: 'plain_text', text: 'Go' }, url: 'https://go.example' },
      },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'ctx' },
          { type: 'image', alt_text: 'graph' },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          leaf,
          { type: 'rich_text_list', elements: [leaf] },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'pre' }] },
        ],
      },
      { type: 'markdown', text: 'md [M](https://m.example)' },
      {
        type: 'table',
        rows: [
          [
            { type: 'raw_text', text: 'c1' },
            { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'c2' }] }] },
          ],
        ],
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'Resolve' } },
          { type: 'button', text: { type: 'plain_text', text: 'View' }, url: 'https://v.example' },
        ],
      },
      { type: 'image', alt_text: 'alt', title: { type: 'plain_text', text: 'img' } },
      { type: 'divider' },
      null,
    ];
    const post = readPost({ ...APP, blocks }, SELF);
    expect(post?.parts).toEqual([
      {
        title: 'Head',
        text: 'sec\nloose\nctx graph\nsee R@U1:fire:\n• see R@U1:fire:\nq\npre\nmd M\nc1 | c2\nimg\nalt',
        fields: [{ name: 'Service', value: 'api' }],
      },
    ]);
    expect(post?.links.map(({ label }) => label).sort()).toEqual(['Go', 'M', 'R', 'View']);
  });
});

describe('a hostile event', () => {
  it('is read within bounds, however much it carries (linear work)', () => {
    const big = '<https://e.example/|x>&amp;['.repeat(5_000);
    const attachments = Array.from({ length: 500 }, () => ({
      title: big,
      text: big,
      fallback: big,
      fields: Array.from({ length: 500 }, () => ({ title: 'f', value: big })),
    }));
    const post = readPost(
      {
        ...APP,
        text: big,
        attachments,
        blocks: Array.from({ length: 9_000 }, () => ({ type: 'section', text: { type: 'mrkdwn', text: big } })),
      },
      SELF,
    );
    expect(JSON.stringify(post).length).toBeLessThan(300_000);
    expect(post?.links.length).toBeLessThanOrEqual(100);
  });

  it('is read to a bounded depth', () => {
    const deep = nested(5_000, (inner) => ({ type: 'rich_text_section', elements: [inner] }), {
      type: 'text',
      text: 'bottom',
    });
    expect(readPost({ ...APP, text: 'top', blocks: [{ type: 'rich_text', elements: [deep] }] }, SELF)?.parts).toEqual(
      [],
    );
  });

  it.each([
    ['<'.repeat(100_000)],
    [`<${'*'.repeat(100_000)}x>`],
    [`<https://x|${'*'.repeat(19_000)}x>`],
    ['https://'.repeat(12_000)],
    ['&amp'.repeat(25_000)],
    ['*'.repeat(100_000)],
  ])('of 100 kB of one thing is read within bounds', (text) => {
    const post = readPost(
      {
        ...APP,
        text,
        blocks: [
          { type: 'markdown', text: `[${text}` },
          { type: 'section', fields: [{ type: 'mrkdwn', text }] },
        ],
      },
      SELF,
    );
    expect(post?.text.length).toBeLessThanOrEqual(20_000);
  });

  it('never makes it throw, whatever its shape', () => {
    const seed = 20261123;
    const random = seeded(seed);
    const keys = [
      'type',
      'subtype',
      'text',
      'blocks',
      'attachments',
      'elements',
      'fields',
      'rows',
      'user',
      'bot_id',
      'bot_profile',
      'message',
      'title',
      'title_link',
      'url',
      'color',
      'actions',
      'accessory',
      'options',
      'thread_ts',
      'alt_text',
    ];
    const words = [
      'section',
      'rich_text',
      'context',
      'actions',
      'table',
      'header',
      'markdown',
      'rich_text_list',
      'link',
      'text',
      'message_changed',
      '<!',
      '<@U1|',
      '>',
      '&lt;',
      '*a*',
      'https://',
      '1.2',
    ];
    const any = (depth: number): unknown => {
      switch (random.below(depth > 4 ? 4 : 7)) {
        case 0:
          return null;
        case 1:
          return random.below(100);
        case 2:
          return random.text(words);
        case 3:
          return words[random.below(words.length)];
        case 4:
          return Array.from({ length: random.below(4) }, () => any(depth + 1));
        default:
          return Object.fromEntries(
            Array.from({ length: random.below(6) }, () => [keys[random.below(keys.length)], any(depth + 1)]),
          );
      }
    };
    for (let turn = 0; turn < 4_000; turn += 1) {
      const event = { ...APP, ...(any(0) as object), channel: 'C1', ts: '1.2', blocks: any(1), attachments: any(1) };
      let thrown: unknown;
      try {
        readPost(event, SELF);
        readPost({ ...event, subtype: 'message_changed', message: any(0) }, SELF);
      } catch (cause) {
        thrown = cause;
      }
      expect({ seed, turn, thrown }).toEqual({ seed, turn, thrown: undefined });
    }
  });
});
