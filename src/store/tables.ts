/** The tables as Kysely sees them, in portable types only: text ids, epoch-ms integers, JSON as text, 0 or 1. */

import type { Generated } from 'kysely';
import type { HandoverTables } from './tables-handover.ts';
import type { OncallTables } from './tables-oncall.ts';
import type { VitalTable } from './tables-vitals.ts';

export interface Tables extends OncallTables, HandoverTables {
  readonly alert: AlertTable;
  readonly alert_post: AlertPostTable;
  readonly pager_incident: PagerIncidentTable;
  readonly outbox: OutboxTable;
  readonly storm: StormTable;
  readonly seen: { id: string; at: number };
  readonly history_cursor: { channel: string; ts: string };
  readonly roster: { team: string; shifts: string; confirmed_at: number };
  readonly lookup: { kind: string; name: string; slack_id: string | null; at: number };
  readonly timer: TimerTable;
  readonly incident: IncidentTable;
  readonly incident_key: { key: string; incident_id: number };
  readonly incident_event: IncidentEventTable;
  readonly incident_room: { incident_id: number; progress: string };
  readonly thread_talk: ThreadTalkTable;
  readonly postmortem: PostmortemTable;
  readonly checklist_tick: {
    alert_id: string;
    list: string;
    item: string;
    text: string;
    user_id: string;
    at: number;
  };
  readonly runbook_outcome: { alert_id: string; path: string | null; at: number };
  readonly change: { channel: string; ts: string; at: number; summary: string; url: string | null };
  readonly alert_care: AlertCareTable;
  readonly alert_worth: { alert_id: string; user_id: string; worth: string; at: number };
  readonly vital: VitalTable;
  readonly timeline_note: { channel: string; ts: string; incident_id: number };
  readonly announcement: AnnouncementTable;
  readonly runbook_feedback: { alert_id: string; runbook: string; user_id: string; verdict: string; at: number };
}

export interface TimerTable {
  key: string;
  kind: string;
  due_at: number;
  payload: string;
  owner: string | null;
  lease_until: number;
}

/** What is asked for by itself stands beside the snapshot. */
export interface IncidentTable {
  id: Generated<number>;
  number: number;
  state: string;
  channel: string | null;
  unfinished: number;
  snapshot: string;
}

export interface IncidentEventTable {
  id: Generated<number>;
  incident_id: number;
  key: string | null;
  kind: string;
  at: number;
  by: string | null;
  data: string;
}

export interface ThreadTalkTable {
  channel: string;
  thread_ts: string;
  last_ts: string;
  posts: number;
  people: string;
  suggested: number;
}

export interface AlertCareTable {
  alert_id: string;
  replied_by: string | null;
  replied_at: number | null;
  told_at: number | null;
}

export interface AlertTable {
  id: string;
  team: string;
  channel: string;
  ts: string | null;
  reading: string;
  fingerprint: string;
  fired_at: number;
  refires: number;
  last_fired_at: number;
  incident_id: string | null;
  joined_by: string | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  acknowledged_here_only: number;
  resolved_at: number | null;
  level: number;
  mention: string;
  mentioned_at: number;
  suggested: number;
  /** Whom its mention called; null where it called nobody at all. */
  callees: string | null;
  /** As a rank. */
  severity: number | null;
  storm_id: string | null;
}

export interface StormTable {
  id: string;
  team: string;
  channel: string;
  callees: string;
  mention: string;
  severity: number;
  began_at: number;
  ended_at: number | null;
}

export interface AlertPostTable {
  channel: string;
  ts: string;
  alert_id: string;
  role: string;
  fingerprint: string | null;
}

export interface PagerIncidentTable {
  id: string;
  status: string;
  changed_at: number;
  snapshot: string;
}

export interface OutboxTable {
  key: string;
  channel: string;
  thread_ts: string | null;
  broadcast: number;
  priority: number;
  content: string;
  version: number;
  sent_version: number;
  state: string;
  ts: string | null;
  owner: string | null;
  /** Epoch ms until which the owner may be sending. */
  lease_until: number;
  not_before: number;
  attempts: number;
  error: string | null;
  created_at: number;
}

export interface PostmortemTable {
  id: string;
  incident_id: string | null;
  title: string;
  created_by: string | null;
  owner: string | null;
  created_at: number;
  markdown: string;
  channel: string;
  thread_ts: string | null;
  file_id: string | null;
  file_url: string | null;
  shared: number;
  private: number;
}

export interface AnnouncementTable {
  id: string;
  incident_id: number;
  stage: string;
  fields: string;
  next_update_at: number | null;
  by: string;
  created_at: number;
}
