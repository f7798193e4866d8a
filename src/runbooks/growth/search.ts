/** `/oncall runbook WORDS`: finds pages from anywhere, shows them and pastes them where the work is. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { actions, button, section } from '../../blockkit/blocks.ts';
import { modal, selectInput } from '../../blockkit/inputs.ts';
import { clip, escapeMrkdwn, plain, withoutMarks } from '../../blockkit/mrkdwn.ts';
import type { Alert } from '../../domain/alert.ts';
import { clockTime } from '../../domain/local-time.ts';
import type { Runbook } from '../../domain/runbook.ts';
import type { Command, Content, Press, Submission } from '../../ports/chat.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { RUNBOOK_WORDS } from '../messages.ts';
import { pageContent, readRunbookButton, titleOf } from '../views.ts';
import type { GrowthDeps } from './deps.ts';
import { GROWTH_WORDS } from './messages.ts';

const MOST_FOUND = 5;
/** Against the best: less is no answer. */
const WORTH = 0.3;
const RECENT_MS = 24 * 3_600_000;
const MOST_ALERTS = 20;
const HERE = 'here';
const VALUE_MAX = 2000;

export async function searchRunbooks(command: Command, deps: GrowthDeps): Promise<Content> {
  const words = GROWTH_WORDS[deps.style.locale];
  const wanted = command.rest.trim();
  if (!wanted) return { text: words.wordsMissing };
  await deps.library.loaded;
  const shown = withoutMarks(escapeMrkdwn(clip(plain(wanted), 80)));
  const found = find(wanted, deps).filter(({ path }) => JSON.stringify({ alertKey: '', path }).length <= VALUE_MAX);
  if (found.length === 0) return { text: words.notFound(shown) };
  const head = words.found(shown);
  return {
    text: head,
    blocks: [
      section(head),
      ...found.flatMap(({ path, title }) => {
        const value = JSON.stringify({ alertKey: '', path });
        return [
          section(`📘 ${titleOf({ title })}`),
          actions([
            button({ text: words.show, actionId: ACTION.showFullRunbook, value }),
            button({ text: words.paste, actionId: ACTION.pasteRunbook, value }),
          ]),
        ];
      }),
    ],
  };
}

/** Somebody who searches wants candidates, sure or not; a word of a title is enough. */
function find(wanted: string, deps: GrowthDeps): readonly Runbook[] {
  const folded = wanted.normalize('NFKC').toLowerCase();
  const { suggestions } = deps.matcher.match({ text: wanted, title: wanted });
  const best = suggestions[0]?.score ?? 0;
  const ranked = suggestions.filter(({ score }) => score >= best * WORTH).map(({ runbook }) => runbook);
  const titled = deps.library
    .runbooks()
    .filter(({ title, keywords }) =>
      [title, ...keywords].some((one) => one.normalize('NFKC').toLowerCase().includes(folded)),
    );
  return [...new Set([...ranked.slice(0, MOST_FOUND), ...titled])].slice(0, MOST_FOUND);
}

/** [スレッドに貼る]: asks where, among the alerts of the channel's last day. */
export async function askWhereToPaste(press: Press, deps: GrowthDeps): Promise<void> {
  const words = GROWTH_WORDS[deps.style.locale];
  const path = readRunbookButton(press.value)?.path;
  if (path === undefined) return deps.chat.whisper(press, { text: RUNBOOK_WORDS[deps.style.locale].gone });
  const alerts = await deps.kept.recent(press.channel, deps.clock.now() - RECENT_MS, MOST_ALERTS);
  const choices = [
    ...alerts.map((alert) => ({
      value: alert.id,
      text: `${clockTime(alert.firedAt, deps.style)} ${plain(alert.reading.title)}`,
    })),
    { value: HERE, text: words.pasteHere },
  ];
  await deps.chat.openModal(
    press.triggerId,
    modal({
      callbackId: CALLBACK.pasteRunbook,
      title: words.pasteTitle,
      close: words.cancel,
      submit: words.pasteSubmit,
      metadata: { path, channel: press.channel },
      blocks: [selectInput({ id: 'where', label: words.pasteWhere, choices, initial: choices[0]?.value ?? HERE })],
    }),
  );
}

export async function pasteRunbook(submission: Submission, deps: GrowthDeps): Promise<void> {
  const { path, channel } = JSON.parse(submission.privateMetadata) as { path: string; channel: string };
  const runbook = deps.library.runbooks().find((page) => page.path === path);
  const to = { userId: submission.userId, channel };
  if (!runbook) return deps.chat.whisper(to, { text: RUNBOOK_WORDS[deps.style.locale].gone });
  const where = submission.values['where'];
  const alert = where === HERE || !where ? undefined : await deps.alerts.byId(where);
  const threadTs = alert && (await deps.threadOf(alert));
  await deps.outbox.post({
    // The same page once a thread; in a channel as often as somebody asks for it.
    key: alert ? pastedKey(alert.id, path) : `pasted:${submission.viewId}`,
    channel: alert?.channel ?? channel,
    ...(threadTs ? { threadTs } : {}),
    priority: PRIORITY.companion,
    content: await pastedContent(runbook, submission.userId, alert, deps),
  });
  if (alert) await deps.kept.noteOutcome(alert.id, path, deps.clock.now());
}

/** Shows the ticks of pages that somebody pasted into the alert's thread. */
export async function refreshPasted(alert: Alert, path: string, deps: GrowthDeps): Promise<void> {
  const row = await deps.outbox.contentOf(pastedKey(alert.id, path));
  const runbook = deps.library.runbooks().find((page) => page.path === path);
  const by = /<@(\w+)>/.exec(row?.text ?? '')?.[1];
  if (!row || !runbook || !by) return;
  await deps.outbox.edit(pastedKey(alert.id, path), await pastedContent(runbook, by, alert, deps));
}

async function pastedContent(
  runbook: Runbook,
  by: string,
  alert: Alert | undefined,
  deps: GrowthDeps,
): Promise<Content> {
  const head = GROWTH_WORDS[deps.style.locale].pasted(titleOf(runbook), `<@${by}>`);
  const ticks = alert ? await deps.thread.ticks(alert.id) : [];
  return pageContent(runbook, head, alert ? { alertId: alert.id, ticks } : undefined, deps.style);
}

function pastedKey(alertId: string, path: string): string {
  return `pasted:${alertId}:${path}`;
}
