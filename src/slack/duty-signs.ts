/** The DutySigns port on Slack. */

import type { WebClient } from '@slack/web-api';
import { clip } from '../blockkit/mrkdwn.ts';
import type { Clock } from '../ports/clock.ts';
import type { DutySigns } from '../ports/duty-signs.ts';
import { chatError, patiently } from './web.ts';

const LONGEST_TOPIC = 250;

export function createDutySigns(client: WebClient, clock: Clock): DutySigns {
  const again = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await patiently(clock, call, 2);
    } catch (error) {
      throw chatError(error);
    }
  };
  return {
    groupMembers: async (group) => (await again(() => client.usergroups.users.list({ usergroup: group }))).users ?? [],
    setGroupMembers: async (group, slackIds) => {
      await again(() => client.usergroups.users.update({ usergroup: group, users: slackIds.join(',') }));
    },
    topic: async (channel) => (await again(() => client.conversations.info({ channel }))).channel?.topic?.value ?? '',
    setTopic: async (channel, topic) => {
      await again(() => client.conversations.setTopic({ channel, topic: clip(topic, LONGEST_TOPIC) }));
    },
  };
}
