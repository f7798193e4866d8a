/** The guided tour: one card that says what just happened and why, and goes on by what is done. */

import { html, nothing } from '/lit-html/lit-html.js';
import { send } from './composer.js';
import { act, go, messagesOf, state, update } from './store.js';
import { say } from './words.js';

const STEPS = ['welcome', 'fired', 'called', 'acknowledged', 'recovered', 'asked'];

function set(step) {
  sessionStorage.setItem('tour', step);
  update(() => (state.tour = step));
}

export const startTour = () => set('welcome');

/** The alert that the tour fired, or the last one. */
const fired = () => state.stage.fired.find((one) => one.id === state.tourFired) ?? state.stage.fired.at(-1);
const incidentOf = (one) => state.pager.incidents.find(({ id }) => id === one?.incident);

async function fire() {
  const scene = state.stage.scenes[0];
  go(scene.channel);
  const result = await act('fire', { scene: 0 });
  if (!result) return;
  state.tourFired = result.id;
  set('fired');
}

const ACTIONS = {
  welcome: fire,
  acknowledged: () => act('recover', { id: fired()?.id }),
  recovered: () => send(state.channel, '/oncall'),
  asked: () => set('done'),
};

/** Goes on as soon as what the step waits for has happened. */
function happened() {
  const one = fired();
  if (!one) return undefined;
  const channel = state.stage.scenes[one.scene]?.channel;
  const thread = [...messagesOf(channel).values()].filter((message) => message.thread_ts === one.ts);
  const called = thread.find((message) => message.firstMentions?.length > 0);
  const { status } = incidentOf(one) ?? {};
  if (state.tour === 'fired' && called && thread.length > 1) return 'called';
  if (state.tour === 'called' && status !== 'triggered') return status === 'resolved' ? 'recovered' : 'acknowledged';
  if (state.tour === 'acknowledged' && status === 'resolved') return 'recovered';
  const answered = [...state.ephemerals.values()].some((message) => message.user === state.me);
  return state.tour === 'recovered' && answered ? 'asked' : undefined;
}

export function tour() {
  const next = happened();
  if (next) queueMicrotask(() => set(next));
  const at = STEPS.indexOf(state.tour);
  if (at < 0) return nothing;
  const words = say().tour;
  const { text, action } = words[state.tour];
  return html`<aside class="tour" aria-label=${words.label}>
    <span class="step">${words.step(at + 1, STEPS.length)}</span>
    <p role="status">${text}</p>
    ${action ? html`<button class="block-button primary" @click=${ACTIONS[state.tour]}>${action}</button>` : nothing}
    <button class="plain" aria-label=${words.skip} title=${words.skip} @click=${() => set('done')}>✕</button>
  </aside>`;
}
