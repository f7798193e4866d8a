/** The form of [引き継ぎメモ]: a new note, an explicit "nothing to note", and the notes that are done. */

import type { KnownBlock, View } from '@slack/types';
import { CALLBACK } from '../blockkit/action-ids.ts';
import { clip, plain } from '../blockkit/mrkdwn.ts';
import type { HandoverNote } from '../domain/handover.ts';
import { dateTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { FormFaults, Submission } from '../ports/chat.ts';
import { sideMessages } from './side-messages.ts';

/** Slack takes ten checkboxes in a group and a hundred options in a select. */
const MOST_DONE = 10;
const MOST_TEAMS = 100;

export interface NoteForm {
  readonly day: string;
  readonly post: string;
  readonly teams: readonly { readonly key: string; readonly name: string }[];
  /** Chosen to begin with. */
  readonly team?: string;
  readonly notes: readonly HandoverNote[];
}

export interface NoteWishes {
  readonly day: string;
  readonly post: string;
  readonly team: string;
  readonly text: string;
  readonly nothing: boolean;
  /** Ids of notes. */
  readonly done: readonly string[];
}

export function noteModal(form: NoteForm, style: TimeStyle): View {
  const words = sideMessages[style.locale].modal;
  const teams = form.teams.slice(0, MOST_TEAMS).map(({ key, name }) => option(name, key));
  const chosen = teams.find(({ value }) => value === form.team) ?? teams[0];
  const done = form.notes
    .filter(({ kind }) => kind === 'note')
    .slice(-MOST_DONE)
    .map(({ id, name, writtenAt, text }) => option(`${dateTime(writtenAt, style)} ${name}: ${text}`, id));
  const blocks: KnownBlock[] = [
    {
      type: 'input',
      block_id: 'text',
      optional: true,
      label: label(words.text),
      element: {
        type: 'plain_text_input',
        action_id: 'text',
        multiline: true,
        max_length: 1000,
        placeholder: label(words.hint),
      },
    },
    {
      type: 'input',
      block_id: 'nothing',
      optional: true,
      label: label(words.nothingLabel),
      element: { type: 'checkboxes', action_id: 'nothing', options: [option(words.nothing, 'nothing')] },
    },
  ];
  if (done.length > 0) {
    blocks.push({
      type: 'input',
      block_id: 'done',
      optional: true,
      label: label(words.done),
      element: { type: 'checkboxes', action_id: 'done', options: done },
    });
  }
  if (teams.length > 1 && chosen) {
    blocks.unshift({
      type: 'input',
      block_id: 'team',
      label: label(words.team),
      element: { type: 'static_select', action_id: 'team', options: teams, initial_option: chosen },
    });
  }
  return {
    type: 'modal',
    callback_id: CALLBACK.writeHandoverNote,
    title: label(words.title),
    submit: label(words.submit),
    close: label(words.close),
    private_metadata: JSON.stringify([form.day, form.post, form.teams[0]?.key ?? '']),
    blocks,
  };
}

export function wishesOf({ privateMetadata, values }: Submission): NoteWishes {
  const [day = '', post = '', only = ''] = JSON.parse(privateMetadata) as readonly string[];
  return {
    day,
    post,
    team: values['team'] ?? only,
    text: values['text']?.trim() ?? '',
    nothing: values['nothing'] === 'nothing',
    done: (values['done'] ?? '').split(',').filter((id) => id !== ''),
  };
}

export function noteFaults(submission: Submission, style: TimeStyle): FormFaults | undefined {
  const words = sideMessages[style.locale].modal;
  const { text, nothing, done } = wishesOf(submission);
  if (text && nothing) return { nothing: words.both };
  return text || nothing || done.length > 0 ? undefined : { text: words.empty };
}

function label(text: string) {
  return { type: 'plain_text' as const, text };
}

function option(text: string, value: string) {
  return { text: label(clip(plain(text), 75)), value };
}
