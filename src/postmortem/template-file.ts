/** Reads the template's file anew for each draft, so that a change by pull request is in the next one (P-09). */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../domain/locale.ts';

/** Seen from this file: Toban's own templates come with the package. */
const OWN = join(import.meta.dirname, '../../templates');

export type TemplateReading =
  | { readonly kind: 'read'; readonly template: string }
  /** The file that was named cannot be read; Toban's own stands in. */
  | { readonly kind: 'stand_in'; readonly template: string; readonly path: string; readonly cause: unknown };

/** `path` is the file that toban.yml names; without one it is Toban's own. */
export async function readTemplate(path: string | undefined, locale: Locale): Promise<TemplateReading> {
  if (path === undefined) return { kind: 'read', template: await own(locale) };
  try {
    return { kind: 'read', template: await readFile(path, 'utf8') };
  } catch (cause) {
    return { kind: 'stand_in', template: await own(locale), path, cause };
  }
}

function own(locale: Locale): Promise<string> {
  return readFile(join(OWN, `postmortem.${locale}.md`), 'utf8');
}
