/** The form of an announcement and its preview. */

import type { KnownBlock, View } from '@slack/types';
import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { actions, button, context, section } from '../../blockkit/blocks.ts';
import { fieldsFor } from '../../domain/announcement.ts';
import type { AnnouncementDraft, AnnouncementFields, AnnouncementStage } from '../../domain/announcement.ts';
import { clockTime } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Content } from '../../ports/chat.ts';
import { announcementWords, messages } from './messages.ts';

export type AnnouncementForm =
  | { readonly kind: 'loading'; readonly stage: AnnouncementStage }
  | {
      readonly kind: 'ready';
      readonly stage: AnnouncementStage;
      readonly incidentId: number;
      readonly channel: string;
      readonly fields: AnnouncementFields;
      readonly nextUpdateAt?: number;
    };

/** Labels are the audience's, so that what is typed is what is read. */
export function announcementModal(form: AnnouncementForm, style: TimeStyle, audience: TimeStyle): View {
  const words = messages[style.locale];
  const labels = announcementWords[audience.locale];
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const view = {
    type: 'modal' as const,
    callback_id: CALLBACK.writeAnnouncement,
    title: plain(words.formTitle[form.stage]),
    close: plain(words.close),
  };
  if (form.kind === 'loading') return { ...view, blocks: [section(words.loading)] };
  const { stage, incidentId, channel, fields, nextUpdateAt } = form;
  const input = (id: string, label: string, value: string | undefined, more: object = {}): KnownBlock => ({
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label),
    element: {
      type: 'plain_text_input',
      action_id: id,
      max_length: 600,
      ...(value ? { initial_value: value.slice(0, 600) } : {}),
      ...more,
    },
  });
  const next = nextUpdateAt === undefined ? undefined : clockTime(nextUpdateAt, audience);
  return {
    ...view,
    submit: plain(words.submit),
    private_metadata: JSON.stringify({ incidentId, channel, stage }),
    blocks: [
      ...fieldsFor(stage).map((field) => input(field, labels.field[field], fields[field])),
      ...(stage === 'recovery'
        ? []
        : [input('next', labels.nextUpdate, next, { placeholder: plain(words.nextUpdateHint) })]),
    ],
  };
}

export interface Preview {
  readonly draft: AnnouncementDraft;
  /** As it will be read. */
  readonly text: string;
  /** `<#C…>`; absent where there is no channel to send it to. */
  readonly channel?: string;
  /** Ids of the user groups that it will mention. */
  readonly groups: readonly string[];
}

export function previewContent({ draft, text, channel, groups }: Preview, style: TimeStyle): Content {
  const words = messages[style.locale];
  const head = channel ? words.preview(channel) : words.noChannel;
  const value = draft.id;
  const buttons = [
    ...(channel
      ? [button({ text: words.buttons.send, actionId: ACTION.sendAnnouncement, value, style: 'primary' as const })]
      : []),
    button({ text: words.buttons.edit, actionId: ACTION.editAnnouncement, value }),
    button({ text: words.buttons.customer, actionId: ACTION.draftForCustomers, value }),
  ];
  return {
    text: `${head}\n${text}`,
    blocks: [
      section(head),
      section(text),
      ...(groups.length > 0 ? [context(words.groups(groups.map((group) => `<!subteam^${group}>`).join(' ')))] : []),
      actions(buttons),
    ],
  };
}
