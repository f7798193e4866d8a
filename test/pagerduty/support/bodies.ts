/** The same people and incidents as REST and as webhooks tell them (shapes of the OpenAPI and webhook examples). */

const reference = (id: string, type: string, summary: string) => ({ id, type, summary, self: null, html_url: null });
export const userReference = (id: string, name: string) => reference(id, 'user_reference', name);
export const user = (id: string, name: string) => ({
  ...reference(id, 'user', name),
  name,
  email: `${id}@corp.example`,
});

const shared = {
  id: 'PINC1',
  type: 'incident',
  html_url: 'https://corp.pagerduty.com/incidents/PINC1',
  title: 'checkout is slow',
  incident_key: 'checkout-latency',
  urgency: 'high',
  created_at: '2026-11-22T01:00:00Z',
  service: reference('PSVC1', 'service_reference', 'Checkout'),
  escalation_policy: reference('PEP1', 'escalation_policy_reference', 'SRE'),
  priority: reference('PPRI2', 'priority_reference', 'P2'),
};

export type Status = 'triggered' | 'acknowledged' | 'resolved';
type User = ReturnType<typeof userReference>;

export function restIncident(
  status: Status,
  options: { id?: string; at?: string; assignees?: readonly User[]; by?: object | null; updatedAt?: string } = {},
) {
  const { id = shared.id, at = shared.created_at, assignees = [userReference('PU1', '佐藤')], by = null } = options;
  return {
    ...shared,
    id,
    incident_number: 42,
    status,
    updated_at: options.updatedAt ?? at,
    last_status_change_at: at,
    last_status_change_by: by,
    assignments: status === 'resolved' ? [] : assignees.map((assignee) => ({ at, assignee })),
    acknowledgements: status === 'acknowledged' && by ? [{ at, acknowledger: by }] : [],
  };
}

export function webhookEvent(
  eventType: string,
  options: { status?: Status; at?: string; assignees?: readonly User[]; agent?: object | null; data?: object } = {},
) {
  const {
    status = 'triggered',
    at = shared.created_at,
    assignees = [userReference('PU1', '佐藤')],
    agent = null,
  } = options;
  return {
    event: {
      id: `01-${eventType}-${at}`,
      event_type: eventType,
      resource_type: 'incident',
      occurred_at: at,
      agent,
      client: null,
      data: options.data ?? { ...shared, number: 42, status, assignees, resolve_reason: null },
    },
  };
}
