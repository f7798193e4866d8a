/** Things to do that are ticked one by one: a runbook's first steps, and the first checks of a service. */

import { createHash } from 'node:crypto';
import type { Runbook } from '../../domain/runbook.ts';
import { firstSteps } from '../first-steps.ts';

export interface ChecklistItem {
  /** Short and stable: it travels in the button and stands for the item in the database. */
  readonly id: string;
  /** Markdown, with everything that is indented below the item. */
  readonly markdown: string;
}

export interface Checklist {
  /** Markdown before the first item. */
  readonly lead: string;
  readonly items: readonly ChecklistItem[];
}

/** Slack takes 50 blocks, and a phone shows four. */
export const MOST_ITEMS = 12;
const ITEM = /^(?:\d{1,3}[.)]|[-*+]\s+\[[ xX]\])\s+\S/;

/**
 * The first steps of a runbook as a list that can be ticked; undefined where they are no list, or one too long to be
 * ticked in a thread.
 */
export function stepsOf(runbook: Runbook, checksHeading: string): Checklist | undefined {
  const lines = firstSteps(runbook, checksHeading).split('\n');
  const lead: string[] = [];
  const items: string[][] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    const begins = fence === undefined && mark === undefined && ITEM.test(line);
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    if (begins) items.push([line]);
    else (items.at(-1) ?? lead).push(line);
  }
  if (items.length === 0 || items.length > MOST_ITEMS) return undefined;
  const markdown = items.map((item) => item.join('\n').trimEnd());
  return { lead: lead.join('\n').trim(), items: withIds(markdown) };
}

export function checklistOf(checks: readonly string[]): Checklist {
  return { lead: '', items: withIds(checks) };
}

/** An item that stands twice is two items. */
function withIds(items: readonly string[]): readonly ChecklistItem[] {
  const seen = new Map<string, number>();
  return items.map((markdown) => {
    const times = (seen.get(markdown) ?? 0) + 1;
    seen.set(markdown, times);
    const hash = createHash('sha256').update(`${times}\n${markdown}`).digest('hex').slice(0, 12);
    return { id: hash, markdown };
  });
}
