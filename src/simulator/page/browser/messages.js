/** A channel's messages and a thread's: authors, blocks, attachments, files, reactions, and what one can do to each. */

import { html, nothing } from '/lit-html/lit-html.js';
import { repeat } from '/lit-html/directives/repeat.js';
import { blocks } from './blocks.js';
import { menu } from './elements.js';
import { emoji } from './emoji.js';
import { dayOf, link, mrkdwn, time } from './mrkdwn.js';
import { act, busily, isRoot, mentions, messagesOf, repliesOf, state, update } from './store.js';
import { say } from './words.js';

const PAGE = 60;
const TOGETHER_MS = 5 * 60_000;
const QUICK = ['eyes', 'white_check_mark', 'pray', 'pushpin', 'tada'];
const COLORS = ['#b4461f', '#2f6f4f', '#3b5bab', '#8a3f87', '#7a5c14', '#1f6f78', '#a03a55', '#4d5a66'];

const msOf = (ts) => Number(ts) * 1000;

export function authorOf(message) {
  const known = state.users.get(message.user);
  const isBot = message.bot_id !== undefined || known?.isBot;
  const name = message.username ?? message.bot_profile?.name ?? known?.realName ?? message.user ?? '';
  return {
    name,
    isBot,
    key: message.bot_id ?? message.user ?? name,
    own: message.bot_id === state.bot.botId || message.user === state.bot.id,
  };
}

export function avatar({ name, key, own, isBot }) {
  if (own) return html`<img class="avatar" src="/icon.svg" alt="" />`;
  const color =
    COLORS[Array.from(String(key)).reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 997, 7) % COLORS.length];
  return html`<span class="avatar ${isBot ? 'bot' : ''}" style="background:${color}" aria-hidden="true"
    >${Array.from(name)[0]?.toUpperCase()}</span
  >`;
}

/** What stands at the top level of a channel for this person, with Slack's words to them alone. */
export function channelMessages(channel) {
  const all = [...messagesOf(channel).values()].filter((one) => isRoot(one) || one.subtype === 'thread_broadcast');
  return withWhispers(all, (one) => one.channel === channel && !one.threadTs);
}

function withWhispers(all, wanted) {
  const whispers = [...state.ephemerals.values()].filter((one) => one.user === state.me && wanted(one));
  const own = whispers.map((one) => ({
    ...one,
    whisper: true,
    for: one.user,
    user: state.bot.id,
    bot_id: state.bot.botId,
  }));
  return [...all, ...own].sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

export function messageList(channel) {
  const all = channelMessages(channel);
  const most = state.shown.get(channel) ?? PAGE;
  const shown = all.slice(-most);
  const more = () => update(() => state.shown.set(channel, most + PAGE));
  return html`<div class="scroll" id="messages" data-scroll=${channel} role="log" aria-label=${say().chat} tabindex="0">
    <div class="push"></div>
    ${all.length > shown.length ? html`<button class="earlier" @click=${more}>${say().earlier(all.length - shown.length)}</button>` : nothing}
    ${all.length === 0 ? html`<p class="quiet">${say().quiet}</p>` : nothing} ${rows(shown, true)}
  </div>`;
}

export function threadList(channel, ts) {
  const root = messagesOf(channel).get(ts);
  if (!root) return html`<p class="quiet">${say().quiet}</p>`;
  const replies = withWhispers(repliesOf(channel, ts), (one) => one.threadTs === ts);
  return html`<div class="scroll" data-scroll="thread ${ts}" role="log" aria-label=${say().thread} tabindex="0">
    ${rows([root], false)}
    ${replies.length > 0 ? html`<p class="count"><span>${say().replies(replies.length)}</span></p>` : nothing}
    ${rows(replies, false)}
  </div>`;
}

function rows(list, inChannel) {
  return repeat(
    list,
    (message) => message.ts,
    (message, index) => {
      const before = list[index - 1];
      const day = inChannel && (!before || dayOf(msOf(before.ts)) !== dayOf(msOf(message.ts)));
      return html`${day ? html`<p class="day"><span>${dayOf(msOf(message.ts))}</span></p>` : nothing}${row(message, before, inChannel)}`;
    },
  );
}

/** Begins with calling this person; a name further on only stands in the text. */
const calls = (message) => mentions(message) && /^.{0,40}?<[@!]/s.test(message.text ?? '');

const isNote = (message) => message.subtype?.startsWith('channel_') === true;

function row(message, before, inChannel) {
  if (isNote(message)) return note(message);
  const author = authorOf(message);
  const together =
    before &&
    !isNote(before) &&
    authorOf(before).key === author.key &&
    authorOf(before).name === author.name &&
    !message.whisper === !before.whisper &&
    msOf(message.ts) - msOf(before.ts) < TOGETHER_MS;
  const pinned = state.channels.get(message.channel)?.pins.includes(message.ts);
  const classes = `message ${together ? 'together' : ''} ${message.whisper ? 'whisper' : ''} ${calls(message) ? 'calls' : ''} ${pinned ? 'pinned' : ''} ${state.target === message.ts ? 'target' : ''}`;
  return html`<article class=${classes} data-ts=${message.ts} aria-label="${author.name} ${time(msOf(message.ts))}">
    <div class="left">${together ? html`<time class="aside">${time(msOf(message.ts))}</time>` : avatar(author)}</div>
    <div class="right">
      ${message.whisper ? html`<p class="over">👁 ${say().only}</p>` : pinned ? html`<p class="over">📌 ${say().pins}</p>` : nothing}
      ${together ? nothing : html`<p class="head"><b>${author.name}</b>${author.isBot ? html`<span class="badge">${say().app}</span>` : nothing}<time>${time(msOf(message.ts))}</time></p>`}
      <div class="content">${content(message)}</div>
      ${reactions(message)} ${inChannel ? threadLine(message) : nothing}
    </div>
    ${message.whisper ? nothing : tools(message, inChannel)}
  </article>`;
}

const note = (message) =>
  html`<article class="note" data-ts=${message.ts}>
    ${avatar(authorOf(message))}<span
      ><b>${authorOf(message).name}</b> ${mrkdwn(noteText(message))} <time>${time(msOf(message.ts))}</time></span
    >
  </article>`;

function noteText({ subtype, text, topic, purpose }) {
  if (state.locale !== 'ja') return text.replace(/^<@\w+> /, '');
  if (subtype === 'channel_join') return 'さんが参加しました';
  if (subtype === 'channel_leave') return 'さんが退出しました';
  if (subtype === 'channel_topic') return `トピック: ${topic}`;
  if (subtype === 'channel_purpose') return `説明: ${purpose}`;
  if (subtype === 'channel_archive') return 'アーカイブしました';
  return text;
}

export function content(message) {
  const place = { channel: message.channel, ts: message.ts, dead: !authorOf(message).own };
  const drawn =
    message.blocks?.length > 0
      ? blocks(message.blocks, place)
      : message.text
        ? html`<div class="text">${mrkdwn(message.text)}</div>`
        : nothing;
  return html`${drawn}${message.edited && !(message.blocks?.length > 0) ? html`<small class="faint">${say().edited}</small>` : nothing}
  ${(message.attachments ?? []).map((one) => attachment(one, place))} ${(message.files ?? []).map(file)}`;
}

function attachment(one, place) {
  const color = one.color ? (/^[0-9a-f]{6}$/i.test(one.color) ? `#${one.color}` : one.color) : 'var(--line)';
  const { pretext, author_name: author, title, title_link: url, text, fields, footer, fallback } = one;
  const empty = !(pretext || author || title || text || fields || one.blocks);
  return html`${pretext ? html`<p>${mrkdwn(pretext)}</p>` : nothing}
    <div class="attachment" style="border-color:${color}">
      ${author ? html`<p><b>${author}</b></p>` : nothing}
      ${title ? html`<p><b>${url ? link(url, title) : title}</b></p>` : nothing}
      ${text ? html`<div class="text">${mrkdwn(text)}</div>` : nothing}
      ${fields ? html`<div class="fields">${fields.map((each) => html`<div><b>${each.title}</b><br />${mrkdwn(each.value)}</div>`)}</div>` : nothing}
      ${one.blocks ? blocks(one.blocks, place) : nothing} ${empty ? mrkdwn(fallback) : nothing}
      ${footer ? html`<p class="faint">${footer}</p>` : nothing}
    </div>`;
}

const file = (one) =>
  html`<a class="file" href="/files/${one.id}" download=${one.name}
    ><span aria-hidden="true">📄</span
    ><span><b>${one.title || one.name}</b><small>${one.name} · ${one.size} B · ${say().download}</small></span></a
  >`;

function reactions(message) {
  if (!(message.reactions?.length > 0)) return nothing;
  const one = ({ name, users }) => {
    const names = users.map((id) => state.users.get(id)?.realName ?? id).join(', ');
    return html`<button
      class="reaction ${users.includes(state.me) ? 'mine' : ''}"
      aria-pressed=${users.includes(state.me)}
      title="${names} :${name}:"
      @click=${() => react(message, name)}
    >
      ${emoji(name)} <span>${users.length}</span>
    </button>`;
  };
  return html`<div class="reactions">${message.reactions.map(one)}</div>`;
}

const react = (message, name) => act('react', { channel: message.channel, ts: message.ts, name });

function openThread(message) {
  update(() =>
    Object.assign(state, {
      side: { kind: 'thread', channel: message.channel, ts: message.thread_ts ?? message.ts },
      part: 'side',
    }),
  );
}

function threadLine(message) {
  if (message.whisper) return nothing;
  const replies = repliesOf(message.channel, message.ts);
  if (replies.length === 0) return nothing;
  const people = [...new Map(replies.map((one) => [authorOf(one).key, authorOf(one)])).values()].slice(0, 4);
  return html`<button class="thread-line" @click=${() => openThread(message)}>
    ${people.map(avatar)} <b>${say().replies(replies.length)}</b> <time>${time(msOf(replies.at(-1).ts))}</time>
  </button>`;
}

function tools(message, inChannel) {
  const words = say();
  const place = { channel: message.channel, ts: message.ts };
  const pinned = state.channels.get(message.channel)?.pins.includes(message.ts);
  const shortcuts = state.installed.shortcuts
    .filter(({ where }) => where === 'message')
    .map(({ id, name }) => [
      `⚡ ${String(name)}`,
      () => busily(`shortcut ${String(id)}`, () => act('shortcut', { ...place, callbackId: id })),
    ]);
  return html`<div class="tools">
    ${menu(
      words.react,
      '☺',
      QUICK.map((name) => [emoji(name), () => react(message, name)]),
    )}
    ${inChannel ? html`<button title=${words.reply} aria-label=${words.reply} @click=${() => openThread(message)}>💬</button>` : nothing}
    ${menu(words.more, '⋮', [[pinned ? words.unpin : words.pin, () => act('pin', place)], ...shortcuts])}
  </div>`;
}
