/** Answers /oncall cover and swap, and the buttons of covers. */

import { escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import { ACTION } from '../blockkit/action-ids.ts';
import { dateTime } from '../domain/local-time.ts';
import type { ChatListeners, Command, Content, Press, Reply } from '../ports/chat.ts';
import type { CoverDeps } from './deps.ts';
import { messages } from './messages.ts';
import { proposeCover, proposeSwap } from './propose.ts';
import type { Proposal } from './propose.ts';
import { acceptCover, confirmCover, declineCover, undoCover, withdrawCover } from './settle.ts';
import type { Settled } from './settle.ts';
import { shownOf, tellCover } from './tell.ts';
import { draftContent, listContent } from './views.ts';

const COVER_WORDS = ['cover', '代わり', '交代', 'override'] as const;
const SWAP_WORDS = ['swap', '入れ替え', '交換'] as const;

export function registerCovers(listeners: ChatListeners, deps: CoverDeps): void {
  listeners.onCommand(COVER_WORDS, (command) => answer(command, proposeCover, deps), {
    ja: messages.ja.helpCover,
    en: messages.en.helpCover,
  });
  listeners.onCommand(SWAP_WORDS, (command) => answer(command, proposeSwap, deps), {
    ja: messages.ja.helpSwap,
    en: messages.en.helpSwap,
  });
  listeners.onPress(ACTION.confirmCover, (press) => confirmed(press, deps));
  listeners.onPress(ACTION.dropCover, async ({ value, userId }) => {
    const settled = await withdrawCover(value, userId, deps);
    const words = messages[deps.style.locale];
    return { replaces: true, content: { text: settled.kind === 'moved' ? words.dropped : words.stale } };
  });
  for (const [actionId, settle] of [
    [ACTION.acceptCover, acceptCover],
    [ACTION.declineCover, declineCover],
    [ACTION.withdrawCover, withdrawCover],
    [ACTION.undoCover, undoCover],
  ] as const) {
    listeners.onPress(actionId, async ({ value, userId }) => {
      const settled = await settle(value, userId, deps);
      if ('cover' in settled) await tellCover(settled.cover, deps);
      if (settled.kind === 'moved') return undefined;
      return { replaces: false, content: { text: whyNot(settled, deps) } };
    });
  }
}

async function answer(
  command: Command,
  propose: (command: Command, deps: CoverDeps) => Promise<Proposal>,
  deps: CoverDeps,
): Promise<Content> {
  const words = messages[deps.style.locale];
  const usage = [words.usageCover, words.usageSwap];
  const style = { ...deps.style, calendar: deps.calendar };
  if (command.rest.trim() === '') {
    const coming = await deps.store.coming(deps.clock.now());
    return listContent(await Promise.all(coming.map((cover) => shownOf(cover, deps))), usage, style);
  }
  const proposal = await propose(command, deps);
  if (proposal.kind === 'drafted') {
    return draftContent(proposal.cover, proposal.team.name, deps.agenda.shifts(proposal.team.key), style);
  }
  return { text: [refusal(proposal, deps), ...(isMistyped(proposal) ? usage : [])].join('\n') };
}

function isMistyped({ kind }: Proposal): boolean {
  return kind === 'unclear' || kind === 'who' || kind === 'no-such-team';
}

function refusal(proposal: Exclude<Proposal, { kind: 'drafted' }>, { style, teams }: CoverDeps): string {
  const words = messages[style.locale];
  const keys = (some: typeof teams) => escapeMrkdwn(some.map(({ key }) => key).join(words.andSo));
  switch (proposal.kind) {
    case 'no-such-team':
      return words.noSuchTeam(escapeMrkdwn(proposal.word), keys(teams));
    case 'which-team':
      return words.whichTeam(keys(proposal.teams));
    case 'partner-no-account':
      // Only the asker sees it: nobody is notified.
      return words.partnerNoAccount(`<@${proposal.slackId}>`);
    case 'too-far':
      return words.tooFar(dateTime(proposal.until, style));
    case 'no-shift':
      return words.noShift[proposal.who];
    default:
      return {
        unclear: words.unclear,
        past: words.over,
        who: words.who,
        self: words.self,
        'no-account': words.noAccount,
        'slow-pager': words.slowPager,
        'not-known': words.notKnown,
        nobody: words.nobodyThen,
        'no-schedule': words.noSchedule,
        already: words.already,
      }[proposal.kind];
  }
}

async function confirmed({ value, userId }: Press, deps: CoverDeps): Promise<Reply> {
  const words = messages[deps.style.locale];
  const settled = await confirmCover(value, userId, deps);
  if (settled.kind !== 'moved') {
    // A refused draft can be confirmed again; its buttons stay.
    return {
      replaces: settled.kind !== 'refused' && settled.kind !== 'unknown',
      content: { text: whyNot(settled, deps) },
    };
  }
  const { cover } = settled;
  const unreached = await tellCover(cover, deps);
  if (cover.state === 'stands') return { replaces: true, content: { text: words.done } };
  const name = escapeMrkdwn(cover.partner.name);
  const isUnreached = unreached.includes(cover.partner.slackId);
  return { replaces: true, content: { text: isUnreached ? words.notSent(name) : words.sent(name) } };
}

function whyNot(settled: Exclude<Settled, { kind: 'moved' }>, { style }: CoverDeps): string {
  const words = messages[style.locale];
  if (settled.kind === 'refused') return words.refused(escapeMrkdwn(settled.reason));
  return {
    'not-yours': words.notYours,
    stale: words.stale,
    over: words.over,
    begun: words.begun,
    'no-account': words.noAccount,
    'changed-meanwhile': words.changedMeanwhile,
    unknown: words.unknown,
    half: words.half,
    'not-left': words.notLeft,
  }[settled.kind];
}
