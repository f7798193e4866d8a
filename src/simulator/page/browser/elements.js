/** Block Kit's interactive elements: buttons, selects, pickers, inputs, menus. */

import { html, nothing } from '/lit-html/lit-html.js';
import { mrkdwn } from './mrkdwn.js';
import { act, busily, state, update } from './store.js';
import { say } from './words.js';

/** Plain text or mrkdwn, as a text object says. */
export function textOf(object) {
  if (!object) return '';
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : emojied(object.text);
}

const emojied = (text) =>
  mrkdwn(
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replace(/[*_~`>]/g, '\u200b$&'),
  );

export const keyOf = (place, blockId, actionId) => `${place.view ?? place.ts} ${blockId} ${actionId}`;

/** Asks first where the element has a `confirm`, then tells the app. */
export async function press(place, blockId, element, selected) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  const given = { actionId: element.action_id, blockId, selected };
  if (element.type === 'button' && element.value !== undefined) given.value = element.value;
  await busily(keyOf(place, blockId, element.action_id), () =>
    place.view
      ? act('pressInView', { ...given, view: place.view })
      : act('press', { ...given, channel: place.channel, ts: place.ts }),
  );
}

function confirmed(confirm) {
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      update(() => (state.asked = undefined));
      resolve(yes);
    };
    update(() => (state.asked = { confirm, yes: answer(true), no: answer(false) }));
  });
}

export function element(one, blockId, place, label) {
  const draw = DRAWN[one.type];
  return draw ? draw(one, blockId, place, label) : html`<span class="faint">${say().unsupported(one.type)}</span>`;
}

const LISTS = {
  users: () =>
    [...state.users.values()]
      .filter((user) => !user.isBot && !user.deleted && user.id !== 'USLACKBOT')
      .map((user) => [user.id, user.realName]),
  channels: () =>
    [...state.channels.values()]
      .filter((one) => one.kind === 'public' && !one.isArchived)
      .map((one) => [one.id, `#${one.name}`]),
  conversations: () =>
    [...state.channels.values()].filter((one) => one.name && !one.isArchived).map((one) => [one.id, `#${one.name}`]),
};
const labelOf = (option) => option.text.text;
const listed = (one) => {
  const kind = /^(?:multi_)?(users|channels|conversations)_select$/.exec(one.type)?.[1];
  if (kind) return LISTS[kind]();
  return [...(one.options ?? []), ...(one.option_groups ?? []).flatMap((group) => group.options)].map((option) => [
    option.value,
    labelOf(option),
  ]);
};
const initialOf = (one) =>
  one.initial_option?.value ?? one.initial_user ?? one.initial_channel ?? one.initial_conversation ?? '';
const initialsOf = (one) =>
  one.initial_options?.map((option) => option.value) ??
  one.initial_users ??
  one.initial_channels ??
  one.initial_conversations ??
  [];

const tells = (place) => place.input !== true || place.dispatch === true;
const named = (one, label) => label ?? one.accessibility_label ?? one.placeholder?.text ?? say().choose;

function button(one, blockId, place) {
  const busy = state.busy.has(keyOf(place, blockId, one.action_id));
  const open = () => {
    if (one.url) window.open(one.url, '_blank', 'noopener');
    void press(place, blockId, one);
  };
  return html`<button
    type="button"
    class="block-button ${one.style ?? ''}"
    data-action=${one.action_id ?? ''}
    aria-label=${one.accessibility_label ?? nothing}
    aria-busy=${busy ? 'true' : nothing}
    ?disabled=${place.dead}
    @click=${open}
  >
    ${textOf(one.text)}
  </button>`;
}

function select(one, blockId, place, label) {
  const initial = initialOf(one);
  const option = ([value, text]) => html`<option value=${value} ?selected=${value === initial}>${text}</option>`;
  const groups = one.option_groups?.map(
    (group) =>
      html`<optgroup label=${group.label.text}>
        ${group.options.map((each) => option([each.value, labelOf(each)]))}
      </optgroup>`,
  );
  const change = (event) =>
    tells(place) && event.target.value !== '' && void press(place, blockId, one, event.target.value);
  return html`<select
    aria-label=${named(one, label)}
    data-block=${blockId}
    data-action=${one.action_id}
    id=${place.id ?? nothing}
    ?autofocus=${one.focus_on_load}
    @change=${change}
  >
    <option value="" ?selected=${initial === ''}>${one.placeholder?.text ?? say().choose}</option>
    ${groups ?? listed(one).map(option)}
  </select>`;
}

/** What was picked stands as chips; one more comes from the list. */
function multi(one, blockId, place, label) {
  const key = keyOf(place, blockId, one.action_id);
  const picked = state.picked.get(key) ?? initialsOf(one);
  const names = new Map(listed(one));
  const set = (next) => {
    update(() => state.picked.set(key, next));
    if (tells(place)) void press(place, blockId, one, next);
  };
  const add = (event) => {
    if (event.target.value) set([...picked, event.target.value]);
    event.target.value = '';
  };
  const full = one.max_selected_items !== undefined && picked.length >= one.max_selected_items;
  const chip = (value) =>
    html`<button
      type="button"
      class="chip"
      aria-label=${say().remove(names.get(value) ?? value)}
      @click=${() => set(picked.filter((other) => other !== value))}
    >
      ${names.get(value) ?? value} <span aria-hidden="true">×</span>
    </button>`;
  return html`<span
    class="multi"
    data-picked=${JSON.stringify(picked)}
    data-block=${blockId}
    data-action=${one.action_id}
  >
    ${picked.map(chip)}
    <select aria-label=${named(one, label)} id=${place.id ?? nothing} ?disabled=${full} @change=${add}>
      <option value="">${one.placeholder?.text ?? say().add}</option>
      ${[...names].filter(([value]) => !picked.includes(value)).map(([value, text]) => html`<option value=${value}>${text}</option>`)}
    </select>
  </span>`;
}

function choices(one, blockId, place, label) {
  const radio = one.type === 'radio_buttons';
  const initial = radio ? [initialOf(one)] : initialsOf(one);
  const change = (event) => {
    if (!tells(place)) return;
    const on = [...event.target.closest('fieldset').querySelectorAll('input:checked')].map((input) => input.value);
    void press(place, blockId, one, radio ? on[0] : on);
  };
  return html`<fieldset data-block=${blockId} data-action=${one.action_id} @change=${change}>
    <legend class="hidden">${named(one, label)}</legend>
    ${one.options.map(
      (option) =>
        html`<label class="choice">
          <input
            type=${radio ? 'radio' : 'checkbox'}
            name="${blockId} ${one.action_id}"
            value=${option.value}
            ?checked=${initial.includes(option.value)}
          />
          <span
            >${textOf(option.text)}${option.description ? html`<small>${textOf(option.description)}</small>` : nothing}</span
          >
        </label>`,
    )}
  </fieldset>`;
}

const TOKYO = 9 * 3600;
export const localOf = (epoch) => new Date((epoch + TOKYO) * 1000).toISOString().slice(0, 16);
export const epochOf = (local) => Date.parse(`${local}:00+09:00`) / 1000;

const TYPES = {
  datepicker: ['date', (one) => one.initial_date],
  timepicker: ['time', (one) => one.initial_time],
  datetimepicker: ['datetime-local', (one) => (one.initial_date_time ? localOf(one.initial_date_time) : undefined)],
  plain_text_input: ['text', (one) => one.initial_value],
  email_text_input: ['email', (one) => one.initial_value],
  url_text_input: ['url', (one) => one.initial_value],
  number_input: ['number', (one) => one.initial_value],
};

function input(one, blockId, place, label) {
  const [type, initial] = TYPES[one.type] ?? ['text', () => undefined];
  const change = (event) => {
    if (!tells(place) || !event.target.value) return;
    void press(place, blockId, one, type === 'datetime-local' ? epochOf(event.target.value) : event.target.value);
  };
  const value = initial(one) ?? '';
  if (one.multiline || one.type === 'rich_text_input')
    return html`<textarea
      rows="4"
      aria-label=${named(one, label)}
      placeholder=${one.placeholder?.text ?? ''}
      data-block=${blockId}
      data-action=${one.action_id}
      id=${place.id ?? nothing}
      ?autofocus=${one.focus_on_load}
      @change=${change}
      .defaultValue=${String(value)}
    ></textarea>`;
  return html`<input
    type=${type}
    step=${type === 'number' && one.is_decimal_allowed ? 'any' : nothing}
    value=${value}
    aria-label=${named(one, label)}
    placeholder=${one.placeholder?.text ?? ''}
    data-block=${blockId}
    data-action=${one.action_id}
    id=${place.id ?? nothing}
    ?autofocus=${one.focus_on_load}
    @change=${change}
  />`;
}

/** A menu that opens on its button; a choice closes it. */
export function menu(label, sign, items) {
  const chosen = (event, run) => {
    event.target.closest('details').open = false;
    run();
  };
  const left = (event) => {
    if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
  };
  const escape = (event) => {
    if (event.key !== 'Escape' || !event.currentTarget.open) return;
    event.currentTarget.open = false;
    event.currentTarget.querySelector('summary').focus();
  };
  return html`<details class="menu" @focusout=${left} @keydown=${escape}>
    <summary aria-label=${label} title=${label}>${sign}</summary>
    <div class="items">
      ${items.map(([text, run]) => html`<button type="button" @click=${(event) => chosen(event, run)}>${text}</button>`)}
    </div>
  </details>`;
}

const overflow = (one, blockId, place) =>
  menu(
    say().more,
    '⋯',
    one.options.map((option) => [
      option.text.text,
      () => {
        if (option.url) window.open(option.url, '_blank', 'noopener');
        void press(place, blockId, one, option.value);
      },
    ]),
  );

const feedback = (one, blockId, place) =>
  html`${['positive', 'negative'].map(
    (side) =>
      html`<button type="button" class="block-button" @click=${() => press(place, blockId, one, side)}>
        ${textOf(one[`${side}_button`].text)}
      </button>`,
  )}`;

const SELECTS = ['static_select', 'users_select', 'channels_select', 'conversations_select'];
const DRAWN = {
  button,
  workflow_button: button,
  icon_button: button,
  feedback_buttons: feedback,
  overflow,
  checkboxes: choices,
  radio_buttons: choices,
  external_select: input,
  rich_text_input: input,
  ...Object.fromEntries(SELECTS.map((type) => [type, select])),
  ...Object.fromEntries(SELECTS.map((type) => [`multi_${type}`, multi])),
  ...Object.fromEntries(Object.keys(TYPES).map((type) => [type, input])),
};
