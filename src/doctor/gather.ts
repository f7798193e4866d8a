/** Looks everywhere at once, as far as the set-up allows, and asks nothing twice. */

import type { Responder } from '../domain/responder.ts';
import type { RunbookFault } from '../domain/runbook.ts';
import type { Clock } from '../ports/clock.ts';
import type { OnCallEntry } from '../ports/pager.ts';
import type { HostProbe, PagerProbe, Probe, SlackProbe } from '../ports/probes.ts';
import { AHEAD_MS } from './facts.ts';
import type { Facts, PersonSeen } from './facts.ts';
import type { Setup } from './setup.ts';

/** users.lookupByEmail is tier 3: about fifty a minute, and the bot needs some of them itself. */
const MOST_LOOKUPS = 40;

export interface Probes {
  readonly slack: SlackProbe;
  readonly pager: PagerProbe;
  readonly host: HostProbe;
  /** Absent where the feature is off. */
  readonly runbooks?: () => Promise<{ readonly pages: number; readonly faults: readonly RunbookFault[] }>;
  readonly clock: Clock;
}

export async function gatherFacts(setup: Setup, probes: Probes): Promise<Facts> {
  const now = probes.clock.now();
  const [slack, pager, host] = await Promise.all([
    lookAtSlack(setup, probes),
    lookAtPager(setup, probes, now),
    lookAtHost(setup, probes),
  ]);
  const people = await lookAtPeople(setup, probes, slack, pager, now);
  return { now, slack, pager, host, ...(people ? { people } : {}) };
}

async function lookAtSlack({ usable, mode, admins, teams }: Setup, { slack }: Probes): Promise<Facts['slack']> {
  const [bot, line, time] = await Promise.all([
    usable.slack ? slack.whoAmI() : undefined,
    usable.line && mode === 'socket' ? slack.line() : undefined,
    slack.time(),
  ]);
  const common = { ...(bot ? { bot } : {}), ...(line ? { line } : {}), time };
  if (bot?.kind !== 'answered') return common;
  const unknownAdmins: string[] = [];
  for (const id of admins) {
    const seen = await slack.isPerson(id);
    if (seen.kind === 'answered' && !seen.value) unknownAdmins.push(id);
  }
  const groups = teams.some(({ oncallGroup }) => oncallGroup) ? { groups: await slack.userGroups() } : {};
  return { ...common, channels: await slack.channels(), unknownAdmins, ...groups };
}

async function lookAtPager(setup: Setup, { pager }: Probes, now: number): Promise<Facts['pager']> {
  const nothing = { schedules: new Map(), policies: new Map(), services: new Map() };
  if (!setup.usable.pagerduty) return nothing;
  // Asked first and alone: a wrong token is told once.
  const abilities = await pager.abilities();
  if (abilities.kind === 'silent' || (abilities.kind === 'refused' && abilities.code === '401')) {
    return { ...nothing, abilities };
  }
  const { teams } = setup;
  const ids = (pick: (team: (typeof teams)[number]) => string | undefined) => [
    ...new Set(teams.flatMap((team) => pick(team) ?? [])),
  ];
  const policies = ids(({ escalationPolicy }) => escalationPolicy);
  const alone = ids(({ escalationPolicy, schedule }) => (escalationPolicy ? undefined : schedule));
  return {
    abilities,
    schedules: await each(
      ids(({ schedule }) => schedule),
      (id) => pager.schedule(id),
    ),
    policies: await each(policies, (id) => pager.policy(id)),
    services: await each(
      ids(({ service }) => service),
      (id) => pager.service(id),
    ),
    people: await pager.people(),
    ...(teams.length > 0
      ? {
          onCalls: await pager.onCalls({
            escalationPolicies: policies,
            schedules: alone,
            since: now,
            until: now + AHEAD_MS,
          }),
        }
      : {}),
  };
}

async function each<T>(ids: readonly string[], look: (id: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  for (const id of ids) found.set(id, await look(id));
  return found;
}

async function lookAtHost({ webhook }: Setup, { host, runbooks }: Probes): Promise<Facts['host']> {
  return {
    node: host.node,
    database: await host.database(),
    ...(webhook ? { webhook: await host.webhook() } : {}),
    ...(runbooks ? { runbooks: await runbooks() } : {}),
  };
}

async function lookAtPeople(
  { people: table }: Setup,
  { slack }: Probes,
  { bot }: Facts['slack'],
  { onCalls, people }: Facts['pager'],
  now: number,
): Promise<readonly PersonSeen[] | undefined> {
  if (bot?.kind !== 'answered' || onCalls?.kind !== 'answered') return undefined;
  const emails = new Map((people?.kind === 'answered' ? people.value : []).map(({ id, email }) => [id, email]));
  const seen: PersonSeen[] = [];
  for (const { responder, from } of coming(onCalls.value, now)) {
    const email = (responder.email ?? emails.get(responder.id))?.toLowerCase();
    const linked = seen.length < MOST_LOOKUPS ? await isLinked(email, table, slack) : 'unasked';
    seen.push({ responder: { ...responder, ...(email ? { email } : {}) }, from, linked });
  }
  return seen;
}

async function isLinked(
  email: string | undefined,
  table: Setup['people'],
  slack: SlackProbe,
): Promise<PersonSeen['linked']> {
  if (!email) return 'no';
  const written = table[email];
  if (written) return verdict(await slack.isPerson(written), 'gone');
  return verdict(await slack.personByEmail(email), 'no');
}

function verdict(answer: Probe<unknown>, otherwise: 'no' | 'gone'): PersonSeen['linked'] {
  if (answer.kind !== 'answered') return 'unasked';
  return answer.value ? 'yes' : otherwise;
}

/** Each person once, whoever comes first first. */
function coming(entries: readonly OnCallEntry[], now: number): readonly { responder: Responder; from: number }[] {
  const first = new Map<string, { responder: Responder; from: number }>();
  for (const { responder, start } of entries) {
    const from = Math.max(start ?? now, now);
    const known = first.get(responder.id);
    if (!known || from < known.from) first.set(responder.id, { responder, from });
  }
  return [...first.values()].toSorted((a, b) => a.from - b.from);
}
