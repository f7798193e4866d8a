/** Whom an alert may call at this hour: the team in business hours, the person otherwise, nobody for what can wait. */

import type { AlertReading } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';

/** `always`: the on-call at every hour; `offhours`: the team's group in business hours, the on-call otherwise. */
export type MentionRule = 'always' | 'offhours';

export type Coverage =
  | 'person'
  /** The team's group. */
  | 'team'
  /** The team's group for what is not urgent: nobody is reminded of it. */
  | 'team-low'
  /** A message that calls nobody. */
  | 'low'
  /** No message: a reaction, and a line in the hand-over. */
  | 'quiet';

/** PagerDuty's word where there is one, else the alert's own severity; unknown counts as high. */
export function urgencyOf(reading: AlertReading, incident: PagerIncident | undefined): 'high' | 'low' {
  if (incident) return incident.urgency;
  return reading.severity === 'info' || reading.severity === 'warning' ? 'low' : 'high';
}

export function coverageOf(given: {
  readonly rule: MentionRule;
  readonly urgency: 'high' | 'low';
  readonly businessTime: boolean;
  /** Whether the team has a group to call. */
  readonly hasGroup: boolean;
}): Coverage {
  const { rule, urgency, businessTime, hasGroup } = given;
  const team = rule === 'offhours' && businessTime && hasGroup;
  if (urgency === 'low') return businessTime ? (team ? 'team-low' : 'low') : 'quiet';
  return team ? 'team' : 'person';
}
