/** Shows runbooks in Slack: the suggestion under an alert, the whole page, and that there is none. */

import type { Button, ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import { ACTION } from '../blockkit/action-ids.ts';
import { actions, button } from '../blockkit/blocks.ts';
import { markdownSections } from '../blockkit/markdown.ts';
import { clip, escapeMrkdwn, linkTo, plain, withoutMarks } from '../blockkit/mrkdwn.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Locale } from '../domain/locale.ts';
import type { Runbook, RunbookSuggestion } from '../domain/runbook.ts';
import type { Content } from '../ports/chat.ts';
import type { Tick } from '../ports/thread-store.ts';
import { firstSteps } from './first-steps.ts';
import { OFFERED } from './matcher.ts';
import { RUNBOOK_WORDS } from './messages.ts';
import type { RunbookWords } from './messages.ts';
import { checklistBlocks } from './thread/checklist-blocks.ts';
import { stepsOf } from './thread/checklist.ts';

/** What a runbook button carries. */
export interface RunbookButton {
  readonly alertKey: string;
  readonly path: string;
}

const VALUE_MAX = 2000;
const STEPS_MAX = { maxBlocks: 12, maxChars: 7000 };
/** Slack refuses somewhat above 13 000 characters of blocks. */
const FULL_MAX = { maxBlocks: 44, maxChars: 9500 };

/** `shown` is the place of the candidate whose steps are shown; the others are named below. */
export function suggestionContent(view: {
  suggestions: readonly RunbookSuggestion[];
  shown: number;
  style: TimeStyle;
  alertKey: string;
  ticks: readonly Tick[];
}): Content {
  const { locale } = view.style;
  const words = RUNBOOK_WORDS[locale];
  const offered = view.suggestions.slice(0, OFFERED);
  const suggestion = offered[view.shown] ?? offered[0];
  if (!suggestion) return noSuggestionContent(locale);
  const { runbook } = suggestion;
  const headline = words.headline(titleOf(runbook), becauseOf(suggestion, words));
  const list = stepsOf(runbook, words.firstChecks);
  const ticked = { alertId: view.alertKey, list: runbook.path, ticks: view.ticks };
  const steps = list
    ? checklistBlocks(list, ticked, view.style)
    : markdownSections(firstSteps(runbook, words.firstChecks), STEPS_MAX);
  const others = offered.filter((other) => other !== suggestion).map((other) => titleOf(other.runbook));
  return {
    text: headline,
    blocks: [
      section(headline),
      context(words.known),
      ...(steps.blocks.length === 0 ? [section(words.noSteps)] : steps.blocks),
      ...(steps.cut ? [context(words.stepsCut)] : []),
      ...(others.length === 0 ? [] : [context(words.others(others))]),
      ...buttons({ alertKey: view.alertKey, path: runbook.path }, words),
    ],
  };
}

/** What a person hears of their own verdict, with the way back. */
export function judgedContent(carried: RunbookButton, text: string, locale: Locale): Content {
  const value = JSON.stringify({ alertKey: carried.alertKey, path: carried.path });
  if (value.length > VALUE_MAX) return { text };
  const takeBack = button({ text: RUNBOOK_WORDS[locale].takeBack, actionId: ACTION.runbookTakeBack, value });
  return { text, blocks: [section(text), actions([takeBack])] };
}

/** `alertId`: the alert for which a page can be begun; absent where that is no matter. */
export function noSuggestionContent(locale: Locale, alertId?: string): Content {
  const words = RUNBOOK_WORDS[locale];
  const text = `${words.none}\n${words.noneAdvice}`;
  if (alertId === undefined) return { text, blocks: [section(text)] };
  const create = button({ text: words.create, actionId: ACTION.createRunbook, value: alertId });
  return { text, blocks: [section(text), actions([create])] };
}

/** A page that somebody chose: its first steps under `head`, ticked where it stands under an alert. */
export function pageContent(
  runbook: Runbook,
  head: string,
  under: { readonly alertId: string; readonly ticks: readonly Tick[] } | undefined,
  style: TimeStyle,
): Content {
  const words = RUNBOOK_WORDS[style.locale];
  const list = under && stepsOf(runbook, words.firstChecks);
  const steps =
    list && under
      ? checklistBlocks(list, { ...under, list: runbook.path }, style)
      : markdownSections(firstSteps(runbook, words.firstChecks), STEPS_MAX);
  const value = JSON.stringify({ alertKey: under?.alertId ?? '', path: runbook.path });
  const whole = button({ text: words.showFull, actionId: ACTION.showFullRunbook, value });
  return {
    text: head,
    blocks: [
      section(head),
      ...(steps.blocks.length === 0 ? [section(words.noSteps)] : steps.blocks),
      ...(value.length > VALUE_MAX ? [] : [actions([whole])]),
    ],
  };
}

export function fullContent(runbook: Runbook, locale: Locale): Content {
  const words = RUNBOOK_WORDS[locale];
  const headline = words.fullHeadline(titleOf(runbook));
  const page = markdownSections(runbook.body.replace(/^\s*#\s[^\n]*\n/, ''), FULL_MAX);
  const links = runbook.links
    .filter(({ url }) => url.length <= 300)
    .slice(0, 6)
    .map(({ title, url }) => linkTo(url, clip(title, 100)));
  const about = words.about(
    escapeMrkdwn(clip(plain(runbook.path), 300)),
    runbook.owner && escapeMrkdwn(clip(plain(runbook.owner), 100)),
    runbook.reviewedAt && escapeMrkdwn(runbook.reviewedAt),
  );
  return {
    text: headline,
    blocks: [
      section(headline),
      ...(page.blocks.length === 0 ? [section(words.noSteps)] : page.blocks),
      ...(page.cut ? [context(words.fullCut(escapeMrkdwn(clip(plain(runbook.path), 300))))] : []),
      ...(links.length === 0 ? [] : [context(words.links(links))]),
      context(about),
    ],
  };
}

/** Undefined where the value is not one of ours. */
export function readRunbookButton(value: string): RunbookButton | undefined {
  let read: unknown;
  try {
    read = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null || !('alertKey' in read) || !('path' in read)) return undefined;
  const { alertKey, path } = read;
  return typeof alertKey === 'string' && typeof path === 'string' ? { alertKey, path } : undefined;
}

export function titleOf(runbook: { readonly title: string }): string {
  return withoutMarks(escapeMrkdwn(clip(plain(runbook.title), 150)));
}

function becauseOf(suggestion: RunbookSuggestion, words: RunbookWords): string {
  if (suggestion.because === 'named') return words.named;
  return words.matched(
    suggestion.matched.slice(0, 3).map((word) => withoutMarks(escapeMrkdwn(clip(plain(word), 60)))),
  );
}

function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, 3000), verbatim: true } };
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

function buttons(carried: RunbookButton, words: RunbookWords): KnownBlock[] {
  const value = JSON.stringify({ alertKey: carried.alertKey, path: carried.path });
  // A path that long cannot be carried; the steps above are still of use.
  if (value.length > VALUE_MAX) return [];
  const button = (actionId: string, text: string): Button => ({
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text, emoji: true },
    value,
  });
  const elements = [
    { ...button(ACTION.runbookHelpful, words.helpful), style: 'primary' as const },
    button(ACTION.runbookWrong, words.wrong),
    button(ACTION.showFullRunbook, words.showFull),
  ];
  return [{ type: 'actions', elements }];
}
