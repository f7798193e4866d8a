/** Judges the rights for what is kept equal to the on-call: a user group, a channel's topic (H-13). */

import { fault, fine } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Facts } from './facts.ts';
import type { Setup } from './setup.ts';
import { signMessages } from './sign-messages.ts';

/** One of them is enough, by the kind of channel. */
const TOPIC_SCOPES = ['channels:manage', 'groups:write'];

export function judgeSigns(setup: Setup, { slack }: Facts): readonly Finding[] {
  const { bot, groups } = slack;
  if (bot?.kind !== 'answered' || !bot.value.scopes) return [];
  const words = signMessages[setup.style.locale];
  const held = new Set(bot.value.scopes);
  const kept = setup.teams.filter(({ oncallGroup, topicChannel }) => oncallGroup ?? topicChannel);
  if (kept.length === 0) return [];
  const findings = kept.flatMap(({ name, oncallGroup, topicChannel }) => {
    const missing = ['usergroups:read', 'usergroups:write'].filter((scope) => !held.has(scope));
    const group = oncallGroup
      ? missing.length > 0
        ? [words.groupScope(name, missing.join(', '))]
        : groups?.kind === 'answered' && !groups.value.includes(oncallGroup)
          ? [words.groupUnknown(name, oncallGroup)]
          : []
      : [];
    const topic = topicChannel && !TOPIC_SCOPES.some((scope) => held.has(scope)) ? [words.topicScope(name)] : [];
    return [...group, ...topic].map((advice) => fault('slack.signs', 'warning', advice));
  });
  return findings.length > 0 ? findings : [fine('slack.signs', words.fine(kept.length))];
}
