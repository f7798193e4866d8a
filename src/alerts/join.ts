/** Ties an alert to its PagerDuty incident or to its twin from another door: by link, by key, or by title; never by guess. */

import type { Alert, AlertReading, JoinReason } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { normaliseTitle } from './recognise/normalise-title.ts';

/** A title joins only what fired within so long of each other. */
export const JOIN_WINDOW_MS = 5 * 60_000;
/** A shorter title says too little to be found inside a longer one. */
const SHORTEST_INSIDE = 12;
/** Letters from which on a title is hardly another alert's as well. */
const SPECIFIC_TITLE = 20;
const NAME_GOES_ON = /[a-z0-9_-]/i;
/** A shorter key, such as a monitor's number, ends too many addresses. */
const SHORTEST_END = 4;

/** Why `reading` is the alert of `incident`, which must belong to the alert's team; undefined where it is not. */
export function joinReason(reading: AlertReading, firedAt: number, incident: PagerIncident): JoinReason | undefined {
  if (reading.pagerRefs.some((ref) => ref === incident.id || ref === String(incident.number))) return 'link';
  // A message that links to one incident belongs to no other.
  if (reading.pagerRefs.length > 0) return undefined;
  if (incident.dedupKey && sharesKey(reading.dedupKeys, incident.dedupKey)) return 'dedup-key';
  const near = Math.abs(incident.createdAt - firedAt) <= JOIN_WINDOW_MS;
  if (!near || !sameTitle(reading.title, incident.title)) return undefined;
  return servicesAgree(reading, incident.serviceName, incident.title) ? 'title' : undefined;
}

/**
 * Whether title and service together tell one alert: a service that only one of the two names does not speak against
 * it, and neither does another name (a team's PagerDuty service often covers many of its own) where the titles are
 * equal and long enough to be no commonplace such as "High CPU usage".
 */
function servicesAgree(reading: AlertReading, service: string, title: string): boolean {
  const [own, other] = [reading.service ?? '', service].map((name) => name.normalize('NFKC').toLowerCase().trim()) as [
    string,
    string,
  ];
  if (own === '' || other === '' || own.includes(other) || other.includes(own)) return true;
  const shown = normaliseTitle(reading.title);
  return shown === normaliseTitle(title) && shown.length >= SPECIFIC_TITLE;
}

/** Why `reading`, which fired at `firedAt`, is what `alert` says already through another door. */
export function twinReason(
  reading: AlertReading,
  firedAt: number,
  alert: Alert,
  incident: PagerIncident | undefined,
): JoinReason | undefined {
  const { pagerIncidentId } = alert;
  if (pagerIncidentId && reading.pagerRefs.includes(pagerIncidentId)) return 'link';
  const reason = incident && joinReason(reading, firedAt, incident);
  if (reason && reason !== 'title') return reason;
  const pagerDutyDoors = [reading, alert.reading].filter(({ tool }) => tool === 'pagerduty').length;
  // Two messages of tools are two alerts, however alike their titles, or a re-fire that the fingerprint tells.
  if (pagerDutyDoors !== 1) return undefined;
  if (reason) return reason;
  if (reading.pagerRefs.length > 0 && pagerIncidentId) return undefined;
  const near = Math.abs(alert.lastFiredAt - firedAt) <= JOIN_WINDOW_MS;
  return near && sameTitle(reading.title, alert.reading.title) ? 'title' : undefined;
}

/** Equal, or the longer of two titles carries the whole of the other: PagerDuty often adds the service or the source. */
export function sameTitle(a: string, b: string): boolean {
  const [short, long] = [normaliseTitle(a), normaliseTitle(b)].toSorted((x, y) => x.length - y.length) as [
    string,
    string,
  ];
  if (short === '') return false;
  return short === long || (short.length >= SHORTEST_INSIDE && standsIn(long, short));
}

/** As words of their own: `prod-api-5xx` does not stand in `prod-api-5xx-canary`. */
function standsIn(long: string, short: string): boolean {
  for (let at = long.indexOf(short); at >= 0; at = long.indexOf(short, at + 1)) {
    if (!NAME_GOES_ON.test(long[at - 1] ?? '') && !NAME_GOES_ON.test(long[at + short.length] ?? '')) return true;
  }
  return false;
}

/** Equal, or the last part of an address: CloudWatch's key is the alarm's ARN, which ends with its name. */
function sharesKey(keys: readonly string[], dedupKey: string): boolean {
  return keys.some(
    (key) =>
      key === dedupKey ||
      (key.length >= SHORTEST_END && (dedupKey.endsWith(`:${key}`) || dedupKey.endsWith(`/${key}`))),
  );
}
