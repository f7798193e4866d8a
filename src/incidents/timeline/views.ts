/** The timeline as a table, and the form that corrects a time. */

import type { KnownBlock, View } from '@slack/types';
import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { actions, button, context, section } from '../../blockkit/blocks.ts';
import { clip, linkTo, plain } from '../../blockkit/mrkdwn.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Content } from '../../ports/chat.ts';
import { messages } from './messages.ts';
import type { TimelineRow } from './rows.ts';
import { letters } from './say.ts';

/** Slack takes 100 rows and 10,000 characters a table. */
const MOST_ROWS = 99;
const MOST_CHARS = 9_000;
/** Slack takes 100 options a select. */
const MOST_OPTIONS = 100;

export function timelineContent(incident: Incident, rows: readonly TimelineRow[], locale: Locale): Content {
  const words = messages[locale];
  const title = words.title(letters(incident.title, 150));
  if (rows.length === 0) return { text: `${title}\n${words.empty}` };
  const shown = newest(rows);
  const older = rows.length > shown.length ? [words.older(rows.length - shown.length)] : [];
  const lines = shown.map((row) =>
    [row.time, row.state, row.who, row.what]
      .filter(Boolean)
      .map((text) => letters(text))
      .join(' '),
  );
  return {
    text: clip([title, ...older, ...lines].join('\n'), 3000),
    blocks: [
      section(title),
      ...older.map((line) => context(line)),
      tableOf(shown, words.columns),
      actions([button({ text: words.editButton, actionId: ACTION.editTimeline, value: String(incident.id) })]),
      context(words.hint),
    ],
  };
}

function newest(rows: readonly TimelineRow[]): readonly TimelineRow[] {
  let chars = 0;
  const from = rows.findLastIndex((row, index) => {
    chars += row.state.length + row.time.length + row.who.length + cell(row.what).length + row.note.length;
    return chars > MOST_CHARS || rows.length - index > MOST_ROWS;
  });
  return rows.slice(from + 1);
}

const cell = (text: string) => clip(plain(text), 200);

function tableOf(rows: readonly TimelineRow[], columns: readonly string[]): KnownBlock {
  const raw = (text: string) => ({ type: 'raw_text' as const, text: text === '' ? '—' : cell(text) });
  return {
    type: 'table',
    column_settings: [{}, {}, {}, { is_wrapped: true }, {}],
    rows: [
      columns.map(raw),
      ...rows.map(({ state, time, who, what, note }) => [
        ...[state, time, who, what].map(raw),
        /^https?:\/\//.test(note) ? linkCell(note) : raw(note),
      ]),
    ],
  };
}

function linkCell(url: string) {
  const link = { type: 'link' as const, url: url.slice(0, 1000), text: 'Slack' };
  return { type: 'rich_text' as const, elements: [{ type: 'rich_text_section' as const, elements: [link] }] };
}

export type EditForm =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'ready';
      readonly incident: Incident;
      readonly channel: string;
      readonly rows: readonly TimelineRow[];
    };

export function editModal(form: EditForm, locale: Locale): View {
  const words = messages[locale];
  const plainText = (text: string) => ({ type: 'plain_text' as const, text });
  const view = {
    type: 'modal' as const,
    callback_id: CALLBACK.editTimeline,
    title: plainText(words.editTitle),
    close: plainText(words.close),
  };
  if (form.kind === 'loading') return { ...view, blocks: [section(words.loading)] };
  if (form.rows.length === 0) return { ...view, blocks: [section(words.empty)] };
  const options = form.rows.slice(-MOST_OPTIONS).map(({ id, time, state, what }) => ({
    text: plainText(clip(plain(`${time} ${state} ${what}`), 75)),
    value: String(id),
  }));
  return {
    ...view,
    submit: plainText(words.submit),
    private_metadata: JSON.stringify({ incidentId: form.incident.id, channel: form.channel }),
    blocks: [
      {
        type: 'input',
        block_id: 'entry',
        label: plainText(words.entryLabel),
        element: { type: 'static_select', action_id: 'entry', options },
      },
      {
        type: 'input',
        block_id: 'time',
        label: plainText(words.timeLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'time',
          max_length: 20,
          placeholder: plainText(words.timeHint),
        },
      },
    ],
  };
}

/** A row on one line, for an answer. */
export function rowLine(row: TimelineRow): string {
  const what = row.note ? linkTo(row.note, cell(row.what).replaceAll('*', '∗')) : letters(row.what);
  return [letters(row.state), what].join(' ');
}
