/** Finds the runbooks that an alert itself names, by address or by id. */

import type { Runbook } from '../domain/runbook.ts';
import { nameOf } from './front-matter.ts';
import { fold } from './terms.ts';

const FOLDER_PAGES = new Set(['readme', 'index']);

/** Best first: of two pages with the same name, the one whose folders stand in the address as well. */
export function namedRunbooks(runbooks: readonly Runbook[], refs: readonly string[]): readonly Runbook[] {
  const found = new Set<Runbook>();
  for (const ref of refs) {
    const segments = segmentsOf(ref);
    const last = segments.at(-1);
    if (last === undefined || last === '') continue;
    const candidates = runbooks
      .filter((runbook) => {
        const own = ownSegments(runbook);
        return own.at(-1) === last || squash(runbook.title) === last;
      })
      .map((runbook) => ({ runbook, depth: commonTail(ownSegments(runbook), segments) }));
    const deepest = Math.max(0, ...candidates.map(({ depth }) => depth));
    const best = candidates.filter(({ depth }) => depth === deepest).map(({ runbook }) => runbook);
    for (const runbook of best.toSorted((a, b) => (a.path < b.path ? -1 : 1))) found.add(runbook);
  }
  return [...found];
}

function ownSegments(runbook: Runbook): string[] {
  const segments = runbook.path.split('/').map((segment) => squash(nameOf(segment)));
  return FOLDER_PAGES.has(segments.at(-1) ?? '') && segments.length > 1 ? segments.slice(0, -1) : segments;
}

/** Host, folders and page of an address, or the one segment of an id. */
function segmentsOf(ref: string): string[] {
  const path = ref.trim().replace(/^[a-z][a-z+.-]*:\/\//i, '').replace(/[?#].*$/s, '');
  const segments = path
    .split('/')
    .map((segment) => squash(decoded(segment).replace(/\.(?:md|markdown|html?)$/i, '')))
    .filter((segment) => segment !== '');
  return FOLDER_PAGES.has(segments.at(-1) ?? '') && segments.length > 1 ? segments.slice(0, -1) : segments;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `Replica Lag`, `replica-lag` and `replica_lag` are one name. */
function squash(text: string): string {
  return fold(text).replace(/[\s_-]+/g, '');
}

function commonTail(own: readonly string[], other: readonly string[]): number {
  let depth = 0;
  while (depth < own.length && depth < other.length && own.at(-1 - depth) === other.at(-1 - depth)) depth++;
  return depth;
}
