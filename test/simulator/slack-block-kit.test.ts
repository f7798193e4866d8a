/** Block Kit and markup as the local Slack judges them. */
import { blockProblems, checkBlocks } from '../../src/simulator/slack/block-kit.ts';
import { escapeTyped, liveMentions } from '../../src/simulator/slack/markup.ts';
import { checkView } from '../../src/simulator/slack/view-rules.ts';
import { Refusal } from '../../src/simulator/slack/refusal.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (extra: object = {}) => ({ type: 'button', action_id: 'a.b', text: plain('Go'), ...extra });
const option = (value: string) => ({ text: plain(value), value });

describe('Block Kit', () => {
  it('accepts what Slack accepts', () => {
    const blocks = [
      { type: 'header', text: plain('Title') },
      {
        type: 'section',
        block_id: 's',
        text: mrkdwn('*hi*'),
        fields: [mrkdwn('a'), plain('b')],
        accessory: button({ style: 'danger', confirm: { text: plain('Sure?') } }),
      },
      { type: 'divider' },
      {
        type: 'context',
        elements: [mrkdwn('x'), { type: 'image', image_url: 'https://a.example/b.png', alt_text: 'b' }],
      },
      {
        type: 'actions',
        elements: [
          button({ value: '1' }),
          {
            type: 'static_select',
            action_id: 'pick',
            options: [option('1'), option('2')],
            initial_option: option('2'),
          },
        ],
      },
      { type: 'markdown', text: '# hello' },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'U1' },
              { type: 'text', text: 'x', style: { bold: true } },
            ],
          },
        ],
      },
    ];
    expect(blockProblems(blocks, 'message')).toEqual([]);
  });

  it.each([
    [
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      [{ type: 'section', text: mrkdwn('x'.repeat(3001)) }],
    ],
    [
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
    ],
    ['must be more than 0 characters [json-pointer:/blocks/0/text/text]', [{ type: 'section', text: mrkdwn('') }]],
    ['unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]', [{ type: 'header', text: mrkdwn('x') }]],
    ['unsupported type: hologram [json-pointer:/blocks/0/type]', [{ type: 'hologram' }]],
    ['missing required field: text or fields [json-pointer:/blocks/0]', [{ type: 'section' }]],
    [
      'missing required field: text [json-pointer:/blocks/0/elements/0]',
      [{ type: 'actions', elements: [{ type: 'button', action_id: 'x' }] }],
    ],
    ['invalid additional property: colour [json-pointer:/blocks/0]', [{ type: 'divider', colour: 'red' }]],
    [
      'must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]',
      [{ type: 'actions', elements: [button({ style: 'default' })] }],
    ],
    [
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
      [{ type: 'actions', elements: [button({ text: plain('x'.repeat(76)) })] }],
    ],
    [
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
      [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }],
    ],
    [
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` })) }],
    ],
    ['no more than 50 items allowed [json-pointer:/blocks]', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['no fewer than 1 items allowed [json-pointer:/blocks/0/elements]', [{ type: 'context', elements: [] }]],
    [
      'duplicate block_id: b [json-pointer:/blocks/1/block_id]',
      [
        { type: 'divider', block_id: 'b' },
        { type: 'divider', block_id: 'b' },
      ],
    ],
    [
      'action_id `a.b` already exists in this block [json-pointer:/blocks/0]',
      [{ type: 'actions', elements: [button(), button()] }],
    ],
    [
      'initial option does not match any of the options [json-pointer:/blocks/0/accessory]',
      [
        {
          type: 'section',
          text: mrkdwn('x'),
          accessory: { type: 'static_select', options: [option('1')], initial_option: option('2') },
        },
      ],
    ],
    [
      'unsupported type: not available in a message [json-pointer:/blocks/0/type]',
      [{ type: 'alert', text: plain('x') }],
    ],
    [
      'unsupported type: image [json-pointer:/blocks/0/elements/0/type]',
      [{ type: 'actions', elements: [{ type: 'image', image_url: 'https://a.example', alt_text: 'x' }] }],
    ],
    [
      'markdown blocks must be less than 12001 characters together [json-pointer:/blocks]',
      [
        { type: 'markdown', text: 'x'.repeat(7000) },
        { type: 'markdown', text: 'x'.repeat(7000) },
      ],
    ],
  ])('says: %s', (problem, blocks) => {
    expect(blockProblems(blocks, 'message')).toContain(problem);
  });

  it('refuses a message whose blocks are too long together', () => {
    const long = Array.from({ length: 5 }, () => ({ type: 'section', text: mrkdwn('x'.repeat(2900)) }));
    expect(() => checkBlocks(long, 'message')).toThrow(new Refusal('msg_blocks_too_long'));
    expect(() => checkBlocks(long.slice(1), 'message')).not.toThrow();
  });

  it('refuses views with a long title, too many blocks, or inputs without a submit button', () => {
    const view = { type: 'modal', title: plain('T'), blocks: [{ type: 'divider' }] };
    const messages = (given: object): unknown => {
      try {
        checkView(given, 'modal');
      } catch (error) {
        return (error as Refusal).extra['response_metadata'];
      }
      return 'accepted';
    };
    expect(messages(view)).toBe('accepted');
    expect(messages({ ...view, title: plain('x'.repeat(25)) })).toEqual({
      messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
    });
    expect(messages({ ...view, blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) })).toEqual({
      messages: [expect.stringContaining('no more than 100 items')],
    });
    expect(messages({ ...view, private_metadata: 'x'.repeat(3001) })).toEqual({
      messages: [expect.stringContaining('3001')],
    });
    const input = { type: 'input', label: plain('L'), element: { type: 'plain_text_input', action_id: 'x' } };
    expect(messages({ ...view, blocks: [input] })).toEqual({ messages: [expect.stringContaining('submit')] });
    expect(messages({ ...view, blocks: [{ type: 'markdown', text: 'x' }] })).toEqual({
      messages: [expect.stringContaining('not available in a modal')],
    });
    expect(() => checkView({ ...view, padding: 'x'.repeat(250_000) }, 'modal')).toThrow(new Refusal('view_too_large'));
  });
});

describe('markup', () => {
  it('escapes what a person types, and keeps the mentions that were picked', () => {
    expect(escapeTyped('a & b <@U1> <!here> <script> https://x.example/?a=1&b=2')).toBe(
      'a &amp; b <@U1> <!here> &lt;script&gt; <https://x.example/?a=1&amp;b=2>',
    );
  });

  it('finds live mentions wherever they are, and none that are escaped or plain', () => {
    const message = {
      text: '<@U1> &lt;@U2&gt; <!subteam^S1|@sre>',
      blocks: [
        { type: 'header', text: plain('<@U3>') },
        { type: 'section', text: mrkdwn('<!channel>'), fields: [mrkdwn('<@U4>')] },
        { type: 'context', elements: [mrkdwn('<@U5|five>')] },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'user', user_id: 'U6' },
                { type: 'text', text: '<@U7>' },
                { type: 'broadcast', range: 'here' },
                { type: 'usergroup', usergroup_id: 'S2' },
              ],
            },
          ],
        },
        { type: 'markdown', text: '<@U8>' },
      ],
      attachments: [
        {
          text: '<@U9>',
          title: '<@U10>',
          fields: [{ value: '<!everyone>' }],
          blocks: [{ type: 'section', text: mrkdwn('<@U11>') }],
        },
      ],
    };
    expect(liveMentions(message).toSorted()).toEqual(
      ['S1', 'S2', 'U1', 'U11', 'U4', 'U5', 'U6', 'U8', 'U9', 'channel', 'everyone', 'here'].toSorted(),
    );
  });
});
