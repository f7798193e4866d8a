/** Puts the page together and draws it whenever something changed. */

import { html, nothing, render } from '/lit-html/lit-html.js';
import { repeat } from '/lit-html/directives/repeat.js';
import { modal, question } from './modal.js';
import { act, become, connect, go, onUpdate, state, update } from './store.js';
import { stagePart } from './stage.js';
import { startTour, tour } from './tour.js';
import { faultText, say } from './words.js';
import { channelName, channelPart, sidebar, sidePart } from './workspace.js';

const root = document.getElementById('app');
const THEMES = ['auto', 'light', 'dark'];

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length];
  localStorage.setItem('theme', theme);
  update(() => (state.theme = theme));
}

async function restart(locale) {
  update(() => Object.assign(state, { ready: false, side: undefined, tour: 'welcome', reads: {}, target: undefined }));
  sessionStorage.removeItem('reads');
  sessionStorage.setItem('tour', 'welcome');
  await act('restart', { locale });
  update(() => (state.ready = true));
}

function top() {
  const words = say();
  const people = state.cast.map(({ id }) => state.users.get(id)).filter(Boolean);
  return html`<header class="top">
    <a class="skip" href="#messages">${words.skip}</a>
    <p class="brand"><img src="/icon.svg" alt="" /><b>${words.title}</b></p>
    <label class="as" title=${words.beHint}
      ><span>${words.be}</span>
      <select id="as" @change=${(event) => become(event.target.value)}>
        ${people.map((user) => html`<option value=${user.id} ?selected=${user.id === state.me}>${user.realName}</option>`)}
      </select>
    </label>
    <span class="grow"></span>
    ${state.tour === 'done' ? html`<button class="top-button" @click=${startTour}>🧭 <span>${words.tour.again}</span></button>` : nothing}
    <button class="top-button" @click=${() => restart(state.locale)}>↺ <span>${words.restart}</span></button>
    <button class="top-button" id="theme" @click=${nextTheme}>◐ <span>${words.theme[state.theme]}</span></button>
    <button
      class="top-button"
      id="language"
      title=${words.languageLabel}
      lang=${state.locale === 'ja' ? 'en' : 'ja'}
      @click=${() => restart(state.locale === 'ja' ? 'en' : 'ja')}
    >
      🌐 ${words.language}
    </button>
  </header>`;
}

function toasts() {
  const one = (toast) => {
    if (toast.kind === 'fault') return html`<div class="toast fault" role="alert">⚠️ ${faultText(toast.text)}</div>`;
    const channel = state.channels.get(toast.channel);
    return html`<button class="toast call" @click=${() => go(toast.channel, toast.ts)}>
      🔔 ${say().called(channel?.kind === 'im' ? channelName(channel) : `#${channel?.name ?? ''}`)}
    </button>`;
  };
  return html`<div class="toasts" aria-live="polite">${repeat(state.toasts, (toast) => toast.id, one)}</div>`;
}

function parts() {
  const words = say().parts;
  const signs = { channels: '☰', messages: '💬', side: '🧵', stage: '🎛️' };
  const shown = Object.keys(signs).filter((part) => part !== 'side' || state.side);
  return html`<nav class="parts" aria-label="Toban">
    ${shown.map((part) => html`<button aria-current=${state.part === part ? 'page' : nothing} @click=${() => update(() => (state.part = part))}><span aria-hidden="true">${signs[part]}</span>${words[part]}</button>`)}
  </nav>`;
}

function page() {
  if (!state.ready) return html`<p class="starting" role="status">${say().starting}</p>`;
  return html`${top()}
    <main class="house part-${state.part} ${state.side ? 'with-side' : ''}">
      ${sidebar()}
      <div class="middle">
        ${tour()}
        <div class="room">${channelPart()}${sidePart()}</div>
      </div>
      ${stagePart()}
    </main>
    ${parts()} ${modal()} ${question()} ${toasts()}
    ${state.connected ? nothing : html`<p class="offline" role="alert">${say().offline}</p>`}`;
}

/** list → where the page last left it, and whether it follows what comes. */
const places = new Map();

/**
 * A list follows its end until the reader moves it; what is taller than the list is shown from its beginning,
 * and a thread that nobody moved yet keeps the message that calls its reader in view.
 */
function follow(list) {
  const name = list.dataset.scroll;
  const place = places.get(name) ?? { end: true, fresh: name.startsWith('thread') };
  if (place.end) {
    const [before, newest] = [...list.querySelectorAll('article')].slice(-2);
    const last = newest ?? before;
    const end = list.scrollHeight - list.clientHeight;
    const company = newest && before.offsetHeight < list.clientHeight * 0.5 ? before.offsetHeight : 0;
    const top = last ? Math.min(end, last.offsetTop - list.offsetTop - company - 8) : end;
    const caller = place.fresh ? list.querySelector('article.calls') : undefined;
    list.scrollTop = caller ? Math.min(top, caller.offsetTop - list.offsetTop - 8) : top;
  } else if (list.dataset.shown !== name) list.scrollTop = place.top;
  list.dataset.shown = name;
  places.set(name, { ...place, top: list.scrollTop });
}

function remember(list) {
  const place = places.get(list.dataset.shown);
  if (!place) return;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const still = Math.abs(list.scrollTop - place.top) < 2;
  places.set(list.dataset.shown, {
    end: atEnd || (place.end && still),
    fresh: place.fresh && still,
    top: list.scrollTop,
  });
}

/** The first input takes the focus once it is there: a modal may stand empty at first. */
function show(dialog) {
  if (!dialog.open) dialog.showModal();
  if (dialog.dataset.entered) return;
  const first = dialog.querySelector('.input :is(input, select, textarea), footer button');
  first?.focus();
  if (dialog.querySelector('.input')) dialog.dataset.entered = 'yes';
}

function draw() {
  for (const list of root.querySelectorAll('[data-scroll]')) remember(list);
  document.documentElement.lang = state.locale;
  document.documentElement.dataset.theme = state.theme;
  document.title = say().title;
  render(page(), root);
  for (const list of root.querySelectorAll('[data-scroll]')) follow(list);
  for (const dialog of root.querySelectorAll('dialog')) show(dialog);
  if (state.ready && !document.body.dataset.ready) {
    document.body.dataset.ready = 'yes';
    performance.mark('toban-ready');
  }
}

root.replaceChildren();
onUpdate(draw);
connect();
