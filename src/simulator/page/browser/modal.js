/** The topmost modal of the person, the question before a dangerous button, and the app's home tab. */

import { html, nothing } from '/lit-html/lit-html.js';
import { keyed } from '/lit-html/directives/keyed.js';
import { blocks } from './blocks.js';
import { epochOf, textOf } from './elements.js';
import { act, busily, state, update } from './store.js';
import { faultText, say } from './words.js';

export function modal() {
  const view = state.views.get(state.me)?.at(-1);
  if (!view) return nothing;
  const words = say();
  const close = (event) => {
    event?.preventDefault();
    void act('close', { view: view.id });
  };
  const submit = (event) => {
    event.preventDefault();
    const values = entered(view, event.target);
    void busily(`submit ${view.id}`, async () => {
      const result = await act('submit', { view: view.id, values });
      const problems = result?.kind === 'errors' ? { view: view.id, errors: inWords(result.errors) } : undefined;
      const failed =
        result?.kind === 'failed'
          ? { view: view.id, errors: {}, failed: [result.error, ...result.messages].join(' ') }
          : undefined;
      update(() => (state.problems = problems ?? failed));
    });
  };
  const busy = state.busy.has(`submit ${view.id}`);
  const failed = state.problems?.view === view.id ? state.problems.failed : undefined;
  return keyed(
    view.id,
    html`<dialog class="modal" aria-labelledby="modal-title" @cancel=${close}>
      <form novalidate @submit=${submit}>
        <header>
          <h2 id="modal-title">${textOf(view.title)}</h2>
          <button type="button" class="plain" aria-label=${words.close} @click=${close}>✕</button>
        </header>
        <div class="scroll">
          ${failed ? html`<p class="alert error" role="alert">${words.failed(faultText(failed))}</p>` : nothing}
          ${blocks(view.blocks, { view: view.id })}
        </div>
        <footer>
          <button type="button" class="block-button" @click=${close}>
            ${view.close ? textOf(view.close) : words.cancel}
          </button>
          ${view.submit ? html`<button class="block-button primary" aria-busy=${busy ? 'true' : nothing}>${textOf(view.submit)}</button>` : nothing}
        </footer>
      </form>
    </dialog>`,
  );
}

/** What Slack's own client finds wrong is said in the page's language. */
const inWords = (errors) =>
  Object.fromEntries(Object.entries(errors).map(([block, text]) => [block, say().entries[text] ?? text]));

/** block_id → what the person entered, read from the form. */
function entered(view, form) {
  const values = {};
  for (const block of view.blocks.filter((one) => one.type === 'input')) {
    const { element } = block;
    const found = [...form.querySelectorAll('[data-block]')].find((one) => one.dataset.block === block.block_id);
    if (!found) continue;
    values[block.block_id] = valueOf(element, found);
  }
  return values;
}

function valueOf(element, found) {
  if (element.type.startsWith('multi_')) return JSON.parse(found.dataset.picked);
  if (element.type === 'checkboxes') return [...found.querySelectorAll('input:checked')].map((one) => one.value);
  if (element.type === 'radio_buttons') return found.querySelector('input:checked')?.value ?? null;
  if (found.value === '') return null;
  if (element.type === 'datetimepicker') return epochOf(found.value);
  if (element.type === 'rich_text_input')
    return {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: found.value }] }],
    };
  return found.value;
}

export function question() {
  if (!state.asked) return nothing;
  const { confirm, yes, no } = state.asked;
  const refuse = (event) => {
    event.preventDefault();
    no();
  };
  return html`<dialog class="modal small" aria-labelledby="question-title" @cancel=${refuse}>
    <header><h2 id="question-title">${confirm.title ? textOf(confirm.title) : say().ok}</h2></header>
    <div class="scroll"><p>${textOf(confirm.text)}</p></div>
    <footer>
      <button type="button" class="block-button" @click=${no}>
        ${confirm.deny ? textOf(confirm.deny) : say().cancel}
      </button>
      <button type="button" class="block-button ${confirm.style === 'danger' ? 'danger' : 'primary'}" @click=${yes}>
        ${confirm.confirm ? textOf(confirm.confirm) : say().ok}
      </button>
    </footer>
  </dialog>`;
}

export function homeTab() {
  const home = state.homes.get(state.me);
  return html`<div class="scroll home">
    ${home ? blocks(home.blocks, { view: home.id }) : html`<p class="quiet">${say().quiet}</p>`}
  </div>`;
}
