/** What the bot is told before it starts: the environment and toban.yml as one noun, or every fault of both. */

import type { BusinessHours, DayRange } from '../domain/calendar.ts';
import type { Severity } from '../domain/incident.ts';
import type { Locale } from '../domain/locale.ts';
import {
  type Environment,
  type EnvironmentSettings,
  type SlackMode,
  tobanFilePath,
  validateEnvironment,
} from './environment.ts';
import type { Fault } from './fault.ts';
import { keysNotInUse } from './not-in-use.ts';
import { readTobanFile, type TobanFile, type TobanFileReading } from './toban-file.ts';

export interface Config {
  readonly slack: {
    readonly botToken: string;
    /** Ends with `/`. */
    readonly apiUrl: string;
    readonly mode: SlackMode;
  };
  readonly pagerduty: {
    readonly token: string;
    /** Ends without `/`. */
    readonly apiUrl: string;
    readonly from?: string;
    readonly webhookSecrets: readonly string[];
    readonly pollMs: number;
  };
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly locale: Locale;
  readonly timezone: string;
  /** Slack ids. */
  readonly admins: readonly string[];
  /** Lower-cased PagerDuty e-mail → Slack id. */
  readonly people: Readonly<Record<string, string>>;
  readonly features: {
    readonly handover: boolean;
    readonly mentions: boolean;
    readonly runbooks: boolean;
    readonly incidents: boolean;
  };
  /** In the order of the file; never empty. */
  readonly teams: readonly TeamConfig[];
  /** Where the HTTP routes are reached from outside, without `/` at the end. */
  readonly icalUrl?: string;
  readonly runbooksDir: string;
  readonly businessHours: BusinessHours;
  readonly holidays: {
    readonly country: 'jp' | 'none';
    readonly add: readonly DayRange[];
    readonly remove: readonly DayRange[];
  };
  readonly handover: {
    readonly channel?: string;
    /** Minutes of the day. */
    readonly at: number;
    readonly days: 'daily' | 'business_days';
    readonly rulesUrl?: string;
  };
  readonly changes: { readonly windowMs: number; readonly channels: readonly string[] };
  /** What is looked at first for a service, by its name. */
  readonly services: readonly ServiceConfig[];
  /** Ascending. */
  readonly remindAfterMs: readonly number[];
  /** Mentions of the same people within a minute, in one channel and in all, before alerts are gathered. */
  readonly mentionBudget: { readonly channel: number; readonly person: number };
  readonly remindWithinMs: number;
  /** How long the last level has before all engineers are told. */
  readonly exhaustedAfterMs: number;
  readonly incidents: {
    readonly channelPrefix: string;
    readonly announceChannel?: string;
    /** A file, seen from where the bot is started; absent: Toban's own. */
    readonly postmortemTemplate?: string;
    readonly canvas: boolean;
    readonly askCommanderAfterMs: number;
    readonly idleAfterMs: number;
    readonly archiveAfterMs: number;
    /** How the company is spoken to. */
    readonly announceLocale: Locale;
    /** User groups that an announcement mentions, by severity. */
    readonly stakeholders: Readonly<Partial<Record<Severity, readonly string[]>>>;
    readonly updateAfterMs: number;
    /** Without colons. */
    readonly timelineReaction: string;
  };
}

/** A team has a schedule, an escalation policy or both. */
export interface TeamConfig {
  readonly key: string;
  readonly name: string;
  readonly schedule?: string;
  readonly escalationPolicy?: string;
  readonly service?: string;
  readonly userGroup?: string;
  readonly oncallGroup?: string;
  /** An id, or a name without `#`: its topic tells who is on call. */
  readonly topicChannel?: string;
  /** `at` in minutes of the day. */
  readonly handover?: { readonly channel?: string; readonly at?: number };
  readonly alertChannels: readonly AlertChannelConfig[];
}

export interface ServiceConfig {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly firstChecks: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

export interface AlertChannelConfig {
  /** An id, or a name without `#`. */
  readonly channel: string;
  readonly mention: 'always' | 'offhours';
  readonly apps: 'any' | readonly string[];
  readonly ignoreApps: readonly string[];
  /** Off here, though on for the bot. */
  readonly features: { readonly mentions: boolean; readonly runbooks: boolean };
  /** Where the channel has its own; ascending. */
  readonly remindAfterMs?: readonly number[];
}

export type ConfigLoading =
  /** `notInUse`: settings that are valid and have no effect in this version. */
  | { readonly kind: 'loaded'; readonly config: Config; readonly notInUse: readonly string[] }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

/** `readFile` gives undefined where there is no such file. */
export function loadConfig(environment: Environment, readFile: (path: string) => string | undefined): ConfigLoading {
  const names = validateEnvironment(environment);
  const file = openTobanFile(tobanFilePath(environment), readFile);
  if (names.kind === 'refused' || file.kind === 'refused') {
    const faults = [names, file].flatMap((reading) => (reading.kind === 'refused' ? reading.faults : []));
    return { kind: 'refused', faults };
  }
  const notInUse = [...names.notInUse, ...keysNotInUse(file.raw)];
  return { kind: 'loaded', config: configOf(names.settings, file.file), notInUse };
}

function openTobanFile(path: string, readFile: (path: string) => string | undefined): TobanFileReading {
  try {
    const source = readFile(path);
    if (source !== undefined) return readTobanFile(source, path);
    const message = `no file at ${path}; expected the teams in it; copy toban.example.yml there, or name another path`;
    return { kind: 'refused', faults: [{ where: 'TOBAN_CONFIG', message }] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    const message = `${path} cannot be read (${code}); expected a YAML file; check what it is and who may read it`;
    return { kind: 'refused', faults: [{ where: 'TOBAN_CONFIG', message }] };
  }
}

function configOf(names: EnvironmentSettings, file: TobanFile): Config {
  return {
    slack: { botToken: names.SLACK_BOT_TOKEN, apiUrl: names.SLACK_API_URL, mode: names.mode },
    pagerduty: {
      token: names.PAGERDUTY_TOKEN,
      apiUrl: names.PAGERDUTY_API_URL,
      ...given({ from: names.PAGERDUTY_FROM }),
      webhookSecrets: names.PAGERDUTY_WEBHOOK_SECRET,
      pollMs: file.pagerduty.poll,
    },
    databaseUrl: names.DATABASE_URL,
    host: names.HOST,
    port: names.PORT,
    logLevel: names.LOG_LEVEL,
    locale: file.locale,
    timezone: file.timezone,
    admins: file.admins,
    people: Object.fromEntries(Object.entries(file.people).map(([email, id]) => [email.toLowerCase(), id])),
    features: file.features,
    teams: Object.entries(file.teams).map(([key, team]) => teamOf(key, team)),
    ...given({ icalUrl: file.ical.url?.replace(/\/+$/, '') }),
    runbooksDir: file.runbooks.dir,
    businessHours: file.business_hours,
    holidays: file.holidays,
    handover: {
      at: file.handover.at,
      days: file.handover.days,
      ...given({ channel: file.handover.channel, rulesUrl: file.handover.rules_url }),
    },
    changes: { windowMs: file.changes.window, channels: file.changes.channels },
    services: Object.entries(file.services).map(([name, { aliases, first_checks: firstChecks, links }]) => ({
      name,
      aliases,
      firstChecks,
      links,
    })),
    remindAfterMs: file.alerts.remind_after,
    mentionBudget: file.alerts.mention_budget,
    remindWithinMs: file.alerts.remind_within,
    exhaustedAfterMs: file.alerts.exhausted_after,
    incidents: {
      channelPrefix: file.incidents.channel_prefix,
      canvas: file.incidents.canvas,
      askCommanderAfterMs: file.incidents.ask_commander_after,
      idleAfterMs: file.incidents.idle_after,
      archiveAfterMs: file.incidents.archive_after,
      ...given({
        announceChannel: file.incidents.announce_channel,
        postmortemTemplate: file.incidents.postmortem_template,
      }),
      announceLocale: file.incidents.announce_locale ?? file.locale,
      stakeholders: given(file.incidents.stakeholders),
      updateAfterMs: file.incidents.update_after,
      timelineReaction: file.incidents.timeline_reaction.replaceAll(':', ''),
    },
  };
}

function teamOf(key: string, team: TobanFile['teams'][string]): TeamConfig {
  return {
    key,
    name: team.name ?? key,
    ...given({
      schedule: team.schedule,
      escalationPolicy: team.escalation_policy,
      service: team.service,
      userGroup: team.user_group,
      oncallGroup: team.oncall_group,
      topicChannel: team.topic_channel,
      handover: team.handover && given({ channel: team.handover.channel, at: team.handover.at }),
    }),
    alertChannels: team.alert_channels.map(({ channel, mention, apps, ignore_apps: ignoreApps, ...rest }) => ({
      channel,
      mention,
      apps,
      ignoreApps,
      features: rest.features,
      ...given({ remindAfterMs: rest.remind_after }),
    })),
  };
}

/** Leaves out what is undefined: an absent setting has no key. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
