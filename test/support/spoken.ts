/** What the bot said in a story: whom it called, and whether it spoke well (J-07). */

import type { Story } from './story.ts';

interface Said {
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly firstMentions?: readonly string[];
}

const CJK = '[\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]';
const BROKEN_BOLD = new RegExp(`(?:${CJK}\\*[^*\\n]+\\*|\\*[^*\\n]+\\*${CJK})`, 'u');
const EVERYBODY = /@(?:channel|here|everyone|group)\b/i;

/** Every message, ephemeral and open modal of the bot. */
export function spoken(story: Story): readonly Said[] {
  const { slack } = story;
  const own = slack.channels
    .flatMap(({ id }) => slack.history(id))
    .filter((message) => message.bot_id === slack.identity.botId);
  const views = slack.users.flatMap(({ id }) => slack.views(id)).map(({ blocks }) => ({ text: '', blocks }));
  return [...own, ...slack.ephemerals, ...views];
}

/** Everybody whom a message of the bot notified, once a message. */
export function notified(story: Story): readonly string[] {
  return spoken(story).flatMap(({ firstMentions }) => firstMentions ?? []);
}

/** Nothing in what the bot said breaks Slack's bold, calls everybody, or has a button that is no short label. */
export function faultsOfSpeech(story: Story): readonly string[] {
  return spoken(story).flatMap((said) => {
    const texts = [said.text, ...textsIn(said.blocks)];
    return [
      ...texts.filter((text) => BROKEN_BOLD.test(text)).map((text) => `broken bold: ${text}`),
      ...texts.filter((text) => EVERYBODY.test(text)).map((text) => `everybody: ${text}`),
      ...story.slack
        .mentions(said)
        .filter((id) => /^[a-z]/.test(id))
        .map((id) => `calls ${id}: ${said.text}`),
      ...labelsIn(said.blocks)
        // The one button whose words are given: whoever presses it says so (I-08).
        .filter((label) => label !== 'ICやります')
        .filter((label) => label.length > 75 || /[。.!?]$|ます$|です$/.test(label))
        .map((label) => `no label: ${label}`),
    ];
  });
}

function textsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, text } = node as { type?: unknown; text?: unknown };
  if (typeof text === 'string') return type === 'text' || type === 'mrkdwn' ? [text] : [];
  return Object.values(node).flatMap(textsIn);
}

function labelsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(labelsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, text } = node as { type?: unknown; text?: { text?: unknown } };
  if (type === 'button') return [String(text?.text)];
  return Object.values(node).flatMap(labelsIn);
}

/** The action ids of a message's buttons. */
export function buttonsOf(message: { readonly blocks?: readonly unknown[] } | undefined): readonly string[] {
  return (message?.blocks ?? []).flatMap((block) => {
    const { type, elements } = block as { type?: string; elements?: readonly { action_id?: string }[] };
    return type === 'actions' ? (elements ?? []).flatMap(({ action_id: id }) => id ?? []) : [];
  });
}

/** Under every alert that is not over: the way to a war room, without a form and with one. */
export const TO_ROOM = ['incident.open_war_room', 'incident.declare'] as const;
