/** What is looked at first for an alert, the same for everybody: from toban.yml, the runbook, or pages of its service. */

import type { Alert } from '../../domain/alert.ts';
import type { Runbook, RunbookLink } from '../../domain/runbook.ts';

/** What toban.yml says of a service. */
export interface ServiceNotes {
  readonly name: string;
  /** Other names under which alerts speak of it. */
  readonly aliases: readonly string[];
  readonly firstChecks: readonly string[];
  /** Addresses may hold `{from}`, `{to}` and their like. */
  readonly links: readonly RunbookLink[];
}

export interface FirstChecks {
  /** The service they belong to; absent where it is not known. */
  readonly service?: string;
  readonly checks: readonly string[];
  readonly links: readonly RunbookLink[];
}

/** More would be read by nobody at night. */
const MOST_CHECKS = 8;
const MOST_LINKS = 5;

/**
 * toban.yml's own list for the service goes before the runbook's, that before what other pages of the service say.
 * Where nothing of these speaks, `usual` stands in.
 */
export function firstChecksOf(
  alert: Alert,
  best: Runbook | undefined,
  known: { readonly services: readonly ServiceNotes[]; readonly runbooks: readonly Runbook[] },
  usual: readonly string[],
): FirstChecks {
  const words = wordsOf(`${alert.reading.service ?? ''} ${alert.reading.title}`);
  const notes = known.services.find(({ name, aliases }) => [name, ...aliases].some((one) => stands(one, words)));
  const services = new Set([notes?.name, alert.reading.service].flatMap((name) => (name ? [fold(name)] : [])));
  const pages = known.runbooks.filter((page) => page.services.some((service) => services.has(fold(service))));
  const service = notes?.name ?? alert.reading.service;
  const links = [...(notes?.links ?? []), ...(best?.links ?? pages.flatMap((page) => page.links))];
  return {
    ...(service ? { service } : {}),
    checks: (
      [notes?.firstChecks, best?.firstChecks, mostNamed(pages)].find((list) => list && list.length > 0) ?? usual
    ).slice(0, MOST_CHECKS),
    links: links.filter(({ url }, index) => links.findIndex((link) => link.url === url) === index).slice(0, MOST_LINKS),
  };
}

/** What several pages of a service name comes first. */
function mostNamed(pages: readonly Runbook[]): readonly string[] {
  const times = new Map<string, number>();
  for (const page of pages) for (const check of page.firstChecks) times.set(check, (times.get(check) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1]).map(([check]) => check);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

function wordsOf(text: string): string {
  return ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
}

function stands(name: string, words: string): boolean {
  const wanted = wordsOf(name).trim();
  return wanted !== '' && words.includes(` ${wanted} `);
}
