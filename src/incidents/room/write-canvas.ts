/** Keeps the channel's canvas equal to the live status, where the settings ask for one. */

import type { Incident } from '../../domain/incident.ts';
import { ChatError } from '../../ports/chat.ts';
import { mayPass } from '../../ports/rooms.ts';
import type { IncidentDeps } from '../deps.ts';
import { shownTitle, statusMarkdown } from '../status/views.ts';
import type { Notebook } from './notebook.ts';

export async function writeCanvas(
  incident: Incident,
  channel: string,
  notebook: Notebook,
  deps: IncidentDeps,
): Promise<void> {
  if (!deps.settings.canvas) return;
  const markdown = statusMarkdown(incident, deps.style);
  const { canvas } = notebook.seen();
  if (canvas?.refused || canvas?.markdown === markdown) return;
  try {
    const id = await deps.rooms.writeCanvas(channel, {
      ...(canvas?.id ? { canvasId: canvas.id } : {}),
      title: shownTitle(incident, deps.style),
      markdown,
    });
    await notebook.keep({ canvas: { id, markdown } });
  } catch (error) {
    if (!(error instanceof ChatError) || mayPass(error)) throw error;
    // A plan without canvases, or somebody's own canvas: the pinned message says the same.
    deps.log.warn({ incident: incident.id, code: error.code }, 'Slack refused a canvas');
    await notebook.keep({ canvas: { markdown, refused: error.code } });
  }
}
