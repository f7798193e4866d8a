/** The tables of the on-call features as Kysely sees them. */

export interface OncallTables {
  /** One row: the coming weeks as they were last read. */
  readonly agenda: { id: string; pages: string };
  readonly feed: { token_hash: string; user_id: string; subject: string; issued_at: number };
}
