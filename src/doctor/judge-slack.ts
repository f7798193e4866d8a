/** Judges what was seen of Slack: the tokens, the scopes, the line, the channels, the clock. */

import type { Probe } from '../ports/probes.ts';
import { FEATURE_NAMES, SCOPES, scopesFor } from '../ports/rights.ts';
import { fault, fine } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Facts } from './facts.ts';
import { messages } from './messages.ts';
import type { Setup } from './setup.ts';
import { slackMessages } from './slack-messages.ts';

/** Slack's date has whole seconds, and its answer takes a moment. */
const SKEW_MS = 5_000;
/** Slack refuses signatures that are five minutes old, and Toban would read a history of another time. */
const FATAL_SKEW_MS = 300_000;

export function judgeSlack(setup: Setup, { slack, now }: Facts): readonly Finding[] {
  const words = slackMessages[setup.style.locale];
  const { bot, time } = slack;
  const findings: Finding[] = [];
  if (!bot) findings.push(fault('slack.bot', 'unknown', words.unchecked()));
  else if (bot.kind === 'silent') findings.push(fault('slack.bot', 'fatal', words.silent(bot.reason)));
  else if (bot.kind === 'refused') findings.push(fault('slack.bot', 'fatal', words.refused(bot.code)));
  else {
    const { name, team, scopes } = bot.value;
    findings.push(
      fine('slack.bot', words.botFine(name, team)),
      ...judgeScopes(setup, scopes),
      ...judgeChannels(setup, slack.channels, name),
    );
  }
  if (slack.line) findings.push(judgeLine(setup, slack.line));
  if (time?.kind === 'answered') findings.push(judgeClock(setup, now - time.value));
  return findings;
}

function judgeScopes({ features, style }: Setup, held: readonly string[] | undefined): readonly Finding[] {
  const words = slackMessages[style.locale];
  if (!held) return [fault('slack.scopes', 'unknown', words.scopesUnknown())];
  // Those of user groups are needed by oncall_group alone, and judged with it.
  const needed = scopesFor(features).filter((scope) => !scope.startsWith('usergroups:'));
  const missing = needed.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return [fine('slack.scopes', words.scopesFine(needed.length))];
  return missing.map((scope) => {
    const neededBy = SCOPES[scope]?.neededBy ?? 'always';
    const users =
      neededBy === 'always' ? [words.basics] : FEATURE_NAMES.filter((one) => features[one] && neededBy.includes(one));
    return fault('slack.scopes', 'fatal', words.missingScope(scope, users.join(messages[style.locale].separator)));
  });
}

function judgeChannels(setup: Setup, channels: Facts['slack']['channels'], bot: string): readonly Finding[] {
  const words = slackMessages[setup.style.locale];
  const wanted = setup.channels;
  if (!channels || wanted.length === 0) return [];
  if (channels.kind !== 'answered') {
    const code = channels.kind === 'refused' ? channels.code : channels.reason;
    return [fault('slack.channels', 'unknown', words.channelsUnknown(code))];
  }
  const findings = wanted.flatMap(({ channel, use }) => {
    const found = channels.value.find(({ id, name }) => id === channel || name === channel);
    if (!found) return [fault('slack.channels', 'fatal', words.channelUnknown(channel, use))];
    return found.isMember ? [] : [fault('slack.channels', 'fatal', words.channelOutside(found.name, use, bot))];
  });
  if (findings.length > 0) return findings;
  return [fine('slack.channels', words.channelsFine(new Set(wanted.map(({ channel }) => channel)).size))];
}

function judgeLine({ style }: Setup, line: Probe<void>): Finding {
  const words = slackMessages[style.locale];
  if (line.kind === 'answered') return fine('slack.line', words.lineFine);
  return line.kind === 'refused'
    ? fault('slack.line', 'fatal', words.lineRefused(line.detail ?? line.code))
    : fault('slack.line', 'fatal', words.lineSilent(line.reason));
}

function judgeClock({ style }: Setup, aheadMs: number): Finding {
  const words = slackMessages[style.locale];
  if (Math.abs(aheadMs) <= SKEW_MS) return fine('host.clock', words.clockFine);
  const weight = Math.abs(aheadMs) >= FATAL_SKEW_MS ? 'fatal' : 'warning';
  return fault('host.clock', weight, words.skew(Math.round(aheadMs / 1000)));
}
