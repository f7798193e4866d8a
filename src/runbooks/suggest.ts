/** Puts the matching runbook's steps into an alert's thread, and follows what people say of it. */

import type { Alert } from '../domain/alert.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Runbook, RunbookSuggestion } from '../domain/runbook.ts';
import type { AlertStore } from '../ports/alert-store.ts';
import type { Chat, Content, Press } from '../ports/chat.ts';
import type { Outbox } from '../ports/outbox.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { FeedbackStore, Verdict } from '../ports/stores.ts';
import type { LibraryStore } from '../ports/library-store.ts';
import type { ThreadStore } from '../ports/thread-store.ts';
import type { RunbookLibrary } from './library.ts';
import { offeredBy } from './matcher.ts';
import type { Matcher } from './matcher.ts';
import { RUNBOOK_WORDS } from './messages.ts';
import { fullContent, judgedContent, noSuggestionContent, readRunbookButton, suggestionContent } from './views.ts';

export interface RunbookDeps {
  readonly library: RunbookLibrary;
  readonly matcher: Matcher;
  readonly alerts: AlertStore;
  readonly feedback: FeedbackStore;
  readonly thread: ThreadStore;
  readonly kept: LibraryStore;
  readonly outbox: Outbox;
  readonly chat: Chat;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly style: TimeStyle;
  /** The thread of an alert, once there is one. */
  readonly threadOf: (alert: Alert) => Promise<string | undefined>;
}

/** `waits` where the alert's own message does not stand yet. */
export async function suggestRunbook(alert: Alert, deps: RunbookDeps): Promise<'suggested' | 'none' | 'waits'> {
  const threadTs = await deps.threadOf(alert);
  if (!threadTs) return 'waits';
  const offered = await offeredFor(alert, deps);
  await deps.outbox.post({
    key: keyOf(alert.id),
    channel: alert.channel,
    threadTs,
    priority: PRIORITY.companion,
    content: await contentFor(alert, offered, deps),
  });
  await deps.kept.noteOutcome(alert.id, offered[0]?.runbook.path, deps.clock.now());
  await deps.alerts.suggested(alert.id);
  const outcome = offered.length > 0 ? 'suggested' : 'none';
  deps.metrics.count('toban_runbook_suggestions_total', { outcome });
  return outcome;
}

/** [違う] shows the next candidate to everybody; [役に立った] is kept. One verdict a person, alert and runbook. */
export async function judgeRunbook(press: Press, verdict: Verdict, deps: RunbookDeps): Promise<void> {
  const words = RUNBOOK_WORDS[deps.style.locale];
  const pressed = readRunbookButton(press.value);
  const alert = pressed && (await deps.alerts.byId(pressed.alertKey));
  if (!pressed || !alert) return deps.chat.whisper(press, { text: words.gone });
  const added = await deps.feedback.add(alert.id, pressed.path, press.userId, verdict, deps.clock.now());
  if (added === 'added') deps.metrics.count('toban_runbook_feedback_total', { verdict });
  if (verdict === 'wrong') await showAgain(alert, deps);
  await deps.chat.whisper(press, judgedContent(pressed, added === 'added' ? words.thanks : words.voted, deps.style.locale));
}

/** [取り消し]: as if it had not been said. */
export async function takeBackVerdict(press: Press, deps: RunbookDeps): Promise<void> {
  const words = RUNBOOK_WORDS[deps.style.locale];
  const pressed = readRunbookButton(press.value);
  const alert = pressed && (await deps.alerts.byId(pressed.alertKey));
  if (!pressed || !alert) return deps.chat.whisper(press, { text: words.gone });
  await deps.feedback.remove(alert.id, pressed.path, press.userId);
  await showAgain(alert, deps);
  await deps.chat.whisper(press, { text: words.takenBack });
}

async function showAgain(alert: Alert, deps: RunbookDeps): Promise<void> {
  const left = await offeredFor(alert, deps);
  const content =
    left.length > 0 ? await contentFor(alert, left, deps) : { text: RUNBOOK_WORDS[deps.style.locale].noneLeft };
  await deps.outbox.edit(keyOf(alert.id), content);
}

/** The whole page, to the person alone. */
export async function showFullRunbook(press: Press, deps: RunbookDeps): Promise<void> {
  const pressed = readRunbookButton(press.value);
  const runbook = deps.library.runbooks().find(({ path }) => path === pressed?.path);
  const content = runbook ? fullContent(runbook, deps.style.locale) : { text: RUNBOOK_WORDS[deps.style.locale].gone };
  await deps.chat.whisper(press, content);
}

/** [ランブック] under a mention: the best candidate's whole page, or that there is none. */
export async function showRunbookOf(press: Press, deps: RunbookDeps): Promise<void> {
  const alert = await deps.alerts.byId(press.value);
  const best = alert && (await runbookOf(alert, deps));
  const content = best ? fullContent(best, deps.style.locale) : noSuggestionContent(deps.style.locale);
  await deps.chat.whisper(press, content);
}

/** The runbook that is shown for an alert: the best candidate that nobody called wrong. */
export async function runbookOf(alert: Alert, deps: RunbookDeps): Promise<Runbook | undefined> {
  return (await offeredFor(alert, deps))[0]?.runbook;
}

/** Shows the ticks of its steps. */
export async function refreshSuggestion(alert: Alert, deps: RunbookDeps): Promise<void> {
  const offered = await offeredFor(alert, deps);
  if (offered.length > 0) await deps.outbox.edit(keyOf(alert.id), await contentFor(alert, offered, deps));
}

/** What people said of a page before moves it a little; what they said of it for this alert takes it out. */
async function offeredFor(alert: Alert, deps: RunbookDeps): Promise<readonly RunbookSuggestion[]> {
  const { title, text, runbookRefs } = alert.reading;
  const [wrong, counts] = await Promise.all([deps.feedback.wrongFor(alert.id), deps.feedback.counts()]);
  const times = (path: string, verdict: Verdict) =>
    counts.find((one) => one.runbook === path && one.verdict === verdict)?.count ?? 0;
  const answer = deps.matcher.match({ title, text, runbookRefs }, (path) => ({
    helpful: times(path, 'helpful'),
    wrong: times(path, 'wrong'),
  }));
  return offeredBy({ ...answer, suggestions: answer.suggestions.filter(({ runbook }) => !wrong.has(runbook.path)) });
}

async function contentFor(
  alert: Alert,
  offered: readonly RunbookSuggestion[],
  deps: RunbookDeps,
): Promise<Content> {
  if (offered.length === 0) return noSuggestionContent(deps.style.locale, alert.id);
  const ticks = await deps.thread.ticks(alert.id);
  return suggestionContent({ suggestions: offered, shown: 0, style: deps.style, alertKey: alert.id, ticks });
}

function keyOf(alertId: string): string {
  return `runbook:${alertId}`;
}
