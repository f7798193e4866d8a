/** Block Kit as Slack enforces it: block types by surface, required and unknown fields, limits, unique ids and total lengths. */
import { anyText, elements, id, imageFields, mrkdwn, plain, RICH_TEXT_PARTS } from './block-elements.ts';
import { refusalWithMessages } from './refusal.ts';
import {
  atLeastOne,
  byType,
  complain,
  flag,
  integer,
  list,
  number,
  object,
  oneOf,
  only,
  text,
} from './schema-rules.ts';
import type { Check, Rule, Shape, Surface } from './schema-rules.ts';
import { fieldsOf, isFields, itemsOf, textOf } from './wire-values.ts';

const MARKDOWN_TOTAL = 12_000;
const MESSAGE_TOTAL = 13_200;
const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

const SELECTS = ['static_select', 'external_select', 'users_select', 'channels_select', 'conversations_select'];
const CHOICES = [
  ...SELECTS,
  ...SELECTS.map((name) => `multi_${name}`),
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
];

const block = (shape: Shape): Rule => object({ ...shape, optional: { block_id: id, ...shape.optional } });
const image = elements('image');
const richText = block({ required: { elements: list(RICH_TEXT_PARTS) } });
const cell = byType({
  raw_text: object({ required: { text: text({ min: 1 }) } }),
  raw_number: object({ required: { value: number, text: text({ min: 1 }) } }),
  rich_text: richText,
});
const card = block({
  optional: {
    hero_image: image,
    icon: image,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    subtext: mrkdwn(200),
    actions: list(elements('button'), { max: 3 }),
  },
  also: atLeastOne('hero_image', 'title', 'actions', 'body'),
});
const taskCard = block({
  required: {
    task_id: text({ min: 1 }),
    title: text({ min: 1 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: {
    details: richText,
    output: richText,
    sources: list(byType({ url: object({ required: { url: text({ min: 1, max: 3000 }), text: text({ min: 1 }) } }) })),
  },
});
const point = object({ required: { label: text({ min: 1, max: 20 }), value: number } });

const FLAT_BLOCKS: Readonly<Record<string, Rule>> = {
  section: block({
    optional: {
      text: anyText(3000),
      fields: list(anyText(2000), { min: 1, max: 10 }),
      accessory: elements('button', 'image', 'overflow', 'workflow_button', ...CHOICES),
      expand: flag,
    },
    also: atLeastOne('text', 'fields'),
  }),
  header: block({ required: { text: plain(150) } }),
  divider: block({}),
  image: block({ ...imageFields, optional: { ...imageFields.optional, title: plain(2000) } }),
  context: block({
    required: {
      elements: list(byType({ image: object(imageFields), plain_text: plain(3000), mrkdwn: mrkdwn(3000) }), {
        min: 1,
        max: 10,
      }),
    },
  }),
  actions: block({
    required: {
      elements: list(
        elements('button', 'overflow', 'workflow_button', 'datetimepicker', 'rich_text_input', ...CHOICES),
        { min: 1, max: 25 },
      ),
    },
  }),
  input: block({
    required: {
      label: plain(2000),
      element: elements(
        'plain_text_input',
        'email_text_input',
        'url_text_input',
        'number_input',
        'rich_text_input',
        'file_input',
        'datetimepicker',
        ...CHOICES,
      ),
    },
    optional: { hint: plain(2000), optional: flag, dispatch_action: flag },
  }),
  rich_text: richText,
  table: only(
    ['message'],
    block({
      required: { rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
      optional: {
        column_settings: list(object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } }), {
          max: 20,
        }),
      },
    }),
  ),
  video: block({
    required: {
      video_url: text({ min: 1 }),
      thumbnail_url: text({ min: 1 }),
      alt_text: text({ min: 1, max: 200 }),
      title: plain(200),
    },
    optional: {
      title_url: text(),
      author_name: text({ max: 50 }),
      provider_name: text({ max: 50 }),
      provider_icon_url: text(),
      description: plain(200),
    },
  }),
};

const BLOCKS: Rule = byType({
  ...FLAT_BLOCKS,
  alert: only(
    ['modal'],
    block({
      required: { text: anyText(200) },
      optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
    }),
  ),
  markdown: only(['message'], block({ required: { text: text({ min: 1, max: MARKDOWN_TOTAL }) } })),
  card: only(['message'], card),
  carousel: only(['message'], block({ required: { elements: list(byType({ card }), { min: 1, max: 10 }) } })),
  container: block({
    required: { child_blocks: list(byType(FLAT_BLOCKS), { min: 1, max: 10 }) },
    optional: {
      title: plain(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  }),
  context_actions: only(
    ['message'],
    block({ required: { elements: list(elements('feedback_buttons', 'icon_button'), { min: 1, max: 5 }) } }),
  ),
  data_table: only(
    ['message'],
    block({
      required: { caption: text({ min: 1 }), rows: list(list(cell, { min: 1, max: 20 }), { min: 2, max: 201 }) },
      optional: { page_size: integer({ min: 1, max: 100 }), row_header_column_index: integer({ min: 0 }) },
    }),
  ),
  data_visualization: only(
    ['message'],
    block({
      required: {
        title: text({ min: 1, max: 50 }),
        chart: byType({
          pie: object({ required: { segments: list(point, { min: 1, max: 12 }) } }),
          ...Object.fromEntries(
            ['bar', 'area', 'line'].map((type) => [
              type,
              object({
                required: {
                  series: list(
                    object({ required: { name: text({ min: 1, max: 20 }), data: list(point, { min: 1, max: 20 }) } }),
                    { min: 1, max: 12 },
                  ),
                  axis_config: object({
                    required: { categories: list(text({ min: 1, max: 20 }), { min: 1, max: 20 }) },
                    optional: { x_label: text({ max: 50 }), y_label: text({ max: 50 }) },
                  }),
                },
              }),
            ]),
          ),
        }),
      },
    }),
  ),
  task_card: only(['message'], taskCard),
  plan: only(
    ['message'],
    block({ required: { title: text({ min: 1 }) }, optional: { tasks: list(byType({ task_card: taskCard })) } }),
  ),
});

/** Throws `invalid_blocks` or `msg_blocks_too_long` as Slack answers them. */
export function checkBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): void {
  const problems = blockProblems(blocks, surface, pointer);
  if (problems.length > 0) throw refusalWithMessages('invalid_blocks', problems);
  if (surface === 'message' && characters(blocks) > MESSAGE_TOTAL) {
    throw refusalWithMessages('msg_blocks_too_long', [
      `the blocks hold more than ${MESSAGE_TOTAL} characters [json-pointer:${pointer}]`,
    ]);
  }
}

export function blockProblems(blocks: unknown, surface: Surface, pointer = '/blocks'): string[] {
  const check: Check = { surface, problems: [] };
  list(BLOCKS, { max: MOST_BLOCKS[surface] })(blocks, pointer, check);
  uniqueIds(itemsOf(blocks), pointer, check);
  const markdown = itemsOf(blocks)
    .map(fieldsOf)
    .filter((entry) => entry['type'] === 'markdown');
  if (markdown.reduce((sum, entry) => sum + textOf(entry['text']).length, 0) > MARKDOWN_TOTAL) {
    complain(check, pointer, `markdown blocks must be less than ${MARKDOWN_TOTAL + 1} characters together`);
  }
  return check.problems;
}

function uniqueIds(blocks: readonly unknown[], pointer: string, check: Check): void {
  const blockIds = new Set<string>();
  for (const [index, entry] of blocks.entries()) {
    const blockId = textOf(fieldsOf(entry)['block_id']);
    if (blockId && blockIds.has(blockId))
      complain(check, `${pointer}/${index}/block_id`, `duplicate block_id: ${blockId}`);
    blockIds.add(blockId);
    const actionIds = elementsOf(entry)
      .map((element) => textOf(element['action_id']))
      .filter((actionId) => actionId !== '');
    for (const actionId of new Set(actionIds.filter((one, at) => actionIds.indexOf(one) !== at))) {
      complain(check, `${pointer}/${index}`, `action_id \`${actionId}\` already exists in this block`);
    }
  }
}

/** The interactive elements of one block, also those inside cards and containers. */
export function elementsOf(entry: unknown): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const fields = fieldsOf(entry);
  for (const place of ['accessory', 'element']) {
    if (isFields(fields[place])) found.push(fields[place]);
  }
  for (const place of ['elements', 'actions', 'child_blocks']) {
    for (const item of itemsOf(fields[place])) {
      if (!isFields(item)) continue;
      if (place === 'child_blocks' || item['type'] === 'card') found.push(...elementsOf(item));
      else found.push(item);
    }
  }
  return found.filter((element) => textOf(element['type']) !== 'image');
}

function characters(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + characters(item), 0);
  if (!isFields(node)) return 0;
  const own = typeof node['text'] === 'string' ? node['text'].length : 0;
  return Object.values(node).reduce<number>((sum, value) => sum + characters(value), own);
}
