/** What a person enters into an interactive element, in the form in which Slack reports it. */
import { elementsOf } from './block-kit.ts';
import { fieldsOf, isFields, itemsOf, optionalText, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

/** What a person picks or types: text, a number, several, a whole option, or null to clear. */
export type Entry = string | number | boolean | null | readonly string[] | Fields;

/** element type → the field that carries the value, and the one that holds the initial value. */
const FIELDS: Readonly<
  Record<
    string,
    { readonly value: string; readonly initial: string; readonly options?: boolean; readonly many?: boolean }
  >
> = {
  plain_text_input: { value: 'value', initial: 'initial_value' },
  email_text_input: { value: 'value', initial: 'initial_value' },
  url_text_input: { value: 'value', initial: 'initial_value' },
  number_input: { value: 'value', initial: 'initial_value' },
  rich_text_input: { value: 'rich_text_value', initial: 'initial_value' },
  static_select: { value: 'selected_option', initial: 'initial_option', options: true },
  external_select: { value: 'selected_option', initial: 'initial_option', options: true },
  radio_buttons: { value: 'selected_option', initial: 'initial_option', options: true },
  overflow: { value: 'selected_option', initial: 'initial_option', options: true },
  multi_static_select: { value: 'selected_options', initial: 'initial_options', options: true, many: true },
  multi_external_select: { value: 'selected_options', initial: 'initial_options', options: true, many: true },
  checkboxes: { value: 'selected_options', initial: 'initial_options', options: true, many: true },
  users_select: { value: 'selected_user', initial: 'initial_user' },
  multi_users_select: { value: 'selected_users', initial: 'initial_users', many: true },
  channels_select: { value: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { value: 'selected_channels', initial: 'initial_channels', many: true },
  conversations_select: { value: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { value: 'selected_conversations', initial: 'initial_conversations', many: true },
  datepicker: { value: 'selected_date', initial: 'initial_date' },
  timepicker: { value: 'selected_time', initial: 'initial_time' },
  datetimepicker: { value: 'selected_date_time', initial: 'initial_date_time' },
  file_input: { value: 'files', initial: 'initial_files', many: true },
};

/** Elements whose value is remembered in `state.values`. */
export function keepsState(element: Fields): boolean {
  const type = textOf(element['type']);
  return type !== 'overflow' && Object.hasOwn(FIELDS, type);
}

/** The value of an untouched element. */
export function initialValue(element: Fields): Fields {
  const type = textOf(element['type']);
  const fields = FIELDS[type];
  if (!fields) return { type };
  return { type, [fields.value]: element[fields.initial] ?? (fields.many ? [] : null) };
}

/** The value after `entry`; throws where a person could not have entered it. */
export function enteredValue(element: Fields, entry: Entry): Fields {
  const type = textOf(element['type']);
  const fields = FIELDS[type];
  if (!fields) return { type };
  if (entry === null) return { type, [fields.value]: fields.many ? [] : null };
  if (fields.many) {
    const entries = Array.isArray(entry) ? entry : [entry];
    return { type, [fields.value]: fields.options ? entries.map((one) => optionOf(element, one)) : entries };
  }
  if (fields.options) return { type, [fields.value]: optionOf(element, entry) };
  if (type === 'datetimepicker') return { type, [fields.value]: Number(entry) };
  if (type === 'rich_text_input') return { type, [fields.value]: entry };
  return { type, [fields.value]: textOf(entry) || null };
}

export function isEmptyValue(value: Fields): boolean {
  return Object.entries(value).every(
    ([name, entry]) =>
      name === 'type' || entry === null || entry === '' || (Array.isArray(entry) && entry.length === 0),
  );
}

/** What Slack's client itself finds wrong with a value, before the app hears of it. */
export function valueProblem(element: Fields, value: Fields): string | undefined {
  const entered = optionalText(value['value']);
  if (entered === undefined) return undefined;
  const type = textOf(element['type']);
  if (type === 'plain_text_input') {
    if (entered.length > Number(element['max_length'] ?? 3000)) return 'This entry is too long';
    if (entered.length < Number(element['min_length'] ?? 0)) return 'This entry is too short';
  }
  if (type === 'number_input') {
    const amount = Number(entered);
    if (Number.isNaN(amount) || (element['is_decimal_allowed'] !== true && !Number.isInteger(amount)))
      return 'Enter a number';
    if (amount < Number(element['min_value'] ?? -Infinity)) return 'This number is too small';
    if (amount > Number(element['max_value'] ?? Infinity)) return 'This number is too large';
  }
  if (type === 'email_text_input' && !/^[^@\s]+@[^@\s]+$/.test(entered)) return 'Enter an e-mail address';
  if (type === 'url_text_input' && !URL.canParse(entered)) return 'Enter a link';
  return undefined;
}

/** `state.values`: each element that keeps state, with what was entered or its initial value. */
export function stateValues(blocks: readonly unknown[], entered: ReadonlyMap<string, Fields>): Fields {
  const values: Record<string, Record<string, Fields>> = {};
  for (const block of blocks.map(fieldsOf)) {
    for (const element of elementsOf(block).filter(keepsState)) {
      const blockId = textOf(block['block_id']);
      const actionId = textOf(element['action_id']);
      values[blockId] ??= {};
      values[blockId][actionId] = entered.get(stateKey(blockId, actionId)) ?? initialValue(element);
    }
  }
  return values;
}

export function stateKey(blockId: string, actionId: string): string {
  return `${blockId}\n${actionId}`;
}

function optionOf(element: Fields, entry: unknown): Fields {
  if (isFields(entry)) return entry;
  const options = [
    ...itemsOf(element['options']),
    ...itemsOf(element['option_groups']).flatMap((group) => itemsOf(fieldsOf(group)['options'])),
  ].map(fieldsOf);
  const found = options.find((option) => option['value'] === entry || fieldsOf(option['text'])['text'] === entry);
  if (found) return found;
  if (textOf(element['type']).endsWith('external_select')) {
    return { text: { type: 'plain_text', text: textOf(entry), emoji: true }, value: textOf(entry) };
  }
  const known = options.map((option) => textOf(option['value'])).join(', ');
  throw new Error(`${textOf(element['action_id'])} has no option ${JSON.stringify(entry)}; it has: ${known}`);
}
