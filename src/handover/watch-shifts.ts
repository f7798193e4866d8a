/** Compares the plan with what people were told of it: tells each change once (H-06), and each switch as it happens. */

import { differences, firstLevelAt } from '../domain/first-level.ts';
import type { Difference } from '../domain/first-level.ts';
import type { Holder } from '../domain/handover.ts';
import { onCallAt } from '../domain/on-call.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Responder } from '../domain/responder.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Draft } from '../ports/chat.ts';
import type { Told } from '../ports/handover-store.ts';
import { holderBy } from './build-handover.ts';
import type { HandoverDeps, HandoverTeam, PostPlan } from './deps.ts';
import { joined, mentionOf } from './post-lines.ts';
import { askedOf } from './show-handover.ts';
import { sideMessages } from './side-messages.ts';
import { relative } from './spans.ts';
import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';

export interface ShiftChange {
  readonly team: string;
  /** Unique for ever. */
  readonly key: string;
  readonly outgoing: readonly Holder[];
  readonly incoming: readonly Holder[];
}

export const SWITCH = 'handover.switch';

const DAY_MS = 24 * 3_600_000;
const AHEAD_MS = 7 * DAY_MS;
const BACK_MS = 2 * DAY_MS;
const MOST_LINES = 5;

/** What one process remembers between two looks. */
export interface Memory {
  /** What was read of the store, by team. */
  readonly told: Map<string, Told>;
  /** Teams that seemed to lose their on-call: said only when the next look says so too. */
  readonly doubts: Map<string, string>;
}

export async function watchShifts(memory: Memory, deps: HandoverDeps): Promise<void> {
  for (const plan of deps.plans) {
    for (const team of plan.teams) {
      await watchTeam(plan, team, memory, deps).catch((error: unknown) => {
        deps.log.error({ err: error, team: team.team.key }, 'changes of the plan could not be told yet');
      });
    }
  }
}

async function watchTeam(plan: PostPlan, { team }: HandoverTeam, memory: Memory, deps: HandoverDeps): Promise<void> {
  const { book, clock, store, outbox, timers } = deps;
  const known = book.knownUntil(team.key);
  if (known === undefined) return;
  const now = clock.now();
  const until = Math.min(known, now + AHEAD_MS);
  const shifts = book
    .shifts(team.key)
    .filter(({ level, end, start }) => level === 1 && (end ?? now) > now - BACK_MS && (start ?? now) < until);
  const holders = firstLevelAt(shifts, now).map(({ id }) => id);
  const told = memory.told.get(team.key) ?? (await store.told(team.key));
  if (told) memory.told.set(team.key, told);
  const changes = told ? differences(told.shifts, shifts, now, Math.min(told.until, until)) : [];
  const doubt = JSON.stringify(changes.filter(({ after }) => after.length === 0).map(({ to, before }) => [to, before]));
  const isDoubtful = doubt !== '[]' && memory.doubts.get(team.key) !== doubt;
  memory.doubts.set(team.key, doubt);
  if (isDoubtful) return;
  const isSwitch = told !== undefined && told.holders.toSorted().join() !== holders.toSorted().join();
  if (told && changes.length === 0 && !isSwitch && told.until > until - DAY_MS) return;
  const version = (told?.version ?? 0) + 1;
  if (told && isSwitch) {
    const change = switchOf(team.key, version, told, shifts, deps);
    // Before the row: whoever ends in between has told nothing, and the timer tells it then.
    const key = `handover:switch:${change.key}`;
    await timers.set({ key, kind: SWITCH, dueAt: now, payload: JSON.stringify(change) });
  }
  const next: Told = { shifts, until, holders, version };
  const drafts = changes.length > 0 ? [await changeDraft(plan, team.key, version, changes, deps)] : [];
  const recorded = await store.tell(
    team.key,
    next,
    drafts.flatMap((draft) => draft ?? []),
  );
  if (recorded.kind === 'known') {
    memory.told.delete(team.key);
    return;
  }
  memory.told.set(team.key, next);
  outbox.takeUp(recorded.rows);
}

function switchOf(
  team: string,
  version: number,
  told: Told,
  shifts: readonly Shift[],
  deps: HandoverDeps,
): ShiftChange {
  const holderOf = holderBy((responder) => deps.directory.slackIdOf(responder));
  const known = new Map([...told.shifts, ...shifts].map(({ responder }) => [responder.id, responder]));
  return {
    team,
    key: `${team}:${version}`,
    outgoing: told.holders.flatMap((id) => known.get(id) ?? []).map(holderOf),
    incoming: firstLevelAt(shifts, deps.clock.now()).map(holderOf),
  };
}

/** In the thread of the last post, and in the channel; undefined where there is no channel. */
async function changeDraft(
  plan: PostPlan,
  team: string,
  version: number,
  changes: readonly Difference[],
  deps: HandoverDeps,
): Promise<Draft | undefined> {
  const last = await deps.store.latestOf(team);
  const channel = last?.handover.channel ?? deps.channelId(plan.channel);
  if (!channel) return undefined;
  const threadTs = last && (await deps.outbox.sentTs(last.key));
  await deps.directory.learn(changes.flatMap(({ before, after }) => [...before, ...after])).catch(() => {});
  const words = sideMessages[deps.style.locale];
  const lines = changes.slice(0, MOST_LINES).map((change) => changeLine(plan, team, change, deps));
  const rest = changes.length - lines.length;
  return {
    key: `handover:change:${team}:${version}`,
    channel,
    ...(threadTs ? { threadTs, broadcast: true } : {}),
    priority: PRIORITY.state,
    content: { text: [...lines, ...(rest > 0 ? [words.moreChanges(rest)] : [])].join('\n') },
  };
}

function changeLine(plan: PostPlan, key: string, change: Difference, deps: HandoverDeps): string {
  const { style, clock, directory, book } = deps;
  const words = sideMessages[style.locale];
  const holderOf = holderBy((responder) => directory.slackIdOf(responder));
  const shown = (people: readonly Responder[]) =>
    joined(
      people.map((one) => mentionOf(holderOf(one), style)),
      style,
    ) || words.nobodyBefore;
  const span = relative(change.from, change.to, clock.now(), style);
  const name = plan.teams.find(({ team }) => team.key === key)?.team.name ?? key;
  const shownName = plan.teams.length > 1 ? escapeMrkdwn(clip(name, 60)) : '';
  if (change.after.length > 0) return words.change(shownName, shown(change.before), shown(change.after), span);
  const levels = onCallAt(book.shifts(key), change.from)
    .filter(({ level }) => level > 1)
    .map(({ level, shifts }) => ({ level, people: shifts.map(({ responder }): Holder => holderOf(responder)) }));
  const asked = askedOf(deps)({ levels }).map((id) => `<@${id}>`);
  return words.changeToNobody(shownName, shown(change.before), span, asked.join(' '));
}
