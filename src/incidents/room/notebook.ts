/** What is known of a room's making, kept as it grows. */

import type { RoomProgress } from '../../ports/war-room-store.ts';
import type { IncidentDeps } from '../deps.ts';

export interface Notebook {
  readonly seen: () => RoomProgress;
  readonly keep: (more: Partial<RoomProgress>) => Promise<void>;
}

export async function openNotebook(incidentId: number, deps: Pick<IncidentDeps, 'store'>): Promise<Notebook> {
  let progress = await deps.store.progress(incidentId);
  return {
    seen: () => progress,
    keep: async (more) => {
      progress = { ...progress, ...more };
      await deps.store.saveProgress(progress);
    },
  };
}
