/** Joins Slack to the doctor: /oncall doctor and /oncall config, for whoever asks. */

import type { Locale } from '../domain/locale.ts';
import type { ChatListeners } from '../ports/chat.ts';
import type { Finding } from './finding.ts';
import { messages } from './messages.ts';
import { findingContent, settingsContent } from './views.ts';

export interface DoctorListenerDeps {
  readonly examine: () => Promise<readonly Finding[]>;
  /** The settings in force as lines of YAML, without secrets (O-01). */
  readonly settings: () => readonly string[];
  readonly locale: Locale;
}

const DOCTOR_WORDS = ['doctor', '診断'] as const;
const CONFIG_WORDS = ['config', '設定'] as const;

export function registerDoctor(listeners: ChatListeners, deps: DoctorListenerDeps): void {
  const help = (line: 'helpDoctor' | 'helpConfig') => ({ ja: messages.ja[line], en: messages.en[line] });
  /** Whoever asks while an examination runs gets its findings. */
  let running: Promise<readonly Finding[]> | undefined;
  const examine = (): Promise<readonly Finding[]> => {
    running ??= deps.examine().finally(() => {
      running = undefined;
    });
    return running;
  };
  listeners.onCommand(DOCTOR_WORDS, async () => findingContent(await examine(), deps.locale), help('helpDoctor'));
  listeners.onCommand(CONFIG_WORDS, async () => settingsContent(deps.settings(), deps.locale), help('helpConfig'));
}
