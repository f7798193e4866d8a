/** The modals that an alert's buttons open. */

import type { KnownBlock, ModalView, View } from '@slack/types';
import { CALLBACK } from '../../blockkit/action-ids.ts';
import { section } from '../../blockkit/blocks.ts';
import { clip, escapeMrkdwn, plain } from '../../blockkit/mrkdwn.ts';
import { span } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import { messages } from '../messages.ts';
import type { EscalationForm } from './escalate.ts';
import { respondMessages } from './messages.ts';

const MINUTE = 60_000;
/** Chosen to take an alert off its incident. */
export const NO_INCIDENT = 'none';
export const SNOOZES: readonly number[] = [30, 60, 120, 240, 480, 1440].map((minutes) => minutes * MINUTE);

const text = (words: string, most = 150) => ({ type: 'plain_text' as const, text: clip(plain(words), most) });

function modal(callbackId: string, title: string, submit: string | undefined, style: TimeStyle): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: text(title, 24),
    close: text(respondMessages[style.locale].modal.close, 24),
    ...(submit ? { submit: text(submit, 24) } : {}),
    blocks: [],
  };
}

/** Opened while PagerDuty is asked, then filled: a slow answer outlives the trigger id. */
export function escalationModal(form: EscalationForm | { readonly kind: 'loading' }, style: TimeStyle): View {
  const words = messages[style.locale].escalateModal;
  const own = respondMessages[style.locale].modal;
  if (form.kind !== 'ready') {
    const said = form.kind === 'loading' ? words.loading : form.why;
    return { ...modal(CALLBACK.escalateAlert, words.title, undefined, style), blocks: [section(said)] };
  }
  const [next] = form.levels;
  const options = form.levels.map(({ level, names }) => ({
    text: text(own.levelOption(level, names.join(words.and)), 75),
    value: String(level),
  }));
  const blocks: KnownBlock[] = [
    section(next ? words.to(next.level, next.names.map(escapeMrkdwn).join(words.and)) : own.topOrPerson),
  ];
  if (options[0]) {
    blocks.push({
      type: 'input',
      block_id: 'level',
      label: text(own.level),
      element: { type: 'static_select', action_id: 'level', options, initial_option: options[0] },
    });
  }
  return {
    ...modal(CALLBACK.escalateAlert, words.title, words.submit, style),
    private_metadata: JSON.stringify({ alertId: form.alertId, ...(next ? { level: next.level } : {}) }),
    blocks: [
      ...blocks,
      {
        type: 'input',
        block_id: 'person',
        optional: next !== undefined,
        label: text(own.person),
        hint: text(own.personHint),
        element: { type: 'users_select', action_id: 'person' },
      },
      {
        type: 'input',
        block_id: 'reason',
        optional: true,
        label: text(words.reasonLabel),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          max_length: 500,
          placeholder: text(words.reasonHint),
        },
      },
    ],
  };
}

export function reassignModal(alertId: string, style: TimeStyle): View {
  const words = respondMessages[style.locale].modal;
  return {
    ...modal(CALLBACK.reassignAlert, words.personTitle, words.change, style),
    private_metadata: JSON.stringify({ alertId }),
    blocks: [
      {
        type: 'input',
        block_id: 'person',
        label: text(words.personLabel),
        element: { type: 'users_select', action_id: 'person' },
      },
    ],
  };
}

export function snoozeModal(alertId: string, style: TimeStyle): View {
  const words = respondMessages[style.locale].modal;
  const options = SNOOZES.map((ms) => ({ text: text(span(ms, style.locale)), value: String(ms / 1000) }));
  return {
    ...modal(CALLBACK.snoozeAlert, words.snoozeTitle, words.snoozeTitle, style),
    private_metadata: JSON.stringify({ alertId }),
    blocks: [
      {
        type: 'input',
        block_id: 'seconds',
        label: text(words.snoozeLabel),
        hint: text(words.snoozeHint),
        element: {
          type: 'static_select',
          action_id: 'seconds',
          options,
          ...(options[1] ? { initial_option: options[1] } : {}),
        },
      },
    ],
  };
}

export function noteModal(alertId: string, style: TimeStyle): View {
  const words = respondMessages[style.locale].modal;
  return {
    ...modal(CALLBACK.noteAlert, words.noteTitle, words.noteSubmit, style),
    private_metadata: JSON.stringify({ alertId }),
    blocks: [
      {
        type: 'input',
        block_id: 'note',
        label: text(words.noteLabel),
        element: { type: 'plain_text_input', action_id: 'note', multiline: true, max_length: 2000 },
      },
    ],
  };
}

/** Which of the team's open incidents the alert belongs to. */
export function rejoinModal(
  alertId: string,
  open: readonly PagerIncident[],
  current: string | undefined,
  style: TimeStyle,
): View {
  const words = respondMessages[style.locale].modal;
  const options = [
    ...open.slice(0, 99).map(({ id, number, title }) => ({ text: text(`#${number} ${title}`, 75), value: id })),
    { text: text(words.rejoinNone, 75), value: NO_INCIDENT },
  ];
  const initial = options.find(({ value }) => value === (current ?? NO_INCIDENT));
  return {
    ...modal(CALLBACK.rejoinAlert, words.rejoinTitle, words.change, style),
    private_metadata: JSON.stringify({ alertId }),
    blocks: [
      {
        type: 'input',
        block_id: 'incident',
        label: text(words.rejoinLabel),
        hint: text(words.rejoinHint),
        element: {
          type: 'static_select',
          action_id: 'incident',
          options,
          ...(initial ? { initial_option: initial } : {}),
        },
      },
    ],
  };
}
