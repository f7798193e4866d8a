/** The tables of the on-call features as Kysely sees them. */

import type { Generated } from 'kysely';

export interface OncallTables {
  /** One row: the coming weeks as they were last read. */
  readonly agenda: { id: string; pages: string };
  readonly feed: { token_hash: string; user_id: string; subject: string; issued_at: number };
  readonly cover: CoverTable;
  readonly cover_event: { id: Generated<number>; cover_id: string; at: number; actor: string; what: string };
}

export interface CoverTable {
  id: string;
  kind: string;
  team: string;
  asker: string;
  partner: string;
  state: string;
  changes: string;
  start_at: number;
  end_at: number;
  created_at: number;
  changed_at: number;
}
