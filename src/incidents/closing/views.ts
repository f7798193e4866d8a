/** The form of the all clear, and the messages that follow it. */

import type { Button, View } from '@slack/types';
import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { actions, button, context, section } from '../../blockkit/blocks.ts';
import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import { isOpen } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Content } from '../../ports/chat.ts';
import { incidentWords } from '../words.ts';
import { messages } from './messages.ts';

/** What the live status offers beside its own buttons. */
export function closingButtons(incident: Incident, style: TimeStyle): readonly Button[] {
  if (!isOpen(incident)) return [];
  const { buttons } = messages[style.locale];
  const value = String(incident.id);
  return [
    button({ text: buttons.announce, actionId: ACTION.openAnnouncement, value }),
    button({ text: buttons.clear, actionId: ACTION.openAllClear, value, style: 'danger' }),
  ];
}

/** PagerDuty's box is ticked: whoever does not want it resolved takes the tick away. */
export function allClearModal(incident: Incident, channel: string, style: TimeStyle): View {
  const words = messages[style.locale];
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const { pager } = incident;
  const option =
    pager.kind === 'linked' ? { text: plain(words.resolveOption(pager.number)), value: 'resolve' } : undefined;
  return {
    type: 'modal',
    callback_id: CALLBACK.clearIncident,
    title: plain(words.modalTitle),
    submit: plain(words.submit),
    close: plain(words.close),
    private_metadata: JSON.stringify({ incidentId: incident.id, channel }),
    blocks: [
      section(words.question(escapeMrkdwn(clip(incident.title, 150)).replaceAll('*', '∗'))),
      ...(option
        ? [
            {
              type: 'input' as const,
              block_id: 'pager',
              optional: true,
              label: plain(words.resolveLabel),
              element: {
                type: 'checkboxes' as const,
                action_id: 'pager',
                options: [option],
                initial_options: [option],
              },
            },
          ]
        : []),
    ],
  };
}

export function clearedContent(
  incident: Incident,
  told: { readonly line: string; readonly by?: string; readonly recovery: boolean },
  style: TimeStyle,
): Content {
  const words = messages[style.locale];
  const by = told.by ? [words.clearedBy(`<@${told.by}>`)] : [];
  const recovery = button({
    text: words.buttons.recovery,
    actionId: ACTION.openRecovery,
    value: String(incident.id),
  });
  return {
    text: [told.line, ...by].join('\n'),
    blocks: [section(told.line), ...by.map((line) => context(line)), ...(told.recovery ? [actions([recovery])] : [])],
  };
}

export function askOwnerContent(incident: Incident, owner: string | undefined, style: TimeStyle): Content {
  const words = messages[style.locale];
  const drill = incident.drill ? incidentWords[style.locale].drill : '';
  if (owner) return { text: drill + words.owner(`<@${owner}>`) };
  const question = drill + words.askOwner;
  const take = button({ text: words.buttons.take, actionId: ACTION.takePostmortem, value: String(incident.id) });
  return { text: question, blocks: [section(question), actions([take])] };
}
