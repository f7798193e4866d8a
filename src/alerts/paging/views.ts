/** The form that pages people, and what is said loudly. */

import type { KnownBlock, View } from '@slack/types';
import { CALLBACK } from '../../blockkit/action-ids.ts';
import { section } from '../../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo } from '../../blockkit/mrkdwn.ts';
import type { Alert, Mention } from '../../domain/alert.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { OnCallLevel } from '../../domain/on-call.ts';
import type { Team } from '../../domain/team.ts';
import type { Content } from '../../ports/chat.ts';
import { mentionText } from '../mention-text.ts';
import { messages } from '../messages.ts';
import { pagingMessages } from './messages.ts';

export interface PageForm {
  readonly text: string;
  /** Slack ids. */
  readonly people: readonly string[];
  /** Never empty. */
  readonly teams: readonly Team[];
  /** Who is on call, a text a team. */
  readonly onCall: readonly string[];
  /** Where the command was given. */
  readonly channel: string;
}

const plain = (text: string) => ({ type: 'plain_text' as const, text: clip(text, 75) });

export function pageModal({ text, people, teams, onCall, channel }: PageForm, style: TimeStyle): View {
  const words = pagingMessages[style.locale];
  const names = onCall.map(escapeMrkdwn).join(words.and) || words.nobodyKnown;
  const options = teams.map(({ key, name }) => ({ text: plain(name), value: key }));
  const blocks: KnownBlock[] = [
    section(words.whom(names)),
    {
      type: 'input',
      block_id: 'text',
      label: plain(words.text),
      element: {
        type: 'plain_text_input',
        action_id: 'text',
        max_length: 250,
        ...(text ? { initial_value: clip(text, 250) } : {}),
      },
    },
    {
      type: 'input',
      block_id: 'people',
      optional: true,
      label: plain(words.people),
      hint: plain(words.peopleHint),
      element: {
        type: 'multi_users_select',
        action_id: 'people',
        ...(people.length > 0 ? { initial_users: [...people] } : {}),
      },
    },
  ];
  if (options.length > 1 && options[0]) {
    blocks.push({
      type: 'input',
      block_id: 'team',
      label: plain(words.team),
      element: { type: 'static_select', action_id: 'team', options: options.slice(0, 100), initial_option: options[0] },
    });
  }
  return {
    type: 'modal',
    callback_id: CALLBACK.pageSomebody,
    title: plain(words.title),
    submit: plain(words.submit),
    close: plain(words.close),
    private_metadata: JSON.stringify({ channel, team: teams[0]?.key ?? '' }),
    blocks,
  };
}

/** Whom to phone, level by level. */
export function phoneList(levels: readonly OnCallLevel[], style: TimeStyle): string {
  const words = pagingMessages[style.locale];
  const lines = levels.map(({ level, shifts }) =>
    words.phone(level, shifts.map(({ responder }) => escapeMrkdwn(responder.name)).join(words.and)),
  );
  return [words.failed, ...lines].join('\n');
}

export function failedContent(mention: Mention, by: string, text: string, style: TimeStyle): Content {
  return { text: pagingMessages[style.locale].failedLoudly(who(mention, style), `<@${by}>`, foreign(text)) };
}

export function exhaustedContent(alert: Alert, mention: Mention, style: TimeStyle): Content {
  const { title, links } = alert.reading;
  const shown = links[0] ? linkTo(links[0].url, clip(title, 200).replaceAll('*', '∗')) : foreign(title);
  return { text: pagingMessages[style.locale].exhausted(who(mention, style), shown) };
}

function who({ targets }: Mention, style: TimeStyle): string {
  return targets.length > 0 ? mentionText(targets) : messages[style.locale].nobodyInSlack;
}

function foreign(text: string): string {
  return escapeMrkdwn(clip(text, 300).replaceAll('*', '∗'));
}
