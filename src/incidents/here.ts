/** The incident that a person means: by the channel they are in, or by the button they pressed. */

import type { Incident } from '../domain/incident.ts';
import type { Press } from '../ports/chat.ts';
import { ChatError } from '../ports/chat.ts';
import type { IncidentDeps } from './deps.ts';

export async function pressedIncident(press: Pick<Press, 'value'>, deps: IncidentDeps): Promise<Incident | undefined> {
  const id = Number(press.value);
  return Number.isInteger(id) ? deps.store.byId(id) : undefined;
}

/** To the one person, where they pressed; a person who cannot be told there is told directly. */
export async function whisper(
  to: { readonly userId: string; readonly channel: string; readonly threadTs?: string },
  text: string,
  deps: Pick<IncidentDeps, 'chat' | 'log'>,
): Promise<void> {
  try {
    const { userId, channel, threadTs } = to;
    await deps.chat.whisper({ userId, channel, ...(threadTs ? { threadTs } : {}) }, { text });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    deps.log.warn({ code: error.code }, 'somebody could not be answered where they pressed');
  }
}
