/** The words of what an alert was worth. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  ask: 'このアラートに対応は必要でしたか',
  needed: '対応が必要だった',
  notNeeded: '不要だった',
  kept: (needed: number, notNeeded: number) => `記録しました（必要 ${needed}・不要 ${notNeeded}）。`,
  known: 'すでに記録しています。',
};

const en: typeof ja = {
  ask: 'Was there anything to do about this alert',
  needed: 'It was needed',
  notNeeded: 'Not needed',
  kept: (needed, notNeeded) => `Recorded (needed ${needed}, not needed ${notNeeded}).`,
  known: 'You have said so already.',
};

export const hygieneMessages: Record<Locale, typeof ja> = { ja, en };
