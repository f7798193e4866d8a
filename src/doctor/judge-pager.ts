/** Judges what was seen of PagerDuty: the key, the things that toban.yml names, the levels, the gaps. */

import { dateTime } from '../domain/local-time.ts';
import type { OnCallEntry } from '../ports/pager.ts';
import type { Probe } from '../ports/probes.ts';
import { AHEAD_MS } from './facts.ts';
import type { Facts } from './facts.ts';
import { fault, fine } from './finding.ts';
import type { Finding } from './finding.ts';
import { gapsIn } from './gaps.ts';
import { pagerMessages } from './pager-messages.ts';
import type { Setup, TeamSetup } from './setup.ts';

/** More gaps than this in one line help nobody. */
const MOST_GAPS = 3;

type Thing = 'schedule' | 'policy' | 'service';

export function judgePager(setup: Setup, facts: Facts): readonly Finding[] {
  const words = pagerMessages[setup.style.locale];
  const { abilities, onCalls, people } = facts.pager;
  if (!abilities) return [fault('pagerduty.key', 'unknown', words.unchecked())];
  if (abilities.kind === 'silent') return [fault('pagerduty.key', 'fatal', words.silent(abilities.reason))];
  if (abilities.kind === 'refused' && abilities.code === '401') {
    return [fault('pagerduty.key', 'fatal', words.unauthorized())];
  }
  const key = denied(setup, 'pagerduty.key', '/abilities', abilities, 'warning');
  return [
    ...(key ? [key] : [fine('pagerduty.key', words.tokenFine)]),
    ...setup.teams.flatMap((team) => [...judgeThings(setup, team, facts), ...judgeLevels(setup, team, facts)]),
    ...found(setup, facts),
    ...[denied(setup, 'pagerduty.people', '/users', people, 'fatal')].flatMap((one) => one ?? []),
    ...[denied(setup, 'pagerduty.oncalls', '/oncalls', onCalls, 'fatal')].flatMap((one) => one ?? []),
    ...(onCalls?.kind === 'answered' ? judgeGaps(setup, facts.now, onCalls.value) : []),
  ];
}

function denied(
  { style }: Setup,
  check: string,
  what: string,
  answer: Probe<unknown> | undefined,
  weight: 'fatal' | 'warning',
): Finding | undefined {
  const words = pagerMessages[style.locale];
  if (answer?.kind === 'silent') return fault(check, 'unknown', words.silent(answer.reason));
  if (answer?.kind !== 'refused') return undefined;
  if (answer.code === '403') return fault(check, weight, words.forbidden(what));
  return fault(check, weight, words.refused(what, answer.code));
}

function judgeThings(setup: Setup, team: TeamSetup, { pager }: Facts): readonly Finding[] {
  const words = pagerMessages[setup.style.locale];
  const look = (kind: Thing, id: string | undefined, seen: ReadonlyMap<string, Probe<unknown>>): readonly Finding[] => {
    const answer = id === undefined ? undefined : seen.get(id);
    if (id === undefined || !answer) return [];
    const refused = denied(setup, `pagerduty.${kind}`, id, answer, 'fatal');
    if (refused) return [refused];
    if (answer.kind === 'answered' && answer.value !== undefined) return [];
    return [fault(`pagerduty.${kind}`, 'fatal', words.missingThing(kind, id, team.name))];
  };
  return [
    ...look('schedule', team.schedule, pager.schedules),
    ...look('policy', team.escalationPolicy, pager.policies),
    ...look('service', team.service, pager.services),
  ];
}

/** Empty levels, and what was changed in PagerDuty alone (O-02). */
function judgeLevels({ style }: Setup, team: TeamSetup, { pager }: Facts): readonly Finding[] {
  const words = pagerMessages[style.locale];
  const findings: Finding[] = [];
  const policy = pager.policies.get(team.escalationPolicy ?? '');
  if (policy?.kind === 'answered' && policy.value) {
    const { name, targets } = policy.value;
    if (targets.length === 0) findings.push(fault('pagerduty.levels', 'fatal', words.noLevel(name)));
    if (targets.length === 1) findings.push(fault('pagerduty.levels', 'warning', words.onlyOneLevel(name)));
    for (const [index, count] of targets.entries()) {
      if (count > 0) continue;
      findings.push(fault('pagerduty.levels', index === 0 ? 'fatal' : 'warning', words.emptyLevel(name, index + 1)));
    }
  }
  const service = pager.services.get(team.service ?? '');
  if (service?.kind === 'answered' && service.value && team.escalationPolicy) {
    const { name, policyId } = service.value;
    if (policyId && policyId !== team.escalationPolicy) {
      findings.push(fault('pagerduty.drift', 'warning', words.drift(team.name, name)));
    }
  }
  return findings;
}

function found({ style }: Setup, { pager }: Facts): readonly Finding[] {
  const maps = [pager.schedules, pager.policies, pager.services];
  const all = maps.every((map) => [...map.values()].every((one) => one.kind === 'answered' && one.value !== undefined));
  if (!all || maps.every(({ size }) => size === 0)) return [];
  const [schedules = 0, policies = 0, services = 0] = maps.map(({ size }) => size);
  return [fine('pagerduty.things', pagerMessages[style.locale].found(schedules, policies, services))];
}

function judgeGaps({ teams, style }: Setup, now: number, entries: readonly OnCallEntry[]): readonly Finding[] {
  const words = pagerMessages[style.locale];
  const findings = teams.flatMap((team) => {
    const level1 = entries.filter((entry) =>
      team.escalationPolicy
        ? entry.escalationPolicyId === team.escalationPolicy && entry.level === 1
        : entry.scheduleId === team.schedule,
    );
    const gaps = gapsIn(level1, now, now + AHEAD_MS);
    const [first] = gaps;
    if (!first) return [];
    if (first.start === now) {
      return [fault('pagerduty.gaps', 'fatal', words.gapNow(team.name, dateTime(first.end, style)))];
    }
    const shown = gaps
      .slice(0, MOST_GAPS)
      .map(({ start, end }) => `${dateTime(start, style)} – ${dateTime(end, style)}`)
      .join(', ');
    const more = gaps.length > MOST_GAPS ? words.more(gaps.length - MOST_GAPS) : '';
    return [fault('pagerduty.gaps', 'warning', words.gap(team.name, shown + more))];
  });
  return findings.length > 0 || teams.length === 0 ? findings : [fine('pagerduty.gaps', words.gapsFine(teams.length))];
}
