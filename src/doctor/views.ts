/** Shows findings: as lines for a terminal and as blocks for Slack. */

import { context, section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import type { Locale } from '../domain/locale.ts';
import type { Content } from '../ports/chat.ts';
import type { Finding, Weight } from './finding.ts';
import { messages } from './messages.ts';

const SIGNS: Readonly<Record<Weight, string>> = { fatal: '❌', warning: '⚠️', unknown: '❔', fine: '✅' };
const ORDER: readonly Weight[] = ['fatal', 'warning', 'unknown', 'fine'];

/** Slack takes 50 blocks, and refuses somewhat above 13,000 characters in all. */
const MOST_SHOWN = 20;

export function findingLines(findings: readonly Finding[], locale: Locale): readonly string[] {
  const words = messages[locale];
  const lines = sorted(findings).flatMap(({ check, weight, is, should, todo }) => [
    `${SIGNS[weight]} ${check}: ${plain(is)}`,
    ...(should === undefined ? [] : [`     ${words.should}: ${plain(should)}`]),
    ...(todo === undefined ? [] : [`     ${words.todo}: ${plain(todo)}`]),
  ]);
  return [...lines, '', summaryOf(findings, locale)];
}

export function findingContent(findings: readonly Finding[], locale: Locale): Content {
  const words = messages[locale];
  const ills = sorted(findings).filter(({ weight }) => weight !== 'fine');
  const summary = summaryOf(findings, locale);
  if (ills.length === 0) {
    const text = `${words.title}\n${words.allFine(findings.length)}`;
    const all = findings.map(({ is }) => `• ${escapeMrkdwn(is)}`).join('\n');
    return { text, blocks: [section(text), context(all)] };
  }
  const shown = ills.slice(0, MOST_SHOWN);
  const rest = ills.length - shown.length;
  const well = findings.filter(({ weight }) => weight === 'fine').map(({ check }) => check);
  return {
    text: clip(
      `${words.title}\n${shown.map(({ weight, is }) => `${SIGNS[weight]} ${escapeMrkdwn(is)}`).join('\n')}`,
      3000,
    ),
    blocks: [
      section(`${words.title}\n${summary}`),
      ...shown.map(({ weight, is, should, todo }) =>
        section(
          [
            `${SIGNS[weight]} ${escapeMrkdwn(is)}`,
            ...(should ? [`${words.should}: ${escapeMrkdwn(should)}`] : []),
            ...(todo ? [`${words.todo}: ${escapeMrkdwn(todo)}`] : []),
          ].join('\n'),
        ),
      ),
      ...(rest > 0 ? [context(words.cut(rest))] : []),
      ...(well.length > 0 ? [context(words.fineOnes(well.map(escapeMrkdwn).join(words.separator)))] : []),
    ],
  };
}

/** The lines of a file, as code that nothing in it can break out of. */
export function settingsContent(lines: readonly string[], locale: Locale): Content {
  const words = messages[locale];
  const chunks: string[] = [];
  for (const line of lines.map((one) => escapeMrkdwn(one.replaceAll('`', "'")))) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + line.length < 2800) chunks[chunks.length - 1] = `${last}\n${line}`;
    else chunks.push(clip(line, 2800));
  }
  // Four full blocks are about what one message may hold.
  const shown = chunks.slice(0, 4);
  return {
    text: words.configTitle,
    blocks: [section(words.configTitle), ...shown.map((chunk) => section(`\`\`\`\n${chunk}\n\`\`\``))],
  };
}

function summaryOf(findings: readonly Finding[], locale: Locale): string {
  const count = (weight: Weight) => findings.filter((finding) => finding.weight === weight).length;
  return messages[locale].summary(count('fatal'), count('warning'), count('unknown'), count('fine'));
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight));
}

/** Names come from Slack, PagerDuty and files: nothing in them may steer a terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
