/** Matches a file of alert texts offline, one JSON object a line in and out (`npm run match`). */

import type { Matcher } from './matcher.ts';

export interface CaseFault {
  readonly line: number;
  readonly message: string;
}

type ReadCase = { readonly id: string | number; readonly text: string } | { readonly message: string };

/** Calls `print` with one line of JSON for every readable case, in order; returns the lines that are not. */
export function matchCases(cases: string, matcher: Matcher, print: (line: string) => void): readonly CaseFault[] {
  const faults: CaseFault[] = [];
  for (const [index, line] of cases.replace(/^\ufeff/, '').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const read = readCase(line);
    if ('message' in read) {
      faults.push({ line: index + 1, message: read.message });
      continue;
    }
    const { suggestions, silent } = matcher.match({ text: read.text, runbookRefs: refsIn(read.text) });
    print(
      JSON.stringify({
        id: read.id,
        silent,
        suggestions: suggestions.map(({ runbook, score, matched, because }) => ({
          path: runbook.path,
          score,
          reasons: because === 'named' ? ['named'] : matched,
        })),
      }),
    );
  }
  return faults;
}

function readCase(line: string): ReadCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { message: 'this line is not JSON' };
  }
  if (typeof value !== 'object' || value === null) return { message: 'this line is not a JSON object' };
  if (!('id' in value) || (typeof value.id !== 'string' && typeof value.id !== 'number')) {
    return { message: '"id" is missing or is no text' };
  }
  if (!('text' in value) || typeof value.text !== 'string') return { message: '"text" is missing or is no text' };
  return { id: value.id, text: value.text };
}

/** The one form that every tool prints alike; in Slack the alert's own reader finds more. */
function refsIn(text: string): string[] {
  const found = text.slice(0, 100_000).matchAll(/\brunbook(?:_url)?["*`]*\s{0,3}[:=]["*`]*\s{0,3}["'<`]?(https?:\/\/[^\s|<>"'`]+)/gi);
  return [...found].map((match) => match[1] ?? '').slice(0, 5);
}
