/** The tables of handovers as Kysely sees them. */

export interface HandoverTables {
  readonly handover: { day: string; post: string; key: string; report: string };
  readonly handover_turn: {
    day: string;
    team: string;
    post: string;
    confirmed_by: string | null;
    confirmed_name: string | null;
    confirmed_at: number | null;
  };
  readonly handover_note: {
    id: string;
    team: string;
    kind: string;
    text: string;
    slack_id: string;
    name: string;
    written_at: number;
    closed_at: number | null;
    closed_by: string | null;
  };
  readonly shift_told: { team: string; shifts: string; until: number; holders: string; version: number };
}
