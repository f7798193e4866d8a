/** The words of what Toban watches: hand-overs, idle rooms, long threads, people who come late. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  handOver: (from: string, to: string) => `🔄 当番交代 ${from} → ${to}`,
  nobody: '当番なし',
  idle: (who: string, silent: string) => `⏰ ${who} ${silent}投稿がありません。状況を更新してください`,
  archive: (days: string) => `🗄 終息から${days}たちました。このチャンネルをアーカイブしますか？`,
  archiveButton: 'アーカイブ',
  archiveConfirm: {
    title: 'アーカイブ',
    text: 'このチャンネルをアーカイブします。内容は残ります。',
    yes: 'アーカイブ',
    no: '戻る',
  },
  archived: (who: string) => `🗄 ${who} がアーカイブしました`,
  notArchived: 'アーカイブできませんでした。チャンネルの設定を確認してください。',
  stillOpen: 'まだ終息していません。',
  longTalk: '💬 会話が長くなっています。ウォールームを作成しますか？',
  longTalkButton: 'ウォールーム',
  days: (count: number) => `${count}日`,
};

const en: typeof ja = {
  handOver: (from, to) => `🔄 The on-call changed: ${from} → ${to}`,
  nobody: 'nobody',
  idle: (who, silent) => `⏰ ${who} nothing was posted for ${silent}. Please say how things stand`,
  archive: (days) => `🗄 The all clear was ${days} ago. Archive this channel?`,
  archiveButton: 'Archive',
  archiveConfirm: { title: 'Archive', text: 'Archives this channel. What was said stays.', yes: 'Archive', no: 'Back' },
  archived: (who) => `🗄 Archived by ${who}`,
  notArchived: 'The channel could not be archived. Check its settings.',
  stillOpen: 'There is no all clear yet.',
  longTalk: '💬 This is becoming a long talk. Open a war room?',
  longTalkButton: 'War room',
  days: (count) => (count === 1 ? '1 day' : `${count} days`),
};

export const watchMessages = { ja, en } satisfies Record<Locale, unknown>;
