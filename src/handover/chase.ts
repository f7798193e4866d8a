/** Chases a handover that nobody confirms: one reminder, then the outgoing person and the next level; it never pages. */

import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import { takersOf } from '../domain/handover.ts';
import type { Handover, TeamHandover } from '../domain/handover.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { KeptHandover } from '../ports/handover-store.ts';
import type { Timer } from '../ports/timers.ts';
import type { HandoverDeps } from './deps.ts';
import { joined, mentionOf } from './post-lines.ts';
import { sideMessages } from './side-messages.ts';

export const REMIND = 'handover.remind';
export const ESCALATE = 'handover.escalate';

const REMIND_AFTER_MS = 15 * 60_000;
const ESCALATE_AFTER_MS = 30 * 60_000;
/** More people than these are the team: its group is called where there is one. */
const MOST_CALLED = 3;

export async function setChase({ day, post, postedAt }: Handover, { timers }: HandoverDeps): Promise<void> {
  const payload = JSON.stringify([day, post]);
  const key = `handover:${day}:${post}`;
  await timers.set({ key: `${key}:remind`, kind: REMIND, dueAt: postedAt + REMIND_AFTER_MS, payload });
  await timers.set({ key: `${key}:escalate`, kind: ESCALATE, dueAt: postedAt + ESCALATE_AFTER_MS, payload });
}

export async function remindOfHandover({ payload }: Timer, deps: HandoverDeps): Promise<void> {
  const open = await unconfirmed(payload, deps);
  if (!open) return;
  const people = new Map(open.teams.flatMap((team) => takersOf(team).map((one) => [one.id, one])));
  const called = [...people.values()].filter(({ slackId }) => slackId).map((one) => mentionOf(one, deps.style));
  const words = sideMessages[deps.style.locale];
  await reply(open.kept, 'remind', words.remind(joined(called, deps.style)), deps);
}

export async function escalateHandover({ payload }: Timer, deps: HandoverDeps): Promise<void> {
  const open = await unconfirmed(payload, deps);
  for (const team of open?.teams ?? []) {
    const names = joined(
      takersOf(team).map(({ name }) => escapeMrkdwn(clip(name, 40))),
      deps.style,
    );
    const who = [
      ...new Set([
        ...team.outgoing.flatMap(({ slackId }) => (slackId ? [`<@${slackId}>`] : [])),
        ...nextLevel(team, deps),
      ]),
    ];
    const words = sideMessages[deps.style.locale];
    if (open) await reply(open.kept, `escalate:${team.team}`, words.escalate(who.join(' '), names), deps);
  }
}

/** The first level above whose people can be mentioned. */
function nextLevel({ team, levels }: TeamHandover, { plans }: HandoverDeps): readonly string[] {
  const group = plans.flatMap(({ teams }) => teams).find((one) => one.team.key === team)?.team.userGroup;
  for (const { people } of levels) {
    const ids = people.flatMap(({ slackId }) => slackId ?? []);
    if (ids.length > MOST_CALLED && group) return [`<!subteam^${group}>`];
    if (ids.length > 0) return ids.slice(0, MOST_CALLED).map((id) => `<@${id}>`);
  }
  return [];
}

async function unconfirmed(
  payload: string,
  { store }: HandoverDeps,
): Promise<{ kept: KeptHandover; teams: readonly TeamHandover[] } | undefined> {
  const [day = '', post = ''] = JSON.parse(payload) as readonly string[];
  const kept = await store.get(day, post);
  const confirmed = new Set((await store.confirmations(day)).map(({ team }) => team));
  const teams = kept?.handover.teams.filter((team) => isToConfirm(team) && !confirmed.has(team.team)) ?? [];
  return kept && teams.length > 0 ? { kept, teams } : undefined;
}

/** Whether somebody is to say that they have it. */
export function isToConfirm(team: TeamHandover): boolean {
  return team.kind === 'changed' && takersOf(team).some(({ slackId }) => slackId !== undefined);
}

async function reply({ handover, key }: KeptHandover, what: string, text: string, deps: HandoverDeps): Promise<void> {
  const threadTs = await deps.outbox.sentTs(key);
  await deps.outbox.post({
    key: `handover:${handover.day}:${handover.post}:${what}`,
    channel: handover.channel,
    ...(threadTs ? { threadTs } : {}),
    priority: PRIORITY.state,
    content: { text },
  });
}
