/** Which message stands on which incident's timeline, to follow its edits and its deletion. */

export interface NoteStore {
  keep(message: { readonly channel: string; readonly ts: string }, incidentId: number): Promise<void>;
  incidentOf(message: { readonly channel: string; readonly ts: string }): Promise<number | undefined>;
}
