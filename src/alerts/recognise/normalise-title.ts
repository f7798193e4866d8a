/** A title with what varies from one firing to the next taken out: values, counts, times; names of things stay. */

import { fold } from './folding.ts';

const UNIT =
  '(?:%|ms|us|ns|s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hours?|d|days?|kb|mb|gb|tb|kib|mib|gib|k|x|times?|bytes?|rps|qps|秒|分間|分|時間|日間|日|件|回|倍|台|個|通|人|行|円)?';
const VARIES = new RegExp(
  [
    // Kept: addresses, and a number that belongs to the name of a thing ("shard 3", "3号機").
    '(?<kept>\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b|\\b(?:shard|worker|node|host|server|instance|port|replica|partition|pod|disk|db|line|zone|device|rack|cluster|broker|osd|slot)[ #=:]{1,2}\\d{1,9}\\b(?![.,]\\d|\\s?%)|(?:サーバー|サーバ|ノード|ホスト|インスタンス|ワーカー|シャード|レプリカ|ディスク|ポート) ?\\d{1,9}(?![.,]\\d|\\s?%)|\\d{1,4}号(?:機|系))',
    '\\d{4}[-/]\\d{2}[-/]\\d{2}(?:[t ]\\d{2}:\\d{2}(?::\\d{2})?(?:\\.\\d{1,9})?(?:z|[+-]\\d{2}:?\\d{2})?)?',
    '\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?(?: \\d{1,2}:\\d{2}(?::\\d{2})?)?',
    `(?<![a-z0-9_./@-])[+-]?\\d[\\d,.:]{0,40}\\s?${UNIT}(?![a-z0-9_/@-])`,
  ].join('|'),
  'g',
);

// "is DOWN" and "is UP" are the same alert; UptimeRobot adds why, then how long.
const STATE = /\bis (?:now )?(?:down|up|ok|warning|critical|unknown|unreachable|resolved|firing|healthy|unhealthy)\b/g;
const ASIDE = /(?: - reason ?:|\.? it was down for).{0,1000}$/;

export function normaliseTitle(title: string): string {
  return fold(title)
    .replace(ASIDE, '')
    .replace(STATE, 'is ~')
    .replace(VARIES, (...args: unknown[]) => {
      const groups = args.at(-1) as { kept?: string };
      return groups.kept ?? '#';
    })
    .replace(/[\s*_~`"'“”]+/g, ' ')
    .trim();
}
