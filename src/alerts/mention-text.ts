/** How people stand in a message. */

import type { MentionTarget } from '../domain/alert.ts';

/** Live mentions, with a space between; empty where there is nobody. */
export function mentionText(targets: readonly MentionTarget[]): string {
  return targets
    .map((target) => (target.kind === 'person' ? `<@${target.slackId}>` : `<!subteam^${target.groupId}>`))
    .join(' ');
}
