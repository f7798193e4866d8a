/** Makes the configured teams the nouns that the features know, and says which channel and which incident is whose. */

import type { RemindRules } from './alerts/reminders/due.ts';
import type { Watch } from './alerts/watch.ts';
import type { Config, TeamConfig } from './config/config.ts';
import type { Team } from './domain/team.ts';

export function teamOf(team: TeamConfig): Team {
  const { key, name, escalationPolicy, schedule, service, userGroup } = team;
  return {
    key,
    name,
    ...(escalationPolicy ? { escalationPolicy } : {}),
    ...(schedule ? { schedule } : {}),
    ...(service ? { service } : {}),
    ...(userGroup ? { userGroup } : {}),
  };
}

/** Channel names are looked up each time: they may become known, or be renamed, while the bot runs. */
export function createWatch(config: Config, idOf: (channel: string) => string | undefined): Watch {
  const { teams } = config;
  const shared = remindRules(config);
  const nouns = new Map(teams.map((team) => [team.key, teamOf(team)]));
  return {
    channel: (id) => {
      for (const team of teams) {
        const channel = team.alertChannels.find((one) => idOf(one.channel) === id);
        const noun = nouns.get(team.key);
        if (!channel || !noun) continue;
        const { apps, ignoreApps, mention, remindAfterMs, features } = channel;
        const remind = { ...shared, afterMs: remindAfterMs ?? shared.afterMs };
        return { team: noun, apps, ignoreApps, features, mention, remind };
      }
      return undefined;
    },
    home: (key) => {
      const first = teams.find((team) => team.key === key)?.alertChannels[0];
      return first && idOf(first.channel);
    },
    team: (key) => nouns.get(key),
    services: () =>
      teams.every(({ escalationPolicy, service }) => !escalationPolicy && service)
        ? teams.map(({ service }) => service ?? '')
        : [],
    teamOf: (incident) => {
      const all = [...nouns.values()];
      return (
        all.find(({ service }) => service === incident.serviceId) ??
        all.find(({ escalationPolicy }) => escalationPolicy === incident.escalationPolicyId)
      );
    },
  };
}

function remindRules({ remindAfterMs, remindWithinMs }: Config): RemindRules {
  return { afterMs: remindAfterMs, withinMs: remindWithinMs };
}

/** Where everybody reads: the channel of the team's hand-over, or of the company's. */
function loudChannel(
  { features, handover, teams }: Config,
  team: string,
  idOf: (channel: string) => string | undefined,
): string | undefined {
  const channel = teams.find(({ key }) => key === team)?.handover?.channel ?? handover.channel;
  return features.handover && channel ? idOf(channel) : undefined;
}

/** How alerts call people, from the configuration. */
export function callingRules(config: Config, idOf: (channel: string) => string | undefined) {
  return {
    remind: remindRules(config),
    exhaustedAfterMs: config.exhaustedAfterMs,
    teams: config.teams.map(teamOf),
    loudChannel: (team: string) => loudChannel(config, team, idOf),
  };
}
