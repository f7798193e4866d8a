/** conversations.history and conversations.replies: what was said, in pages, with metadata for those who ask. */
import { memberChannel, nextCursor, page } from './access.ts';
import type { Methods } from './access.ts';
import { between, isRoot, messageOnWire } from './message-log.ts';
import { Refusal } from './refusal.ts';
import { flagOf, optionalText, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export const HISTORY_METHODS: Methods = {
  'conversations.history': (args, backend) => {
    const channel = memberChannel(backend, args['channel']);
    const found = between(backend.log.roots(channel.id), rangeOf(args)).toReversed();
    const { items, next } = page(found, args, { standard: 100, most: 999 });
    const withMetadata = flagOf(args['include_all_metadata']);
    return {
      messages: items.map((message) => messageOnWire(message, backend.log, withMetadata)),
      has_more: next !== '',
      pin_count: channel.pins.length,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...(next === '' ? {} : nextCursor(next)),
    };
  },

  'conversations.replies': (args, backend) => {
    const channel = memberChannel(backend, args['channel']);
    const root = backend.log.find(channel.id, textOf(args['ts']));
    if (!root) throw new Refusal('thread_not_found');
    // Asked for a reply, Slack answers that reply alone; asked for a root, the root comes whatever the range.
    const found = isRoot(root) ? [root, ...between(backend.log.replies(channel.id, root.ts), rangeOf(args))] : [root];
    const { items, next } = page(found, args, { standard: 1000, most: 1000 });
    const withMetadata = flagOf(args['include_all_metadata']);
    return {
      messages: items.map((message) => messageOnWire(message, backend.log, withMetadata)),
      has_more: next !== '',
      ...(next === '' ? {} : nextCursor(next)),
    };
  },
};

function rangeOf(args: Fields): { oldest: string | undefined; latest: string | undefined; inclusive: boolean } {
  const oldest = timestampOf(args['oldest'], 'invalid_ts_oldest');
  const latest = timestampOf(args['latest'], 'invalid_ts_latest');
  return { oldest, latest, inclusive: flagOf(args['inclusive']) };
}

function timestampOf(given: unknown, refusal: string): string | undefined {
  const ts = optionalText(given);
  if (ts === undefined || ts === '0' || ts === 'now') return undefined;
  if (!/^\d+(\.\d{1,6})?$/.test(ts)) throw new Refusal(refusal);
  return ts;
}
