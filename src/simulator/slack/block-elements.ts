/** Block Kit's composition objects and elements: required fields, allowed fields and limits. */
import {
  atLeastOne,
  both,
  byType,
  complain,
  exactlyOne,
  flag,
  integer,
  list,
  number,
  object,
  oneOf,
  only,
  text,
} from './schema-rules.ts';
import type { Rule, Shape } from './schema-rules.ts';
import { fieldsOf, itemsOf, textOf } from './wire-values.ts';

export const id = text({ min: 1, max: 255 });
const url = text({ min: 1, max: 3000 });
const date = text({ pattern: /^\d{4}-\d\d-\d\d$/ });
const time = text({ pattern: /^\d\d:\d\d$/ });

export const plain = (max: number): Rule =>
  byType({ plain_text: object({ required: { text: text({ min: 1, max }) }, optional: { emoji: flag } }) });

const mrkdwnOf = (max: number): Rule =>
  object({ required: { text: text({ min: 1, max }) }, optional: { verbatim: flag } });

export const mrkdwn = (max: number): Rule => byType({ mrkdwn: mrkdwnOf(max) });

export const anyText = (max: number): Rule =>
  byType({
    plain_text: object({ required: { text: text({ min: 1, max }) }, optional: { emoji: flag } }),
    mrkdwn: mrkdwnOf(max),
  });

const confirm = object({
  required: { text: anyText(300) },
  optional: { title: plain(100), confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
});

const option = (label: Rule, withUrl = false): Rule =>
  object({
    required: { text: label, value: text({ max: 150 }) },
    optional: { description: plain(75), ...(withUrl ? { url } : {}) },
  });

const plainOption = option(plain(75));
const anyOption = option(anyText(75));
const optionGroup = object({ required: { label: plain(75), options: list(plainOption, { min: 1, max: 100 }) } });

const slackFile = object({ optional: { id, url }, also: exactlyOne('id', 'url') });
export const imageFields: Shape = {
  required: { alt_text: text({ min: 1, max: 2000 }) },
  optional: { image_url: url, slack_file: slackFile },
  also: exactlyOne('image_url', 'slack_file'),
};

const filter = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
  also: atLeastOne('include', 'exclude_external_shared_channels', 'exclude_bot_users'),
});

const action: Readonly<Record<string, Rule>> = { action_id: id };
const confirmable: Readonly<Record<string, Rule>> = { ...action, confirm };
const chosen: Readonly<Record<string, Rule>> = { ...confirmable, focus_on_load: flag, placeholder: plain(150) };
const several: Readonly<Record<string, Rule>> = { ...chosen, max_selected_items: integer({ min: 1 }) };
const typed: Readonly<Record<string, Rule>> = {
  ...action,
  placeholder: plain(150),
  focus_on_load: flag,
  dispatch_action_config: object({
    optional: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1 }) },
  }),
};
const optionLists: Readonly<Record<string, Rule>> = {
  options: list(plainOption, { min: 1, max: 100 }),
  option_groups: list(optionGroup, { min: 1, max: 100 }),
};

/** An initial option must equal one of the options, or Slack refuses the whole view. */
const initialAmongOptions: Rule = (value, pointer, check) => {
  const element = fieldsOf(value);
  const options = [
    ...itemsOf(element['options']),
    ...itemsOf(element['option_groups']).flatMap((group) => itemsOf(fieldsOf(group)['options'])),
  ].map((entry) => textOf(fieldsOf(entry)['value']));
  const initial = [element['initial_option'], ...itemsOf(element['initial_options'])].filter(
    (entry) => entry !== undefined,
  );
  if (!initial.every((entry) => options.includes(textOf(fieldsOf(entry)['value'])))) {
    complain(check, pointer, 'initial option does not match any of the options');
  }
  if (new Set(options).size !== options.length) complain(check, pointer, 'option values must be unique');
};
const staticAlso = both(exactlyOne('options', 'option_groups'), initialAmongOptions);

const buttonText = { text: plain(75) };
const labelled = { accessibility_label: text({ max: 75 }) };
const button = object({
  required: buttonText,
  optional: { ...confirmable, ...labelled, value: text({ max: 2000 }), url, style: oneOf('primary', 'danger') },
});
const feedback = object({ required: { ...buttonText, value: text({ max: 2000 }) }, optional: labelled });

/** Each element type, by name. */
const ELEMENTS: Readonly<Record<string, Rule>> = {
  button,
  workflow_button: object({
    required: {
      ...buttonText,
      workflow: object({
        required: {
          trigger: object({
            required: { url },
            optional: { customizable_input_parameters: list(object({ required: { name: text(), value: text() } })) },
          }),
        },
      }),
    },
    optional: { ...confirmable, ...labelled, style: oneOf('primary', 'danger') },
  }),
  feedback_buttons: object({ required: { positive_button: feedback, negative_button: feedback }, optional: action }),
  icon_button: object({
    required: { ...buttonText, icon: oneOf('trash') },
    optional: { ...confirmable, ...labelled, value: text({ max: 2000 }), visible_to_user_ids: list(id, { max: 10 }) },
  }),
  checkboxes: object({
    required: { options: list(anyOption, { min: 1, max: 10 }) },
    optional: { ...confirmable, focus_on_load: flag, initial_options: list(anyOption, { min: 1 }) },
    also: initialAmongOptions,
  }),
  radio_buttons: object({
    required: { options: list(anyOption, { min: 1, max: 10 }) },
    optional: { ...confirmable, focus_on_load: flag, initial_option: anyOption },
    also: initialAmongOptions,
  }),
  overflow: object({ required: { options: list(option(plain(75), true), { min: 1, max: 5 }) }, optional: confirmable }),
  datepicker: object({ optional: { ...chosen, initial_date: date } }),
  timepicker: object({ optional: { ...chosen, initial_time: time, timezone: text() } }),
  datetimepicker: object({
    optional: { ...confirmable, focus_on_load: flag, initial_date_time: integer({ min: 1e9, max: 9_999_999_999 }) },
  }),
  static_select: object({ optional: { ...chosen, ...optionLists, initial_option: plainOption }, also: staticAlso }),
  multi_static_select: object({
    optional: { ...several, ...optionLists, initial_options: list(plainOption, { min: 1 }) },
    also: staticAlso,
  }),
  external_select: object({
    optional: { ...chosen, initial_option: plainOption, min_query_length: integer({ min: 0 }) },
  }),
  multi_external_select: object({
    optional: { ...several, initial_options: list(plainOption, { min: 1 }), min_query_length: integer({ min: 0 }) },
  }),
  users_select: object({ optional: { ...chosen, initial_user: id } }),
  multi_users_select: object({ optional: { ...several, initial_users: list(id) } }),
  channels_select: object({ optional: { ...chosen, initial_channel: id, response_url_enabled: flag } }),
  multi_channels_select: object({ optional: { ...several, initial_channels: list(id) } }),
  conversations_select: object({
    optional: {
      ...chosen,
      initial_conversation: id,
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter,
    },
  }),
  multi_conversations_select: object({
    optional: { ...several, initial_conversations: list(id), default_to_current_conversation: flag, filter },
  }),
  plain_text_input: object({
    optional: {
      ...typed,
      initial_value: text(),
      multiline: flag,
      min_length: integer({ min: 0, max: 3000 }),
      max_length: integer({ min: 1, max: 3000 }),
    },
  }),
  email_text_input: object({ optional: { ...typed, initial_value: text() } }),
  url_text_input: object({ optional: { ...typed, initial_value: text() } }),
  number_input: object({
    required: { is_decimal_allowed: flag },
    optional: { ...typed, initial_value: text(), min_value: text(), max_value: text() },
  }),
  rich_text_input: object({
    optional: {
      ...typed,
      initial_value: object({ required: { elements: list(() => undefined) }, optional: { block_id: id } }),
      min_lines: integer({ min: 1 }),
      max_lines: integer({ min: 1 }),
    },
  }),
  file_input: only(
    ['modal'],
    object({ optional: { ...action, filetypes: list(text()), max_files: integer({ min: 1, max: 10 }) } }),
  ),
  image: object(imageFields),
};

/** The table of just these elements. */
export function elements(...names: readonly string[]): Rule {
  return byType(Object.fromEntries(names.map((name) => [name, ELEMENTS[name] ?? (() => undefined)])));
}

const style = object({
  optional: {
    bold: flag,
    code: flag,
    italic: flag,
    strike: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
});
const inline = byType({
  text: object({ required: { text: text({ min: 1 }) }, optional: { style } }),
  link: object({ required: { url }, optional: { style, text: text(), unsafe: flag } }),
  user: object({ required: { user_id: id }, optional: { style } }),
  usergroup: object({ required: { usergroup_id: id }, optional: { style } }),
  channel: object({ required: { channel_id: id }, optional: { style } }),
  team: object({ required: { team_id: id }, optional: { style } }),
  broadcast: object({ required: { range: oneOf('here', 'channel', 'everyone') }, optional: { style } }),
  emoji: object({ required: { name: text({ min: 1 }) }, optional: { style, unicode: text(), url } }),
  color: object({ required: { value: text({ min: 1 }) }, optional: { style } }),
  date: object({
    required: { timestamp: number, format: text({ min: 1 }) },
    optional: { style, url, fallback: text() },
  }),
});
const section = object({ required: { elements: list(inline) } });
const border = { border: integer({ min: 0, max: 1 }) };

/** The parts of a rich_text block. */
export const RICH_TEXT_PARTS: Rule = byType({
  rich_text_section: section,
  rich_text_list: object({
    required: { style: oneOf('bullet', 'ordered'), elements: list(byType({ rich_text_section: section })) },
    optional: { ...border, indent: integer({ min: 0, max: 8 }), offset: integer({ min: 0 }) },
  }),
  rich_text_quote: object({ required: { elements: list(inline) }, optional: border }),
  rich_text_preformatted: object({ required: { elements: list(inline) }, optional: { ...border, language: text() } }),
});
