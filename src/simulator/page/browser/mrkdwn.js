/** Slack's mrkdwn as the page draws it: emphasis, code, quotes, links, mentions, dates, emoji. */

import { html } from '/lit-html/lit-html.js';
import { emoji } from './emoji.js';
import { go, state, update } from './store.js';
import { say } from './words.js';

const SIGNS = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (sign) => SIGNS[sign]);

/** Bold, italic and strike need a border of the word on both sides: beside a letter the signs stay signs. */
const INLINE =
  /```\n?([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}*])\*(?! )([^*\n]+?)(?<! )\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?! )([^_\n]+?)(?<! )_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?! )([^~\n]+?)(?<! )~(?![\p{L}\p{N}~])|:([a-z0-9_+-]+(?:::skin-tone-\d)?):|(\n)/gu;

export function mrkdwn(text) {
  const parts = [];
  let quote = [];
  let plain = [];
  const flush = () => {
    if (quote.length > 0) parts.push(html`<blockquote>${inline(quote.join('\n'))}</blockquote>`);
    if (plain.length > 0) parts.push(inline(plain.join('\n')));
    [quote, plain] = [[], []];
  };
  for (const line of String(text ?? '').split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (Boolean(quoted) !== quote.length > 0) flush();
    if (quoted) quote.push(quoted[1]);
    else plain.push(line);
  }
  flush();
  return parts;
}

function inline(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) parts.push(unescape(text.slice(from, found.index)));
    from = found.index + found[0].length;
    parts.push(piece(found));
  }
  if (from < text.length) parts.push(unescape(text.slice(from)));
  return parts;
}

function piece([, block, code, angle, bold, italic, strike, name, line]) {
  if (block !== undefined) return html`<pre tabindex="0">${unescape(block)}</pre>`;
  if (code !== undefined) return html`<code>${unescape(code)}</code>`;
  if (angle !== undefined) return angled(angle);
  if (bold !== undefined) return html`<strong>${inline(bold)}</strong>`;
  if (italic !== undefined) return html`<em>${inline(italic)}</em>`;
  if (strike !== undefined) return html`<s>${inline(strike)}</s>`;
  if (name !== undefined) return emoji(name);
  return line === undefined ? '' : html`<br />`;
}

function angled(inside) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return user(target.slice(1));
  if (target.startsWith('!subteam^')) return group(target.slice(9));
  if (target.startsWith('#')) return channelLink(target.slice(1), label);
  const date = /^!date\^(\d+)\^([^^]*)(?:\^(.*))?$/.exec(target);
  if (date) return html`<time>${dated(Number(date[1]), date[2])}</time>`;
  if (target.startsWith('!')) return html`<span class="mention me">@${target.slice(1)}</span>`;
  return link(unescape(target), label === undefined ? undefined : unescape(label));
}

export function user(id) {
  const known = state.users.get(id);
  return html`<span class="mention ${id === state.me ? 'me' : ''}">@${known?.realName ?? id}</span>`;
}

export function group(id) {
  const known = state.groups.get(id);
  return html`<span class="mention ${known?.users.includes(state.me) ? 'me' : ''}">@${known?.handle ?? id}</span>`;
}

export function channelLink(id, label) {
  const known = state.channels.get(id);
  const open = (event) => {
    event.preventDefault();
    if (known) go(id);
  };
  return html`<a href="#" @click=${open}>#${known?.name ?? label ?? id}</a>`;
}

/** Links into this Slack and its PagerDuty stay in the page. */
export function link(url, label = url) {
  const inside = insideOf(url);
  if (inside) {
    const open = (event) => {
      event.preventDefault();
      inside();
    };
    return html`<a href=${url} @click=${open}>${label}</a>`;
  }
  if (!/^(?:https?:|mailto:|tel:)/.test(url)) return label;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`;
}

function insideOf(url) {
  const message = /\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})/.exec(url);
  if (message && url.includes(state.domain)) return () => go(message[1], `${message[2]}.${message[3]}`);
  const channel = /\.slack\.com\/archives\/([A-Z0-9]+)\/?$/.exec(url);
  if (channel && url.includes(state.domain)) return () => go(channel[1]);
  const canvas = /\.slack\.com\/docs\/[A-Z0-9]+\/([A-Z0-9]+)/.exec(url);
  if (canvas)
    return () => update(() => Object.assign(state, { side: { kind: 'canvas', id: canvas[1] }, part: 'side' }));
  const incident = /pagerduty\.com\/incidents\/([A-Z0-9]+)/.exec(url);
  if (incident) return () => update(() => Object.assign(state, { incident: incident[1], part: 'stage' }));
  return undefined;
}

const shape = (options) =>
  new Intl.DateTimeFormat(state.locale === 'ja' ? 'ja-JP' : 'en-US', { timeZone: state.timeZone, ...options });

export const time = (ms, seconds = false) =>
  shape({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds ? { second: '2-digit' } : {}) }).format(ms);

export const dayOf = (ms) => shape({ month: 'long', day: 'numeric', weekday: 'short' }).format(ms);

function pretty(ms, options) {
  const day = (instant) => shape({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
  const words = say().days;
  if (day(ms) === day(state.now)) return words.today;
  if (day(ms) === day(state.now - 86_400_000)) return words.yesterday;
  if (day(ms) === day(state.now + 86_400_000)) return words.tomorrow;
  return shape(options).format(ms);
}

export function dated(seconds, format) {
  const ms = seconds * 1000;
  const short = { month: 'short', day: 'numeric', year: 'numeric' };
  const long = { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' };
  const plain = { month: 'long', day: 'numeric', year: 'numeric' };
  const tokens = {
    date_num: () => shape({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms),
    date: () => shape(plain).format(ms),
    date_short: () => shape(short).format(ms),
    date_long: () => shape(long).format(ms),
    date_pretty: () => pretty(ms, plain),
    date_short_pretty: () => pretty(ms, short),
    date_long_pretty: () => pretty(ms, long),
    time: () => time(ms),
    time_secs: () => time(ms, true),
    ago: () => `${Math.max(0, Math.round((state.now - ms) / 60_000))} min`,
  };
  return format.replace(/\{(\w+)\}/g, (whole, token) => tokens[token]?.() ?? whole);
}
