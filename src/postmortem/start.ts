/** Begins a postmortem: the draft is kept first, and its file follows, whatever happens in between (P-01, P-03). */

import { randomUUID } from 'node:crypto';
import type { Postmortem } from '../domain/postmortem.ts';
import { writeDraft, TOKENS } from './draft.ts';
import type { PostmortemDeps } from './deps.ts';
import type { DraftFacts } from '../domain/draft-facts.ts';
import { readTemplate } from './template-file.ts';
import { unknownTokens } from './template.ts';

export const SHARE = 'postmortem.share';

export interface Beginning {
  readonly facts: DraftFacts;
  readonly channel: string;
  readonly threadTs?: string;
  readonly createdBy?: string;
  readonly incidentId?: string;
  readonly private?: boolean;
}

/** For an incident that has one already, a new draft of it. */
export async function startPostmortem(what: Beginning, deps: PostmortemDeps): Promise<Postmortem> {
  const { store, timers, clock } = deps;
  const { facts, ...where } = what;
  const markdown = writeDraft(await template(deps), facts, deps.style.locale);
  const kept = await store.keep({
    ...where,
    id: randomUUID(),
    title: facts.title,
    createdAt: clock.now(),
    markdown,
    shared: false,
  });
  await timers.set({ key: `postmortem:${kept.id}:share`, kind: SHARE, dueAt: clock.now(), payload: kept.id });
  return kept;
}

async function template({ templatePath, style, log }: PostmortemDeps): Promise<string> {
  const reading = await readTemplate(templatePath, style.locale);
  if (reading.kind === 'stand_in') {
    log.error(
      { path: reading.path, err: reading.cause },
      'postmortem template could not be read; the own one was used',
    );
  }
  const unknown = unknownTokens(reading.template, TOKENS);
  if (unknown.length > 0) log.warn({ unknown, known: TOKENS }, 'postmortem template names what no draft knows');
  return reading.template;
}
