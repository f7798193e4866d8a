/** Slack's part of the page: the list of channels, the channel in view, and what stands beside it. */

import { html, nothing } from '/lit-html/lit-html.js';
import { composer } from './composer.js';
import { markdown } from './markdown.js';
import { authorOf, avatar, content, messageList, threadList } from './messages.js';
import { homeTab } from './modal.js';
import { link, mrkdwn, time } from './mrkdwn.js';
import { emoji } from './emoji.js';
import { act, go, messagesOf, state, unread, update } from './store.js';
import { say } from './words.js';

const sign = (channel) => (channel.kind === 'private' ? '🔒' : '#');

export function channelName(channel) {
  if (!channel) return '';
  if (channel.kind === 'public' || channel.kind === 'private') return channel.name;
  const others = channel.members.filter((id) => id !== state.me);
  return others.map((id) => state.users.get(id)?.realName ?? id).join(', ');
}

function channelButton(channel) {
  const { any, called } = unread(channel);
  const here = channel.id === state.channel;
  const bold = any || called > 0;
  return html`<li>
    <button
      class="channel ${here ? 'here' : ''} ${bold ? 'unread' : ''}"
      aria-current=${here ? 'page' : nothing}
      data-channel=${channel.id}
      @click=${() => go(channel.id)}
    >
      <span class="sign" aria-hidden="true">${channel.kind === 'im' ? '●' : sign(channel)}</span
      ><span class="label">${channelName(channel)}</span>
      ${bold ? html`<span class="hidden">${say().unread(called)}</span>` : nothing}
      ${called > 0 ? html`<span class="badge" aria-hidden="true">${called}</span>` : nothing}
    </button>
  </li>`;
}

export function sidebar() {
  const words = say();
  const all = [...state.channels.values()].filter((channel) => !channel.isArchived);
  const inside = (channel) => channel.members.includes(state.me);
  const named = all
    .filter(({ kind }) => kind === 'public' || kind === 'private')
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const directs = all.filter(
    (channel) =>
      (channel.kind === 'im' || channel.kind === 'mpim') && inside(channel) && !channel.members.includes(state.bot.id),
  );
  const own = all.find((channel) => channel.kind === 'im' && inside(channel) && channel.members.includes(state.bot.id));
  const openApp = async () => {
    const { channel } = (await act('openDirect')) ?? {};
    if (state.installed.homeTab) void act('openHome');
    if (channel) go(channel);
  };
  const list = (title, channels) =>
    channels.length === 0
      ? nothing
      : html`<h2>${title}</h2>
          <ul>
            ${channels.map(channelButton)}
          </ul>`;
  return html`<nav class="sidebar" aria-label=${words.channels}>
    <p class="workspace"><img src="/icon.svg" alt="" /> ${words.workspace}</p>
    ${list(words.channels, named.filter(inside))}
    ${list(
      words.others,
      named.filter((channel) => channel.kind === 'public' && !inside(channel)),
    )}
    ${list(words.directs, directs)}
    <h2>${words.apps}</h2>
    <ul>
      ${
        own
          ? channelButton(own)
          : html`<li>
              <button class="channel" @click=${openApp}>
                <span class="sign" aria-hidden="true">○</span><span class="label">${state.bot.name}</span>
              </button>
            </li>`
      }
    </ul>
  </nav>`;
}

export function channelPart() {
  const words = say();
  const channel = state.channels.get(state.channel);
  if (!channel) return nothing;
  const ownDirect = channel.kind === 'im' && channel.members.includes(state.bot.id);
  const tabs = ownDirect && state.installed.homeTab;
  const tab = (home, text) =>
    html`<button
      class="tab"
      aria-pressed=${state.home === home}
      @click=${() => (home && act('openHome'), update(() => (state.home = home)))}
    >
      ${text}
    </button>`;
  const inside = channel.members.includes(state.me);
  return html`<section class="channel-part" aria-label=${channelName(channel)}>
    <header class="bar">
      <h1>
        ${channel.kind === 'im' ? '' : html`<span aria-hidden="true">${sign(channel)}</span>`} ${channelName(channel)}
      </h1>
      <span class="grow"></span>
      ${channel.pins.length > 0 ? html`<button class="plain" @click=${() => update(() => Object.assign(state, { side: { kind: 'pins', channel: channel.id }, part: 'side' }))}>📌 ${channel.pins.length}<span class="hidden"> ${words.pins}</span></button>` : nothing}
      ${channel.canvas ? html`<button class="plain" @click=${() => update(() => Object.assign(state, { side: { kind: 'canvas', id: channel.canvas, channel: channel.id }, part: 'side' }))}>📝 ${words.canvas}</button>` : nothing}
      <span class="count" title=${channel.members.map((id) => state.users.get(id)?.realName ?? id).join(', ')}
        >👥 ${words.members(channel.members.length)}</span
      >
    </header>
    ${channel.topic ? html`<p class="topic-line">${mrkdwn(channel.topic)}</p>` : nothing}
    ${channel.bookmarks.length > 0 ? html`<div class="bookmarks">${channel.bookmarks.map((one) => html`<span>${one.emoji ? emoji(one.emoji.replaceAll(':', '')) : '🔖'} ${link(one.link, one.title)}</span>`)}</div>` : nothing}
    ${tabs ? html`<div class="tabs">${tab(true, words.home)}${tab(false, words.chat)}</div>` : nothing}
    ${tabs && state.home ? homeTab() : messageList(channel.id)}
    ${channel.isArchived ? html`<p class="join">${words.archived}</p>` : inside ? composer(channel) : html`<p class="join"><button class="block-button primary" @click=${() => act('join', { channel: channel.id })}>${words.join}</button></p>`}
  </section>`;
}

export function sidePart() {
  const { side } = state;
  if (!side) return nothing;
  const words = say();
  const close = () => update(() => Object.assign(state, { side: undefined, part: 'messages' }));
  const frame = (title, about, body) =>
    html`<aside class="side-part" aria-label=${title}>
      <header class="bar">
        <h2>${title}</h2>
        <p class="topic">${about}</p>
        <button class="plain" aria-label=${words.close} @click=${close}>✕</button>
      </header>
      ${body}
    </aside>`;
  const channel = state.channels.get(side.channel);
  if (side.kind === 'thread')
    return frame(
      words.thread,
      `#${channelName(channel)}`,
      html`${threadList(side.channel, side.ts)}${channel && !channel.isArchived ? composer(channel, side.ts) : nothing}`,
    );
  if (side.kind === 'canvas') {
    const canvas = state.canvases.get(side.id);
    return frame(
      canvas?.title || words.canvas,
      '',
      html`<div class="scroll canvas markdown" tabindex="0">${markdown(canvas?.markdown)}</div>`,
    );
  }
  const pinned = (channel?.pins ?? []).map((ts) => messagesOf(side.channel).get(ts)).filter(Boolean);
  return frame(
    words.pins,
    `#${channelName(channel)}`,
    html`<div class="scroll" tabindex="0">
      ${pinned.map(
        (message) =>
          html`<article class="message">
            <div class="left">${avatar(authorOf(message))}</div>
            <div class="right">
              <p class="head"><b>${authorOf(message).name}</b><time>${time(Number(message.ts) * 1000)}</time></p>
              <div class="content">${content(message)}</div>
            </div>
          </article>`,
      )}
    </div>`,
  );
}
