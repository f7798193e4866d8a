/** What Slack accepts as a view: a modal or a home tab, its title and buttons, its blocks and its size. */
import { blockProblems } from './block-kit.ts';
import { plain } from './block-elements.ts';
import { Refusal, refusalWithMessages } from './refusal.ts';
import { complain, flag, object, text } from './schema-rules.ts';
import type { Check, Rule } from './schema-rules.ts';
import { fieldsOf, itemsOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

const MOST_BYTES = 250_000;
/** Blocks are checked apart, by their own rules. */
const anything: Rule = () => undefined;

const shared: Readonly<Record<string, Rule>> = {
  private_metadata: text({ max: 3000 }),
  callback_id: text({ max: 255 }),
  external_id: text({ max: 255 }),
};
const modal = object({
  required: { title: plain(24), blocks: anything },
  optional: { ...shared, submit: plain(24), close: plain(24), clear_on_close: flag, notify_on_close: flag },
});
const home = object({ required: { blocks: anything }, optional: shared });

/** Throws as Slack refuses: `view_too_large`, or `invalid_arguments` with what is wrong. */
export function checkView(given: unknown, surface: 'modal' | 'home'): Fields {
  const view = fieldsOf(given);
  if (JSON.stringify(view).length > MOST_BYTES) throw new Refusal('view_too_large');
  const check: Check = { surface, problems: [] };
  if (view['type'] !== surface) complain(check, '/view/type', `must be ${surface}`);
  (surface === 'modal' ? modal : home)(view, '/view', check);
  check.problems.push(...blockProblems(view['blocks'], surface, '/view/blocks'));
  const blocks = itemsOf(view['blocks']).map(fieldsOf);
  if (surface === 'modal' && !view['submit'] && blocks.some((block) => block['type'] === 'input')) {
    complain(check, '/view', 'missing required field: submit');
  }
  if (blocks.filter((block) => fieldsOf(block['element'])['focus_on_load'] === true).length > 1) {
    complain(check, '/view/blocks', 'only one element may set focus_on_load');
  }
  if (check.problems.length > 0) throw refusalWithMessages('invalid_arguments', check.problems);
  return view;
}
