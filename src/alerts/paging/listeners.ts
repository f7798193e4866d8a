/** Joins /oncall page to what it does: a form to confirm, then the page (E-04). */

import { CALLBACK } from '../../blockkit/action-ids.ts';
import type { ChatListeners, Command, Content } from '../../ports/chat.ts';
import { ChatError, PRIORITY } from '../../ports/chat.ts';
import type { AlertDeps } from '../deps.ts';
import { pagingMessages } from './messages.ts';
import { pageSomebody } from './page.ts';
import { pageModal } from './views.ts';

const WORDS = ['page', '呼び出し', '呼出'];
/** A mention as Slack writes it into a command. */
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;

export function registerPaging(listeners: ChatListeners, deps: AlertDeps): void {
  const words = pagingMessages[deps.style.locale];

  const open = async ({ rest, channel, triggerId }: Command): Promise<Content> => {
    const people = [...new Set([...rest.matchAll(MENTION)].map(([, id = '']) => id))];
    const text = rest.replace(MENTION, ' ').replace(/\s+/g, ' ').trim();
    const here = deps.watch.channel(channel)?.team.key;
    const teams = deps.teams
      .filter(({ service }) => service)
      .toSorted((a, b) => Number(b.key === here) - Number(a.key === here));
    const [first] = teams;
    if (text === '') return { text: words.usage };
    if (!first) return { text: words.noService };
    const onCall = teams.flatMap(({ key, name }) => {
      const shifts = deps.roster.levels(key, deps.clock.now())[0]?.shifts ?? [];
      const names = shifts.map(({ responder }) => responder.name).join(words.and);
      return teams.length > 1 && names ? words.ofTeam(name, names) : names || [];
    });
    await deps.chat.openModal(triggerId, pageModal({ text, people, teams, onCall, channel }, deps.style));
    return { text: words.opened };
  };
  listeners.onCommand(WORDS, open, { ja: pagingMessages.ja.help, en: pagingMessages.en.help });

  listeners.onSubmit(CALLBACK.pageSomebody, async ({ userId, viewId, privateMetadata, values }) => {
    const { channel, team: given } = JSON.parse(privateMetadata) as { channel: string; team: string };
    const key = values['team'] ?? given;
    const team = deps.teams.find((one) => one.key === key);
    if (!team) return;
    const people = values['people']?.split(',') ?? [];
    const order = { userId, team, text: values['text'] ?? '', people, key: `toban-page-${viewId}` };
    await tell(userId, [channel, deps.watch.home(team.key)], await pageSomebody(order, deps), order.key, deps);
  });
}

/** Where the command was given; Toban may not be there: then in the team's channel, at last in a direct message. */
async function tell(
  userId: string,
  channels: readonly (string | undefined)[],
  text: string,
  key: string,
  deps: AlertDeps,
): Promise<void> {
  for (const channel of channels) {
    if (!channel) continue;
    try {
      return await deps.chat.whisper({ userId, channel }, { text });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
    }
  }
  const direct = await deps.chat.directChannel(userId);
  await deps.outbox.post({ key: `told:${key}`, channel: direct, priority: PRIORITY.state, content: { text } });
}
