/** Shows a list whose items are ticked by a button each; everybody sees who did what when. */

import type { KnownBlock, SectionBlock } from '@slack/types';
import { ACTION } from '../../blockkit/action-ids.ts';
import { button, section } from '../../blockkit/blocks.ts';
import { markdownSections } from '../../blockkit/markdown.ts';
import { clockTime } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Tick } from '../../ports/thread-store.ts';
import type { Checklist } from './checklist.ts';
import { THREAD_WORDS } from './messages.ts';

/** What a button of the list carries. */
export interface ChecklistButton {
  readonly alertId: string;
  readonly list: string;
  readonly item: string;
}

const VALUE_MAX = 2000;
const MOST_CHARS = 7000;
/** An item with a long command may need more than one section. */
const PER_ITEM = 3;

export function checklistBlocks(
  checklist: Checklist,
  of: { readonly alertId: string; readonly list: string; readonly ticks: readonly Tick[] },
  style: TimeStyle,
): { readonly blocks: readonly KnownBlock[]; readonly cut: boolean } {
  const words = THREAD_WORDS[style.locale];
  const lead = markdownSections(checklist.lead, { maxBlocks: 3, maxChars: 2500 });
  const blocks: KnownBlock[] = [...lead.blocks];
  let cut = lead.cut;
  let left = MOST_CHARS;
  for (const { id, markdown } of checklist.items) {
    const tick = of.ticks.find(({ list, item }) => list === of.list && item === id);
    const shown = markdownSections(marked(markdown, tick !== undefined), { maxBlocks: PER_ITEM, maxChars: left });
    cut ||= shown.cut;
    const [first, ...rest] = shown.blocks;
    if (!first) break;
    left -= shown.blocks.reduce((sum, block) => sum + (block.text?.text.length ?? 0), 0);
    // Slack ids come from Slack itself; in an edit such a mention calls nobody.
    const by = tick ? `\n${words.by(`<@${tick.userId}>`, clockTime(tick.at, style))}` : '';
    blocks.push(withButton(first, by, { alertId: of.alertId, list: of.list, item: id }, tick !== undefined, words));
    blocks.push(...rest);
  }
  return { blocks, cut };
}

/** A numbered step keeps its number; a check gets its box. */
function marked(markdown: string, done: boolean): string {
  const box = done ? '[x]' : '[ ]';
  const numbered = /^(\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(markdown);
  if (numbered) return `${numbered[1]} ${box} ${markdown.slice(numbered[0].length)}`;
  return `- ${box} ${markdown.replace(/^[-*+]\s+\[[ xX]\]\s+/, '')}`;
}

function withButton(
  block: SectionBlock,
  by: string,
  carried: ChecklistButton,
  done: boolean,
  words: { readonly tick: string; readonly untick: string },
): SectionBlock {
  const text = `${block.text?.text ?? ''}${by}`;
  const value = JSON.stringify(carried);
  const shown: SectionBlock = { ...section(text), text: { type: 'mrkdwn', text, verbatim: true } };
  // A path that long cannot be carried; the step can still be read.
  if (value.length > VALUE_MAX) return shown;
  const accessory = done
    ? button({ text: words.untick, actionId: ACTION.untickItem, value })
    : button({ text: words.tick, actionId: ACTION.tickItem, value });
  return { ...shown, accessory };
}

/** Undefined where the value is not one of ours. */
export function readChecklistButton(value: string): ChecklistButton | undefined {
  try {
    const { alertId, list, item } = JSON.parse(value) as Record<string, unknown>;
    if (typeof alertId !== 'string' || typeof list !== 'string' || typeof item !== 'string') return undefined;
    return { alertId, list, item };
  } catch {
    return undefined;
  }
}
