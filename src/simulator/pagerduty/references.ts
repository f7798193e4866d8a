/** References: how one PagerDuty object names another (`{id, type, summary, self, html_url}`). */
import { apiHome, webHome, type Account } from './account.ts';
import type { Agent, IncidentRecord } from './records.ts';

export interface Reference {
  readonly id: string;
  readonly type: string;
  readonly summary: string;
  readonly self: string;
  readonly html_url: string | null;
}

export function userReference(account: Account, id: string): Reference {
  const name = account.user(id).name;
  return {
    id,
    type: 'user_reference',
    summary: name,
    self: `${apiHome}/users/${id}`,
    html_url: `${webHome}/users/${id}`,
  };
}

export function serviceReference(account: Account, id: string): Reference {
  return {
    id,
    type: 'service_reference',
    summary: account.service(id).name,
    self: `${apiHome}/services/${id}`,
    html_url: `${webHome}/service-directory/${id}`,
  };
}

export function policyReference(account: Account, id: string): Reference {
  return {
    id,
    type: 'escalation_policy_reference',
    summary: account.policy(id).name,
    self: `${apiHome}/escalation_policies/${id}`,
    html_url: `${webHome}/escalation_policies/${id}`,
  };
}

/** A shift-based schedule is named by a type of its own. */
export function scheduleReference(account: Account, id: string): Reference {
  const schedule = account.schedule(id);
  const shifts = schedule.kind === 'shifts';
  return {
    id,
    type: shifts ? 'schedule_v3_reference' : 'schedule_reference',
    summary: schedule.name,
    self: `${apiHome}${shifts ? '/v3' : ''}/schedules/${id}`,
    html_url: `${webHome}/schedules/${id}`,
  };
}

export function priorityReference(account: Account, id: string): Reference {
  return {
    id,
    type: 'priority_reference',
    summary: account.priority(id).name,
    self: `${apiHome}/priorities/${id}`,
    html_url: `${webHome}/account/incident_priorities`,
  };
}

export function incidentReference(incident: IncidentRecord): Reference {
  return {
    id: incident.id,
    type: 'incident_reference',
    summary: `[#${incident.number}] ${incident.title}`,
    self: `${apiHome}/incidents/${incident.id}`,
    html_url: `${webHome}/incidents/${incident.id}`,
  };
}

export function agentReference(account: Account, agent: Agent): Reference | null {
  if (!agent) return null;
  return 'user' in agent ? userReference(account, agent.user) : serviceReference(account, agent.service);
}
