/** Keeps user groups and channel topics equal to who is on call: compares, and acts on the difference (H-13). */

import { escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import type { Locale } from '../domain/locale.ts';
import type { Responder } from '../domain/responder.ts';
import type { Admins } from '../ports/admins.ts';
import { ChatError } from '../ports/chat.ts';
import type { Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { DutySigns } from '../ports/duty-signs.ts';
import type { Log } from '../ports/log.ts';
import type { OnCallRoster } from '../ports/on-call-roster.ts';
import { mayPass } from '../ports/rooms.ts';
import { signMessages } from './sign-messages.ts';

/** What is as it should be is looked at again this often: somebody may have changed it by hand. */
const LOOK_EVERY_MS = 10 * 60_000;
/** What Slack refused is tried again a day later, not every minute. */
const REFUSED_FOR_MS = 24 * 3_600_000;

/** One user group or topic, and the teams whose on-call it shows. */
export interface Sign {
  readonly kind: 'group' | 'topic';
  /** A group's id, or a channel as toban.yml names it. */
  readonly place: string;
  readonly teams: readonly { readonly key: string; readonly name: string }[];
}

export interface SignDeps {
  readonly signs: readonly Sign[];
  readonly slack: DutySigns;
  readonly channelId: (channel: string) => string | undefined;
  readonly roster: OnCallRoster;
  readonly directory: Directory;
  readonly admins: Admins;
  readonly clock: Clock;
  readonly log: Log;
  readonly locale: Locale;
}

export interface SignKeeper {
  /** One look at every sign; never rejects. A missed look is caught up by the next, a second one does nothing. */
  look(): Promise<void>;
}

export function createSignKeeper(deps: SignDeps): SignKeeper {
  /** What each sign was last made or seen to say, and when. */
  const said = new Map<Sign, { readonly wanted: string; readonly at: number }>();
  const refusedAt = new Map<Sign, number>();
  const look = async (sign: Sign): Promise<void> => {
    const now = deps.clock.now();
    if (now - (refusedAt.get(sign) ?? -Infinity) < REFUSED_FOR_MS) return;
    if (sign.teams.some(({ key }) => deps.roster.confirmedAt(key) === undefined)) return;
    const wanted = sign.kind === 'group' ? membersOf(sign, deps).join(',') : topicOf(sign, deps);
    // A group is never emptied: whoever was on call last is better than nobody.
    if (wanted === '') return;
    const last = said.get(sign);
    if (last?.wanted === wanted && now - last.at < LOOK_EVERY_MS) return;
    if (sign.kind === 'group') await keepGroup(sign.place, wanted, deps);
    else await keepTopic(sign.place, wanted, last?.wanted === wanted, deps);
    said.set(sign, { wanted, at: now });
  };
  return {
    look: async () => {
      for (const sign of deps.signs) {
        try {
          await look(sign);
        } catch (error) {
          if (error instanceof ChatError && mayPass(error)) continue;
          refusedAt.set(sign, deps.clock.now());
          const { kind, place } = sign;
          deps.log.warn({ err: error, kind, place }, 'a sign of who is on call could not be kept');
          const code = error instanceof ChatError ? error.code : 'unknown';
          await deps.admins.tell(`sign:${kind}:${place}`, signMessages[deps.locale].refused(kind, place, code));
        }
      }
    },
  };
}

async function keepGroup(group: string, wanted: string, { slack, log }: SignDeps): Promise<void> {
  const actual = [...(await slack.groupMembers(group))].toSorted().join(',');
  if (actual === wanted) return;
  await slack.setGroupMembers(group, wanted.split(','));
  log.info({ group, members: wanted }, 'user group was set to who is on call');
}

/** People may write beside it: only Toban's own part, up to a bar, is replaced. */
async function keepTopic(channel: string, wanted: string, isAsBefore: boolean, deps: SignDeps): Promise<void> {
  const id = deps.channelId(channel);
  // The name is looked up by the sweep, which also says what is wrong with it.
  if (!id) return;
  const topic = await deps.slack.topic(id);
  const own = OWN_PART.exec(topic)?.[0];
  if (own !== undefined && (isAsBefore || bare(own) === bare(wanted))) return;
  const next =
    own === undefined ? [topic.trim(), wanted].filter(Boolean).join(' | ') : topic.replace(OWN_PART, () => wanted);
  await deps.slack.setTopic(id, next);
  deps.log.info({ channel }, 'topic was set to who is on call');
}

/** Slack may keep an emoji as its name. */
const OWN_PART = /(?:📟|:pager:)[^|]*[^|\s]/u;
const bare = (part: string) => part.replace(/^(?:📟|:pager:)\s*/u, '');

function membersOf(sign: Sign, deps: SignDeps): readonly string[] {
  const ids = sign.teams.flatMap(({ key }) => holders(key, deps).flatMap((one) => deps.directory.slackIdOf(one) ?? []));
  return [...new Set(ids)].toSorted();
}

function topicOf({ teams }: Sign, deps: SignDeps): string {
  const words = signMessages[deps.locale];
  const parts = teams.map(({ key, name }) => {
    const people = holders(key, deps).map((one) => topicText(one.name));
    const who = people.length > 0 ? people.join(words.andSo) : words.nobody;
    return teams.length > 1 ? `${topicText(name)} ${who}` : who;
  });
  return words.topic(parts.join(words.andSo));
}

/** A bar would end Toban's part of the topic. */
function topicText(text: string): string {
  return escapeMrkdwn(text.replaceAll('|', '/'));
}

function holders(team: string, { roster, clock }: SignDeps): readonly Responder[] {
  const first = roster.levels(team, clock.now()).find(({ level }) => level === 1);
  return (first?.shifts ?? []).map(({ responder }) => responder);
}
