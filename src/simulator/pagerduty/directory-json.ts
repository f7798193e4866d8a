/** The REST shapes of users, escalation policies, services, priorities and change events. */
import { apiHome, webHome, type Account } from './account.ts';
import { writeInstant } from './instants.ts';
import { policyReference, scheduleReference, serviceReference, userReference } from './references.ts';
import type { ChangeEventRecord, PriorityRecord } from './records.ts';

export type Json = Record<string, unknown>;
export type Includes = ReadonlySet<string>;

/** The full object in place of the reference `reference`: same type without `_reference`, then its own fields. */
export const full = (reference: object, type: string, fields: Json): Json => ({ ...reference, type, ...fields });

export function userJson(account: Account, id: string, include: Includes = new Set()): Json {
  const user = account.user(id);
  const contact = {
    id: `${id}C1`,
    type: 'email_contact_method_reference',
    summary: 'Default',
    self: `${apiHome}/users/${id}/contact_methods/${id}C1`,
    html_url: null,
  };
  const rule = {
    id: `${id}N1`,
    type: 'assignment_notification_rule_reference',
    summary: '0 minutes: channel',
    self: `${apiHome}/users/${id}/notification_rules/${id}N1`,
    html_url: null,
  };
  return full(userReference(account, id), 'user', {
    name: user.name,
    email: user.email,
    time_zone: user.timeZone,
    color: 'green',
    role: user.role,
    avatar_url: `${webHome}/avatars/${id}.png`,
    description: null,
    invitation_sent: false,
    job_title: null,
    teams: [],
    contact_methods: [include.has('contact_methods') ? contactMethodJson(account, id) : contact],
    notification_rules: [
      include.has('notification_rules')
        ? full(rule, 'assignment_notification_rule', {
            start_delay_in_minutes: 0,
            contact_method: contact,
            urgency: 'high',
          })
        : rule,
    ],
  });
}

export function contactMethodJson(account: Account, id: string): Json {
  return {
    id: `${id}C1`,
    type: 'email_contact_method',
    summary: 'Default',
    self: `${apiHome}/users/${id}/contact_methods/${id}C1`,
    html_url: null,
    label: 'Default',
    address: account.user(id).email,
    send_short_email: false,
    send_html_email: true,
  };
}

export function policyJson(account: Account, id: string, include: Includes = new Set()): Json {
  const policy = account.policy(id);
  const services = [...account.services.values()].filter((service) => service.escalationPolicy === id);
  return full(policyReference(account, id), 'escalation_policy', {
    name: policy.name,
    description: null,
    num_loops: policy.repeat,
    on_call_handoff_notifications: 'if_has_services',
    teams: [],
    services: services.map((service) =>
      include.has('services') ? serviceJson(account, service.id) : serviceReference(account, service.id),
    ),
    escalation_rules: policy.levels.map((level) => ({
      id: level.id,
      escalation_delay_in_minutes: level.timeoutMinutes,
      targets: level.targets.map((target) => {
        if ('schedule' in target) return scheduleReference(account, target.schedule);
        return include.has('targets') ? userJson(account, target.user) : userReference(account, target.user);
      }),
    })),
  });
}

export function serviceJson(account: Account, id: string, include: Includes = new Set()): Json {
  const service = account.service(id);
  const open = [...account.incidents.values()].filter((one) => one.service === id && one.status !== 'resolved');
  const status = open.some((one) => one.status === 'triggered') ? 'critical' : open.length > 0 ? 'warning' : 'active';
  const policy = service.escalationPolicy;
  return full(serviceReference(account, id), 'service', {
    name: service.name,
    description: service.description,
    created_at: writeInstant(service.createdAt),
    status,
    alert_creation: 'create_alerts_and_incidents',
    auto_resolve_timeout: null,
    acknowledgement_timeout: null,
    escalation_policy: include.has('escalation_policies')
      ? policyJson(account, policy)
      : policyReference(account, policy),
    teams: [],
    integrations: [],
    incident_urgency_rule: { type: 'constant', urgency: 'high' },
    support_hours: null,
    scheduled_actions: [],
  });
}

export function priorityJson(priority: PriorityRecord): Json {
  return {
    id: priority.id,
    type: 'priority',
    summary: priority.name,
    self: `${apiHome}/priorities/${priority.id}`,
    html_url: null,
    name: priority.name,
    description: priority.description,
  };
}

export function changeEventJson(event: ChangeEventRecord): Json {
  return {
    id: event.id,
    type: 'change_event',
    summary: event.summary,
    source: event.source,
    timestamp: writeInstant(event.at),
    services: event.services.map((id) => ({ id, type: 'service_reference' })),
    integration: { id: `${event.id}I`, type: 'inbound_integration_reference' },
    links: event.links,
    custom_details: event.details,
  };
}
