/** Finds links between pages of the library that lead nowhere. */

import { posix } from 'node:path';
import type { Runbook, RunbookFault } from '../../domain/runbook.ts';

/** `line` counts within the page's text below its front matter. Addresses and anchors of the same page are not judged. */
export function brokenLinks(runbooks: readonly Runbook[]): readonly RunbookFault[] {
  const known = new Set(runbooks.map(({ path }) => path));
  return runbooks.flatMap(({ path, body }) => {
    let fence: string | undefined;
    return body.split('\n').flatMap((line, index) => {
      const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
      if (fence !== undefined) return [];
      return [...line.matchAll(/\]\(\s*<?([^)\s>#?]+)[^)]*\)/g)].flatMap(([, target = '']) => {
        if (!/\.(?:md|markdown)$/i.test(target) || /^[a-z][a-z+.-]*:/i.test(target)) return [];
        const there = posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(path), decoded(target)));
        return known.has(there) ? [] : [{ path, line: index + 1, message: `${target} is no page of the library` }];
      });
    });
  });
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
