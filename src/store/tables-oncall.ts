/** The tables of the on-call features as Kysely sees them. */

export interface OncallTables {
  /** One row: the coming weeks as they were last read. */
  readonly agenda: { id: string; pages: string };
}
