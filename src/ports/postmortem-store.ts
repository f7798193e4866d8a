/** What is kept of postmortems: one an incident, and any number without one. */

import type { Postmortem } from '../domain/postmortem.ts';

export interface PostmortemStore {
  /** Keeps a new one, or a new draft of the one that its incident has: then the file is yet to be shared again. */
  keep(postmortem: Postmortem): Promise<Postmortem>;
  byId(id: string): Promise<Postmortem | undefined>;
  byIncident(incidentId: string): Promise<Postmortem | undefined>;
  /** Those begun in the window (epoch ms) that are not private, oldest first. */
  between(from: number, to: number): Promise<readonly Postmortem[]>;
  /** Makes somebody the owner; undefined where another is it already. */
  own(id: string, owner: string): Promise<Postmortem | undefined>;
  uploaded(id: string, fileId: string): Promise<void>;
  shared(id: string, fileUrl: string | undefined): Promise<void>;
  /** The file goes elsewhere: the channel does not take it. */
  move(id: string, channel: string): Promise<void>;
}
