/** Announcements between their writing and their sending. */

import type { AnnouncementDraft } from '../domain/announcement.ts';

export interface AnnouncementStore {
  keep(draft: AnnouncementDraft): Promise<void>;
  byId(id: string): Promise<AnnouncementDraft | undefined>;
}
