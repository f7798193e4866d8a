/** [ランブック作成]: turns an alert that found no page into the draft of one, filled with what is known. */

import { CALLBACK } from '../../blockkit/action-ids.ts';
import { context, section } from '../../blockkit/blocks.ts';
import { modal, textInput } from '../../blockkit/inputs.ts';
import { clip, escapeMrkdwn, plain } from '../../blockkit/mrkdwn.ts';
import type { Alert } from '../../domain/alert.ts';
import { localDay } from '../../domain/local-day.ts';
import type { Press, Submission } from '../../ports/chat.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { GrowthDeps } from './deps.ts';
import { GROWTH_WORDS } from './messages.ts';
import { stubPath, writeStub } from './stub.ts';

const MOST_KEYWORDS = 8;
const MOST_HEARD = 15;
const MOST_ALIKE = 5;
/** A section holds 3000 characters, its fences included. */
const MOST_STUB = 2_850;

export async function openStub(press: Press, deps: GrowthDeps): Promise<void> {
  const words = GROWTH_WORDS[deps.style.locale];
  const alert = await deps.alerts.byId(press.value);
  if (!alert) return deps.chat.whisper(press, { text: words.gone });
  const alike = await deps.kept.alike(alert, MOST_ALIKE);
  const keywords = [...new Set([alert, ...alike].map(({ reading }) => plain(reading.title)))];
  await deps.chat.openModal(
    press.triggerId,
    modal({
      callbackId: CALLBACK.createRunbook,
      title: words.createTitle,
      close: words.cancel,
      submit: words.createSubmit,
      metadata: { alertId: alert.id, channel: press.channel },
      blocks: [
        textInput({ id: 'title', label: words.fieldTitle, initial: plain(alert.reading.title), maxLength: 150 }),
        textInput({
          id: 'keywords',
          label: words.fieldKeywords,
          initial: keywords.slice(0, MOST_KEYWORDS).join('\n'),
          maxLength: 1000,
          multiline: true,
          optional: true,
        }),
        textInput({ id: 'steps', label: words.fieldSteps, maxLength: 1500, multiline: true, optional: true }),
      ],
    }),
  );
}

/** The draft stands in the alert's thread, for everybody who was there. */
export async function writeStubOf(submission: Submission, deps: GrowthDeps): Promise<void> {
  const words = GROWTH_WORDS[deps.style.locale];
  const { alertId, channel } = JSON.parse(submission.privateMetadata) as { alertId: string; channel: string };
  const alert = await deps.alerts.byId(alertId);
  if (!alert) return deps.chat.whisper({ userId: submission.userId, channel }, { text: words.gone });
  const title = plain(submission.values['title'] ?? alert.reading.title);
  const path = stubPath(title, deps.dir);
  const markdown = writeStub(
    {
      title,
      keywords: linesOf(submission.values['keywords']),
      services: alert.reading.service ? [alert.reading.service] : [],
      steps: submission.values['steps'] ?? '',
      ...(await whatWasDone(alert, deps)),
      today: localDay(deps.clock.now(), deps.style.timezone),
    },
    words,
  );
  const head = words.stub(escapeMrkdwn(path));
  const threadTs = await deps.threadOf(alert);
  await deps.outbox.post({
    key: `stub:${submission.viewId}`,
    channel: alert.channel,
    ...(threadTs ? { threadTs } : {}),
    priority: PRIORITY.companion,
    content: {
      text: head,
      blocks: [section(head), section(fenced(markdown)), context(words.stubBy(`<@${submission.userId}>`))],
    },
  });
}

/** What people wrote in the thread, and which first checks somebody ticked. */
async function whatWasDone(alert: Alert, deps: GrowthDeps) {
  const ts = await deps.threadOf(alert);
  const [replies, ticks] = await Promise.all([
    ts ? deps.chat.replies(alert.channel, ts, 100).catch(() => []) : [],
    deps.thread.ticks(alert.id),
  ]);
  const heard = replies
    .filter(({ author }) => author.kind === 'person')
    .map(({ text }) => clip(plain(text), 200))
    .filter((line) => line !== '');
  const checks = await deps.checksOf(alert);
  const done = new Set(ticks.filter(({ list }) => list === 'checks').map(({ item }) => item));
  return {
    heard: heard.slice(0, MOST_HEARD),
    checks: checks.items.filter(({ id }) => done.has(id)).map(({ markdown }) => markdown),
  };
}

function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => plain(line))
    .filter((line) => line !== '')
    .slice(0, 30);
}

/** Copies cleanly: only Slack's own signs are escaped, and a fence inside is broken. */
function fenced(markdown: string): string {
  const safe = escapeMrkdwn(markdown).replaceAll('```', '``\u200b`');
  return `\`\`\`\n${clip(safe, MOST_STUB)}\n\`\`\``;
}
