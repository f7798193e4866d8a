/** Chooses whom an alert calls: the lowest level that can be mentioned in Slack. */

import type { Mention, MentionTarget } from '../domain/alert.ts';
import type { OnCallLevel } from '../domain/on-call.ts';
import type { Responder } from '../domain/responder.ts';

export interface Choice {
  readonly levels: readonly OnCallLevel[];
  readonly slackIdOf: (responder: Responder) => string | undefined;
  /** Slack user group of the whole team. */
  readonly userGroup?: string;
  /** Levels below this one are left out, without being named as passed over. */
  readonly from?: number;
}

/**
 * From `from` upwards, everybody of the first level on which somebody can be mentioned. A level above the first with
 * several people is the team: its group is called where there is one. With nobody left, the group; with no group, nobody.
 */
export function chooseMention(choice: Choice): Mention {
  const { levels, from = 1 } = choice;
  const gap = from === 1 && levels.length > 0 && !levels.some(({ level }) => level === 1);
  return { ...firstReachable(choice), ...(gap ? { firstLevelEmpty: true } : {}) };
}

function firstReachable({ levels, slackIdOf, userGroup, from = 1 }: Choice): Mention {
  const passedOver: { level: number; name: string }[] = [];
  for (const { level, shifts } of levels) {
    if (level < from) continue;
    const people = shifts.map(({ responder }) => responder);
    if (level > 1 && people.length > 1 && userGroup) {
      return { targets: [{ kind: 'group', groupId: userGroup }], level, passedOver };
    }
    const targets = people.flatMap((responder): MentionTarget[] => {
      const slackId = slackIdOf(responder);
      return slackId ? [{ kind: 'person', slackId, name: responder.name }] : [];
    });
    if (targets.length > 0) return { targets, level, passedOver };
    passedOver.push(...people.map(({ name }) => ({ level, name })));
  }
  return { targets: userGroup ? [{ kind: 'group', groupId: userGroup }] : [], level: 0, passedOver };
}

/**
 * The level on which most of `responders` stand, the lowest of equals: one person may stand on several.
 * Undefined where none of them does.
 */
export function levelOf(levels: readonly OnCallLevel[], responders: readonly Responder[]): number | undefined {
  const ids = new Set(responders.map(({ id }) => id));
  let best: { level: number; standing: number } | undefined;
  for (const { level, shifts } of levels) {
    const standing = shifts.filter(({ responder }) => ids.has(responder.id)).length;
    if (standing > (best?.standing ?? 0)) best = { level, standing };
  }
  return best?.level;
}
