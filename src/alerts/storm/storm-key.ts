/** The outbox keys of a storm. */

/** The storm's one message. */
export function stormKey(stormId: string): string {
  return `storm:${stormId}`;
}

/** A page of the list in its thread, from 0 on. */
export function pageKey(stormId: string, page: number): string {
  return `storm:${stormId}:list:${page}`;
}
