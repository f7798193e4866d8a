/** The names of an incident's messages and timers. */

/** The one message that is kept true; another place has another one. */
export function statusKey(incidentId: number, channel: string): string {
  return `incident:${incidentId}:status:${channel}`;
}

export function threadRootKey(incidentId: number): string {
  return `incident:${incidentId}:root`;
}

export function incidentKey(incidentId: number, what: string): string {
  return `incident:${incidentId}:${what}`;
}

/** The incident that an outbox key belongs to. */
export function incidentOfKey(key: string): number | undefined {
  const found = /^incident:(\d+):(?:status|root)\b/.exec(key)?.[1];
  return found === undefined ? undefined : Number(found);
}
