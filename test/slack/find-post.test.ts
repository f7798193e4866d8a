/** Which message of Slack is the one that a doubtful row stands for. */

import type { WebClient } from '@slack/web-api';
import { findPost, METADATA_EVENT } from '../../src/slack/find-post.ts';

const SELF = { userId: 'U0TOBAN', botId: 'B0TOBAN' };
const AT = 1_800_000_000;
const ts = (seconds: number) => `${AT + seconds}.000100`;
const carries = (key: string) => ({ metadata: { event_type: METADATA_EVENT, event_payload: { key } } });
const ours = { user: 'U0TOBAN', bot_id: 'B0TOBAN', text: '🚨 <@U1> look &amp; see' };

function look(messages: readonly object[], row: { threadTs?: string; text?: string } = {}, taken: string[] = []) {
  const asked: { oldest?: string }[] = [];
  const answer = async (args: { oldest?: string }) => {
    asked.push(args);
    return { messages: messages.filter((one) => !args.oldest || Number((one as { ts: string }).ts) >= +args.oldest) };
  };
  const client = { conversations: { history: answer, replies: answer } } as unknown as WebClient;
  const { text = ours.text, ...place } = row;
  const wanted = { key: 'k', channel: 'C1', createdAt: AT * 1000, content: { text }, ...place };
  return findPost(client, wanted, SELF, async (found) => taken.includes(found));
}

describe('a post that may stand', () => {
  it('O-04 is found by its key, also where the clock of the host runs fast', async () => {
    expect(await look([{ ...ours, ts: ts(-840), ...carries('k') }])).toBe(ts(-840));
    expect(await look([{ ...ours, ts: ts(-960), ...carries('k') }])).toBeUndefined();
  });

  it('O-04 is found by its text where Slack withholds the metadata', async () => {
    expect(await look([{ ...ours, ts: ts(1) }])).toBe(ts(1));
    expect(await look([{ ...ours, bot_id: undefined, ts: ts(1) }])).toBe(ts(1));
    expect(await look([{ ...ours, user: undefined, ts: ts(1) }])).toBe(ts(1));
    const thread = [
      { ...ours, ts: ts(-9), thread_ts: ts(-9) },
      { ...ours, ts: ts(1), thread_ts: ts(-9) },
    ];
    expect(await look(thread, { threadTs: ts(-9) })).toBe(ts(1));
  });

  it('O-04 is found by its text as Slack gives it back', async () => {
    const text = ':rotating_light: <@U1> see <https://a.example/x> &amp; &lt;mend&gt;';
    expect(await look([{ ...ours, text, ts: ts(1) }], { text: '🚨 <@U1> see https://a.example/x & <mend>' })).toBe(
      ts(1),
    );
  });

  it('O-04 is no message of another second or another name between colons', async () => {
    const text = 'fired at 12:30:45, prod:web:cpu';
    expect(await look([{ ...ours, text, ts: ts(1) }], { text: 'fired at 12:31:45, prod:web:cpu' })).toBeUndefined();
    expect(await look([{ ...ours, text, ts: ts(1) }], { text: 'fired at 12:30:45, prod:db:cpu' })).toBeUndefined();
  });

  it.each([
    ['of somebody else', { user: 'U1', bot_id: undefined }],
    ['of another app', { user: 'U2', bot_id: 'B2' }],
    ['with another text', { text: 'other' }],
    ['with another key', carries('other')],
    ['in a thread', { thread_ts: ts(-9), subtype: 'thread_broadcast' }],
    ['of long before', { ts: ts(-960) }],
  ])('O-04 is no message %s', async (_what, more) => {
    expect(await look([{ ...ours, ts: ts(1), ...more }])).toBeUndefined();
  });

  it('O-04 is no message of another thread, nor the known one of another row', async () => {
    const reply = { ...ours, ts: ts(1), thread_ts: ts(-20) };
    expect(await look([reply], { threadTs: ts(-9) })).toBeUndefined();
    const old = { ...ours, ts: ts(-960), thread_ts: ts(-9) };
    expect(await look([old], { threadTs: ts(-9) })).toBeUndefined();
    expect(await look([{ ...ours, ts: ts(1) }], {}, [ts(1)])).toBeUndefined();
  });

  it('O-04 is rather the one with the key than one that says the same', async () => {
    const both = [
      { ...ours, ts: ts(2) },
      { ...ours, ts: ts(1), ...carries('k') },
    ];
    expect(await look(both)).toBe(ts(1));
  });
});
