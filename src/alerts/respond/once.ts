/** Makes of two presses one action: the second, while the first runs, is told so and does nothing (E-06). */

import type { AlertDeps } from '../deps.ts';
import type { Acted } from '../act.ts';
import { messages } from '../messages.ts';

export interface Presser {
  readonly userId: string;
  readonly channel: string;
  readonly threadTs?: string;
}

export type Once = (what: string, alertId: string, who: Presser, act: () => Promise<Acted>) => Promise<void>;

export function createOnce(deps: AlertDeps): Once {
  const running = new Set<string>();
  return async (what, alertId, who, act) => {
    const key = `${what}:${alertId}`;
    if (running.has(key)) {
      await deps.chat.whisper(who, { text: messages[deps.style.locale].already.running });
      return;
    }
    running.add(key);
    try {
      const acted = await act();
      if (acted.kind === 'said') await deps.chat.whisper(who, { text: acted.text });
    } finally {
      running.delete(key);
    }
  };
}
