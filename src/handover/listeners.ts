/** Joins Slack to the verbs of handovers: the buttons of the post, the note form, and /oncall handover. */

import { ACTION, CALLBACK } from '../blockkit/action-ids.ts';
import { dateTime } from '../domain/local-time.ts';
import type { ChatListeners, Command, Content, Press } from '../ports/chat.ts';
import type { KeptHandover } from '../ports/handover-store.ts';
import { confirmHandover } from './confirm.ts';
import type { HandoverDeps } from './deps.ts';
import { nextDue } from './due.ts';
import { noteFaults, noteModal, wishesOf } from './note-form.ts';
import { joined } from './post-lines.ts';
import { contentsOf, postAgain, refreshHandover } from './show-handover.ts';
import { sideMessages } from './side-messages.ts';
import { askForSwap, ownShifts } from './swap-request.ts';

const HANDOVER_WORDS = ['handover', '引き継ぎ', '引継ぎ'] as const;
const AGAIN_WORDS = new Set(['post', 'again', '投稿', '再投稿']);

export function registerHandover(listeners: ChatListeners, deps: HandoverDeps): void {
  const words = sideMessages[deps.style.locale];
  const say = (press: Press, text: string) => deps.chat.whisper(press, { text });

  listeners.onPress(ACTION.confirmHandover, async (press) => {
    const [day, post] = placeOf(press);
    const done = await deps.inTurn(() => confirmHandover({ day, post, slackId: press.userId }, deps));
    if (done.kind === 'confirmed') return say(press, words.thanks);
    if (done.kind === 'known') return say(press, words.alreadyConfirmed);
    if (done.kind === 'gone') return say(press, words.gone);
    return say(press, done.names.length > 0 ? words.notYours(joined(done.names, deps.style)) : words.nobodyToTake);
  });

  listeners.onPress(ACTION.writeHandoverNote, async (press) => {
    const [day, post] = placeOf(press);
    const kept = await deps.store.get(day, post);
    if (!kept) return say(press, words.gone);
    const { teams } = kept.handover;
    const team = ownTeam(kept, press.userId);
    const notes = await deps.store.openNotes(teams.map((one) => one.team));
    const form = { day, post, teams: teams.map((one) => ({ key: one.team, name: one.name })), notes };
    await deps.chat.openModal(press.triggerId, noteModal({ ...form, ...(team ? { team } : {}) }, deps.style));
  });

  listeners.onSubmit(
    CALLBACK.writeHandoverNote,
    (submission) =>
      deps.inTurn(async () => {
        const { day, post, team, text, nothing, done } = wishesOf(submission);
        const { store, clock } = deps;
        const { userId, viewId } = submission;
        await store.closeNotes(done, userId, clock.now());
        if (text || nothing) {
          const kept = await store.get(day, post);
          await store.addNote({
            // One form makes one note, however often Slack delivers it.
            id: viewId,
            team,
            kind: nothing ? 'nothing' : 'note',
            text,
            slackId: userId,
            name: nameIn(kept, userId, deps) ?? words.someone,
            writtenAt: clock.now(),
          });
        }
        await refreshHandover(day, post, deps);
        // A note written on an older post stands in the one that people read now too.
        const latest = (await store.latestOf(team)) ?? (await store.latest(post));
        if (latest && latest.handover.day !== day)
          await refreshHandover(latest.handover.day, latest.handover.post, deps);
      }),
    (submission) => noteFaults(submission, deps.style),
  );

  listeners.onPress(ACTION.showMyShifts, async (press) => {
    const [team] = shiftOf(press);
    await say(press, ownShifts(team, press.userId, deps));
  });

  listeners.onPress(ACTION.askForSwap, async (press) => {
    const asked = await askForSwap(...shiftOf(press), press.userId, deps);
    await say(press, asked === 'asked' ? words.swapTold : words.swapNowhere);
  });

  listeners.onCommand(HANDOVER_WORDS, (command) => show(command, deps), {
    ja: sideMessages.ja.help,
    en: sideMessages.en.help,
  });
}

/** The last handover of each post, or of the team that is named; with `post` each is posted anew. */
async function show({ rest }: Command, deps: HandoverDeps): Promise<Content> {
  const words = sideMessages[deps.style.locale];
  const asked = rest.trim().toLowerCase().split(/\s+/);
  const isAgain = asked.some((word) => AGAIN_WORDS.has(word));
  const team = asked.find((word) => word !== '' && !AGAIN_WORDS.has(word));
  const isWanted = (one: { key: string; name: string }) =>
    team === undefined || one.key.toLowerCase() === team || one.name.toLowerCase() === team;
  const plans = deps.plans.filter(({ teams }) => teams.some((one) => isWanted(one.team)));
  if (plans.length === 0) return { text: words.notSet };
  const kept = (await Promise.all(plans.map(({ post }) => deps.store.latest(post)))).flatMap((one) => one ?? []);
  const [first] = kept;
  if (!first) {
    const next = Math.min(...plans.map((plan) => nextDue(plan, deps.clock.now(), deps)));
    return { text: words.notYet(dateTime(next, deps.style)) };
  }
  if (isAgain) {
    for (const one of kept) await deps.inTurn(() => postAgain(one, deps));
    const channels = [...new Set(kept.map(({ handover }) => `<#${handover.channel}>`))];
    return { text: words.postedAgain(joined(channels, deps.style)) };
  }
  const contents = (await Promise.all(kept.map(({ handover }) => contentsOf(handover, deps, { live: false })))).flat();
  return {
    text: contents
      .map(({ text }) => text)
      .join('\n')
      .slice(0, 3_000),
    blocks: contents.flatMap(({ blocks }) => blocks ?? []).slice(0, 50),
  };
}

function placeOf({ value }: Press): readonly [day: string, post: string] {
  const [day = '', post = ''] = JSON.parse(value) as readonly string[];
  return [day, post];
}

function shiftOf({ value }: Press): readonly [team: string, from: number] {
  const [team = '', from = 0] = JSON.parse(value) as readonly [string?, number?];
  return [team, from];
}

/** The team whose pager the person gives or takes here. */
function ownTeam({ handover }: KeptHandover, slackId: string): string | undefined {
  return handover.teams.find(({ incoming, now = [], outgoing }) =>
    [...now, ...incoming, ...outgoing].some((one) => one.slackId === slackId),
  )?.team;
}

/** The person's name as PagerDuty knows them. */
function nameIn(
  kept: KeptHandover | undefined,
  slackId: string,
  { book, directory }: HandoverDeps,
): string | undefined {
  const teams = kept?.handover.teams ?? [];
  const holders = teams.flatMap(({ incoming, now = [], outgoing, levels }) => [
    ...now,
    ...incoming,
    ...outgoing,
    ...levels.flatMap(({ people }) => people),
  ]);
  const shown = holders.find((one) => one.slackId === slackId)?.name;
  if (shown !== undefined) return shown;
  return teams
    .flatMap(({ team }) => book.shifts(team))
    .find(({ responder }) => directory.slackIdOf(responder) === slackId)?.responder.name;
}
