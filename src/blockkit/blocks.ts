/** Block Kit as short pure functions; whoever calls them escapes what is not their own words. */

import type { ActionsBlock, Button, ConfirmationDialog, ContextBlock, Overflow, SectionBlock } from '@slack/types';
import { clip } from './mrkdwn.ts';

export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(mrkdwn, 3000) } };
}

export function context(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(mrkdwn, 3000) }] };
}

export function actions(elements: readonly (Button | Overflow)[]): ActionsBlock {
  return { type: 'actions', elements: [...elements] };
}

export function button(options: {
  text: string;
  actionId: string;
  value: string;
  style?: 'primary' | 'danger';
  confirm?: ConfirmationDialog;
}): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: clip(options.text, 75), emoji: true },
    action_id: options.actionId,
    value: options.value,
    ...(options.style ? { style: options.style } : {}),
    ...(options.confirm ? { confirm: options.confirm } : {}),
  };
}

/** The menu `⋯`: at most five choices. */
export function overflow(actionId: string, options: readonly { text: string; value: string }[]): Overflow {
  return {
    type: 'overflow',
    action_id: actionId,
    options: options.map(({ text, value }) => ({
      text: { type: 'plain_text', text: clip(text, 75), emoji: true },
      value,
    })),
  };
}

export function confirm(words: { title: string; text: string; yes: string; no: string }): ConfirmationDialog {
  return {
    title: { type: 'plain_text', text: clip(words.title, 100) },
    text: { type: 'plain_text', text: clip(words.text, 300) },
    confirm: { type: 'plain_text', text: clip(words.yes, 30) },
    deny: { type: 'plain_text', text: clip(words.no, 30) },
  };
}
