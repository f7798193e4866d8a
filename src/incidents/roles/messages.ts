/** The words of the roles. */

import type { Locale } from '../../domain/locale.ts';
import type { Role } from '../../domain/incident.ts';

const ja = {
  ask: (who: string) =>
    `🧭 IC（インシデントコマンダー）が未定です。引き受けられる人は [ICやります] を押してください ${who}`,
  askAgain: (who: string, minutes: string) => `🧭 ICが未定です（${minutes}経過）${who}`,
  settled: '🧭 ICが決まりました',
  taken: (who: string, role: string) => `🧭 ${role}: ${who}`,
  handedOver: (role: string, from: string, to: string) => `🧭 ${role} 交代 ${from} → ${to}`,
  already: (who: string) => `ICはすでに ${who} です。引き継ぐときは [役割] から変更してください。`,
  same: 'すでにその役割です。',
  modal: { title: '役割', submit: '決定', close: '戻る', role: '役割', who: '担当' },
  button: 'ICやります',
  names: {
    commander: 'インシデントコマンダー（IC）',
    deputy: '副指揮',
    scribe: '書記',
    liaison: '社内・顧客連絡',
  } satisfies Record<Role, string>,
  guide: {
    commander:
      '🧭 ICは作業をせず、意思決定に集中してください。\n• 誰が何をしているかを [作業を始める] で見えるようにする\n• 復旧を最優先にし、迷ったら切り戻す\n• 足りない人を呼び、重大度は迷ったら高い方にする\n• 離れるときは [役割] で引き継ぐ',
    deputy: '🧭 副指揮はICを補佐し、ICが離れるときに代わります。\n• 未回答の依頼と次回更新の時刻を見張る',
    scribe: '📝 書記は出来事を残します。\n• 判断と作業を時刻つきで書く\n• 📌 リアクションで重要な投稿に印を付ける',
    liaison:
      '📣 連絡役は社内と顧客に伝えます。\n• 事実だけを伝え、分からないことは「確認中」と書く\n• 次回更新の時刻を約束し、守る',
  } satisfies Record<Role, string>,
};

const en: typeof ja = {
  ask: (who) => `🧭 There is no incident commander yet. Whoever can lead, press [I take command] ${who}`,
  askAgain: (who, minutes) => `🧭 There is no incident commander after ${minutes} ${who}`,
  settled: '🧭 There is an incident commander now',
  taken: (who, role) => `🧭 ${role}: ${who}`,
  handedOver: (role, from, to) => `🧭 ${role}: ${from} → ${to}`,
  already: (who) => `${who} is the commander already. To hand over, use [Roles].`,
  same: 'They have that role already.',
  modal: { title: 'Roles', submit: 'Give', close: 'Back', role: 'Role', who: 'Who' },
  button: 'I take command',
  names: {
    commander: 'Incident commander (IC)',
    deputy: 'Deputy',
    scribe: 'Scribe',
    liaison: 'Liaison, internal and customers',
  },
  guide: {
    commander:
      '🧭 The commander decides and does not do the work.\n• Keep it visible who does what: [Start a task]\n• Recovery comes first; when unsure, roll back\n• Call in whoever is missing; when unsure, the higher severity\n• When you leave, hand over with [Roles]',
    deputy:
      '🧭 The deputy backs the commander and takes over when they leave.\n• Watch open requests and the promised next update',
    scribe:
      '📝 The scribe keeps what happened.\n• Write decisions and actions with their time\n• Mark what matters with :pushpin:',
    liaison:
      '📣 The liaison tells the company and the customers.\n• Facts only; what is unknown is "being checked"\n• Promise the time of the next update, and keep it',
  },
};

export const roleMessages = { ja, en } satisfies Record<Locale, unknown>;
