/** Looks at Slack for the doctor: reads only, and turns every failure into an answer. */

import type { Logger } from '@slack/bolt';
import type { Clock } from '../ports/clock.ts';
import type { ChannelSeen, Probe, SlackProbe } from '../ports/probes.ts';
import { createWebClient, failureOf, patiently } from './web.ts';

/** A workspace with more channels than this is not listed to its end. */
const MOST_PAGES = 25;
const TIME_WITHIN_MS = 5_000;

export interface SlackProbeDeps {
  readonly apiUrl: string;
  readonly botToken: string;
  /** Absent in HTTP mode. */
  readonly appToken?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeoutMs: number;
}

export function createSlackProbe(deps: SlackProbeDeps): SlackProbe {
  const { clock } = deps;
  const client = createWebClient({ ...deps, token: deps.botToken });
  /** Asks once more after a 429 or a slip of the line; a refusal is an answer. */
  const ask = <T>(call: () => Promise<T>): Promise<Probe<T>> => probed(() => patiently(clock, call, 2));

  return {
    whoAmI: () =>
      ask(async () => {
        const { user_id: userId = '', user = '', team = '', response_metadata: metadata } = await client.auth.test();
        return { userId, name: user, team, scopes: metadata?.scopes };
      }),
    line: () =>
      ask(async () => {
        const connection = createWebClient({ ...deps, token: deps.appToken ?? '' });
        await connection.apps.connections.open({});
      }),
    channels: () =>
      ask(async () => {
        const found: ChannelSeen[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < MOST_PAGES; page++) {
          const answer = await client.conversations.list({
            types: 'public_channel,private_channel',
            exclude_archived: true,
            limit: 1000,
            ...(cursor ? { cursor } : {}),
          });
          for (const { id, name, is_member: isMember } of answer.channels ?? []) {
            if (id && name) found.push({ id, name, isMember: isMember ?? false });
          }
          cursor = answer.response_metadata?.next_cursor || undefined;
          if (!cursor) break;
        }
        return found;
      }),
    personByEmail: async (email) => {
      const answer = await ask(() => client.users.lookupByEmail({ email }));
      if (answer.kind === 'refused' && answer.code === 'users_not_found') {
        return { kind: 'answered', value: undefined };
      }
      if (answer.kind !== 'answered') return answer;
      const { user } = answer.value;
      return { kind: 'answered', value: user?.deleted ? undefined : user?.id };
    },
    isPerson: async (slackId) => {
      const answer = await ask(() => client.users.info({ user: slackId }));
      if (answer.kind === 'refused' && answer.code.startsWith('user_not_')) return { kind: 'answered', value: false };
      if (answer.kind !== 'answered') return answer;
      return { kind: 'answered', value: answer.value.user !== undefined && !answer.value.user.deleted };
    },
    userGroups: () =>
      ask(async () => {
        const { usergroups = [] } = await client.usergroups.list({});
        return usergroups.flatMap(({ id }) => id ?? []);
      }),
    time: () => timeOf(deps),
  };
}

async function probed<T>(call: () => Promise<T>): Promise<Probe<T>> {
  try {
    return { kind: 'answered', value: await call() };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'refused' || failure.kind === 'unauthorized') {
      const detail = failure.kind === 'refused' ? failure.detail : undefined;
      return { kind: 'refused', code: failure.code, ...(detail === undefined ? {} : { detail }) };
    }
    return { kind: 'silent', reason: failure.kind === 'rate_limited' ? 'rate_limited' : failure.code };
  }
}

/** From the date that goes with every answer; the Web API tells the time nowhere else. */
async function timeOf({ apiUrl, clock }: SlackProbeDeps): Promise<Probe<number>> {
  const controller = new AbortController();
  const cancel = clock.setTimer(TIME_WITHIN_MS, () => controller.abort());
  try {
    const { headers } = await fetch(`${apiUrl}api.test`, { method: 'POST', signal: controller.signal });
    const time = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(time) ? { kind: 'silent', reason: 'no_date' } : { kind: 'answered', value: time };
  } catch {
    return { kind: 'silent', reason: 'no_answer' };
  } finally {
    cancel();
  }
}
