/** The words of who does what. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  modal: {
    title: '作業を始める',
    submit: '開始',
    close: '戻る',
    what: '作業',
    hint: '例: DBのスロークエリ確認',
    who: '担当',
  },
  empty: '作業の内容を書いてください。例: `/oncall doing DBのスロークエリ確認`',
  started: (text: string) => `🔧 作業を始めました: ${text}`,
  done: (text: string) => `✅ 作業を終えました: ${text}`,
  none: '進行中の作業がありません。',
  which: (lines: string) => `どの作業ですか？ \`/oncall done 番号\` で指定してください。\n${lines}`,
  numbered: (id: number, who: string, text: string) => `${id}. ${who} ${text}`,
  help: {
    doing: '`/oncall doing 内容` ウォールームで作業を始める',
    done: '`/oncall done [番号]` 自分の作業を終える',
    who: '`/oncall who` 誰が何をしているかを見る',
  },
};

const en: typeof ja = {
  modal: {
    title: 'Start a task',
    submit: 'Start',
    close: 'Back',
    what: 'Task',
    hint: 'e.g. look at slow queries',
    who: 'Who',
  },
  empty: 'Say what you do, e.g. `/oncall doing look at slow queries`',
  started: (text) => `🔧 Started: ${text}`,
  done: (text) => `✅ Done: ${text}`,
  none: 'Nothing is being done.',
  which: (lines) => `Which one? Use \`/oncall done NUMBER\`.\n${lines}`,
  numbered: (id, who, text) => `${id}. ${who} ${text}`,
  help: {
    doing: '`/oncall doing TEXT` start a task, in a war room',
    done: '`/oncall done [NUMBER]` end your task',
    who: '`/oncall who` see who does what',
  },
};

export const taskMessages = { ja, en } satisfies Record<Locale, unknown>;
