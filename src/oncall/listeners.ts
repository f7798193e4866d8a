/** Answers /oncall from the roster in memory: within Slack's 3 s whatever PagerDuty does. */

import { escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import type { ChatListeners, Command, CommandHelp, Content } from '../ports/chat.ts';
import { registerComing, STALE_MS } from './coming-answers.ts';
import type { ComingDeps } from './coming-answers.ts';
import { messages } from './messages.ts';
import { helpContent, nowContent } from './views.ts';

export interface OnCallListenerDeps extends ComingDeps {
  readonly rulesUrl?: string;
}

const NOW_WORDS = ['', 'now', '今', 'いま'] as const;
const HELP_WORDS = ['help', '?', 'ヘルプ', '使い方'] as const;

export function registerOnCall(listeners: ChatListeners, deps: OnCallListenerDeps): void {
  const help = (unknownWord?: string): Content =>
    helpContent(listeners.commandHelp(), { ...deps, ...(unknownWord === undefined ? {} : { unknownWord }) });
  listeners.onCommand(NOW_WORDS, async (command) => now(command, deps), helpOf('helpNow'));
  registerComing(listeners, deps);
  listeners.onCommand(HELP_WORDS, async () => help(), helpOf('helpHelp'));
  listeners.onUnknownCommand(async ({ word }) => help(word));
}

function helpOf(line: 'helpNow' | 'helpHelp'): CommandHelp {
  return { ja: messages.ja[line], en: messages.en[line] };
}

function now(command: Command, deps: OnCallListenerDeps): Content {
  const wanted = command.rest.trim().toLowerCase();
  const teams = deps.teams.filter(
    (team) => !wanted || team.key.toLowerCase() === wanted || team.name.toLowerCase() === wanted,
  );
  if (teams.length === 0) {
    const words = messages[deps.style.locale];
    const names = deps.teams.map((team) => team.key).join(words.separator);
    return { text: words.noSuchTeam(escapeMrkdwn(wanted), escapeMrkdwn(names)) };
  }
  const instant = deps.clock.now();
  return nowContent(
    teams.map((team) => {
      const confirmedAt = deps.roster.confirmedAt(team.key);
      return {
        name: team.name,
        levels: deps.roster.levels(team.key, instant),
        confirmedAt,
        stale: confirmedAt !== undefined && instant - confirmedAt > STALE_MS,
        isLinked: (shift) => deps.directory.slackIdOf(shift.responder) !== undefined,
      };
    }),
    deps.style,
  );
}
