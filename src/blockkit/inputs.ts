/** Inputs of a modal as short pure functions: each block is named as its one field. */

import type { InputBlock, PlainTextElement, PlainTextOption, View } from '@slack/types';
import { clip } from './mrkdwn.ts';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description?: string;
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}

export function modal(options: {
  callbackId: string;
  title: string;
  close: string;
  blocks: View['blocks'];
  submit?: string;
  metadata?: object;
}): View {
  return {
    type: 'modal',
    callback_id: options.callbackId,
    title: plainText(options.title),
    close: plainText(options.close),
    ...(options.submit ? { submit: plainText(options.submit) } : {}),
    ...(options.metadata ? { private_metadata: JSON.stringify(options.metadata) } : {}),
    blocks: options.blocks,
  };
}

export function textInput(
  field: Field & { initial?: string; placeholder?: string; maxLength?: number; multiline?: boolean },
): InputBlock {
  const { id, initial, placeholder, maxLength, multiline } = field;
  return input(field, {
    type: 'plain_text_input',
    action_id: id,
    ...(initial ? { initial_value: clip(initial, maxLength ?? 3000) } : {}),
    ...(placeholder ? { placeholder: plainText(clip(placeholder, 150)) } : {}),
    ...(maxLength ? { max_length: maxLength } : {}),
    ...(multiline ? { multiline } : {}),
  });
}

export function selectInput(field: Field & { choices: readonly Choice[]; initial?: string }): InputBlock {
  const { id, choices, initial } = field;
  const first = choices.find(({ value }) => value === initial);
  return input(field, {
    type: 'static_select',
    action_id: id,
    options: choices.map(optionOf),
    ...(first ? { initial_option: optionOf(first) } : {}),
  });
}

export function checkboxes(field: Field & { choices: readonly Choice[]; initial?: readonly string[] }): InputBlock {
  const { id, choices, initial = [] } = field;
  const checked = choices.filter(({ value }) => initial.includes(value));
  return input(field, {
    type: 'checkboxes',
    action_id: id,
    options: choices.map(optionOf),
    ...(checked.length > 0 ? { initial_options: checked.map(optionOf) } : {}),
  });
}

export function userInput(field: Field & { initial?: string }): InputBlock {
  const { id, initial } = field;
  return input(field, { type: 'users_select', action_id: id, ...(initial ? { initial_user: initial } : {}) });
}

function input({ id, label, hint, optional }: Field, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plainText(clip(label, 2000)),
    ...(hint ? { hint: plainText(clip(hint, 2000)) } : {}),
    ...(optional ? { optional } : {}),
    element,
  };
}

function optionOf({ value, text, description }: Choice): PlainTextOption {
  return {
    value,
    text: plainText(clip(text, 75)),
    ...(description ? { description: plainText(clip(description, 75)) } : {}),
  };
}
