/** What an incident leaves behind: its log entries, and the occurrences that webhooks report. */
import type { Account } from './account.ts';
import type { Agent, IncidentRecord, LogEntryKind, LogEntryRecord } from './records.ts';
import { incidentData } from './webhook-json.ts';

/** By which way something was done: the REST API, the website or phone, an event, or time running out. */
export type Channel = 'api' | 'website' | 'mobile' | 'timeout' | 'auto' | 'note';

export interface LogDetails {
  readonly agent: Agent;
  readonly channel: Channel | Readonly<Record<string, unknown>>;
  readonly summary: string;
  readonly users?: readonly string[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

export function log(
  account: Account,
  incident: IncidentRecord,
  kind: LogEntryKind,
  details: LogDetails,
): LogEntryRecord {
  const { agent, channel, summary, users = [], extra = {} } = details;
  const entry: LogEntryRecord = {
    id: account.nextId(),
    incident: incident.id,
    kind,
    at: account.now(),
    agent,
    channel: typeof channel === 'string' ? { type: channel } : channel,
    summary,
    users,
    extra,
  };
  incident.updatedAt = entry.at;
  account.logEntries.push(entry);
  account.onLog(entry);
  return entry;
}

/** The incident as it is now is what the webhook will carry, however late it arrives. */
export function report(
  account: Account,
  incident: IncidentRecord,
  type: string,
  agent: Agent,
  data: Record<string, unknown> = incidentData(account, incident),
): void {
  account.onOccurrence({ type, incident: incident.id, agent, at: account.now(), data });
}

export function agentName(account: Account, agent: Agent): string {
  if (!agent) return 'PagerDuty';
  return 'user' in agent ? account.user(agent.user).name : account.service(agent.service).name;
}

export function userNames(account: Account, users: readonly string[]): string {
  return users.length === 0 ? 'nobody' : users.map((user) => account.user(user).name).join(', ');
}

export function setStatus(
  account: Account,
  incident: IncidentRecord,
  status: IncidentRecord['status'],
  agent: Agent,
): void {
  incident.status = status;
  incident.lastStatusChangeAt = account.now();
  incident.lastStatusChangeBy = agent ?? { service: incident.service };
  incident.updatedAt = account.now();
}
