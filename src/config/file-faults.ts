/** The faults of toban.yml that lie between its values. */

import { type Fault, showPath } from './fault.ts';
import { readChannel } from './values.ts';

/** What no single value can know; judged on the raw file, so that it is told together with every other fault. */
export function faultsAcross(raw: unknown): readonly Fault[] {
  const { teams, people } = record(raw);
  const faults = Object.entries(record(teams)).flatMap(([key, value]) => teamFaults(key, value));
  if (isRecord(teams) && Object.keys(teams).length === 0) {
    faults.push({ where: 'teams', message: 'is empty; expected at least one team; add one as in toban.example.yml' });
  }
  return [...faults, ...sharedChannels(record(teams)), ...peopleFaults(Object.keys(record(people)))];
}

function teamFaults(key: string, value: unknown): Fault[] {
  const where = showPath(['teams', key]);
  const faults: Fault[] = [];
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(key)) {
    const expected = 'expected letters, digits, -, _ or . and no space';
    faults.push({ where, message: `is no key for a team; ${expected}; shorten it and put the full name in name` });
  }
  if (isRecord(value) && value['escalation_policy'] === undefined && value['schedule'] === undefined) {
    const expected = 'expected at least one of the two';
    faults.push({ where, message: `has neither escalation_policy nor schedule; ${expected}; add its PagerDuty id` });
  }
  return faults;
}

function sharedChannels(teams: Readonly<Record<string, unknown>>): readonly Fault[] {
  const first = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [key, value] of Object.entries(teams)) {
    const list = record(value)['alert_channels'];
    for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
      const written: unknown = record(entry)['channel'];
      const name = typeof written === 'string' ? readChannel(written) : undefined;
      if (name === undefined) continue;
      const where = showPath(['teams', key, 'alert_channels', index, 'channel']);
      const other = first.get(name);
      if (other === undefined) first.set(name, where);
      else faults.push({ where, message: `is the same channel as ${other}; expected one team a channel; remove one` });
    }
  }
  return faults;
}

function peopleFaults(emails: readonly string[]): readonly Fault[] {
  const seen = new Set<string>();
  return emails.flatMap((email) => {
    const where = showPath(['people', email]);
    const next = 'write PagerDuty e-mail: Slack member id';
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) return [{ where, message: `is no e-mail address; expected one; ${next}` }];
    const folded = email.toLowerCase();
    if (seen.has(folded)) {
      return [{ where, message: 'stands twice, in different case; expected it once; remove one of the two' }];
    }
    seen.add(folded);
    return [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
