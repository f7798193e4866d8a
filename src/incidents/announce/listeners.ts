/** Joins Slack to announcements: the form, the preview, the sending, and the draft for customers. */

import { randomUUID } from 'node:crypto';
import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { section } from '../../blockkit/blocks.ts';
import { clip } from '../../blockkit/mrkdwn.ts';
import { fieldsFor } from '../../domain/announcement.ts';
import type { AnnouncementDraft, AnnouncementStage } from '../../domain/announcement.ts';
import { placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { readTime } from '../../domain/read-time.ts';
import type { ChatListeners, Press, Submission } from '../../ports/chat.ts';
import { incidentAt } from '../timeline/find-incident.ts';
import { announcementText, customerText } from './announcement-text.ts';
import type { AnnounceDeps } from './deps.ts';
import { announcementWords, messages } from './messages.ts';
import { proposeAnnouncement } from './propose.ts';
import { groupsFor, sendAnnouncement } from './send.ts';
import { toldSoFar } from './told.ts';
import { announcementModal, previewContent } from './views.ts';

const WORDS = ['announce', '告知'] as const;
const RECOVERY = new Set(['recovery', 'recovered', '復旧', '復旧報', '最終報']);

export function registerAnnouncements(listeners: ChatListeners, deps: AnnounceDeps): void {
  const { style, audience } = deps;
  const words = messages[style.locale];

  const open = async (
    asked: { readonly triggerId: string; readonly channel: string },
    incident: Incident,
    wanted?: AnnouncementStage,
    draft?: AnnouncementDraft,
  ): Promise<void> => {
    const stage = draft?.stage ?? wanted ?? toldSoFar(await deps.store.events(incident.id)).stage;
    // The trigger lives for 3 s: the form is opened first and filled after.
    const viewId = await deps.chat.openModal(
      asked.triggerId,
      announcementModal({ kind: 'loading', stage }, style, audience),
    );
    const proposal = draft ?? (await proposeAnnouncement(incident, stage, deps));
    const form = { ...proposal, kind: 'ready' as const, incidentId: incident.id, channel: asked.channel };
    await deps.chat.updateModal(viewId, announcementModal(form, style, audience));
  };

  listeners.onCommand(
    WORDS,
    async ({ channel, triggerId, rest }) => {
      const incident = await incidentAt({ channel }, deps);
      if (!incident) return { text: words.noRoom };
      await open({ triggerId, channel }, incident, RECOVERY.has(rest.trim().toLowerCase()) ? 'recovery' : undefined);
      return { text: words.opened };
    },
    { ja: messages.ja.help, en: messages.en.help },
  );

  const openFor = async (press: Press, wanted?: AnnouncementStage): Promise<void> => {
    const incident = await deps.store.byId(Number(press.value));
    if (incident) await open(press, incident, wanted);
  };
  listeners.onPress(ACTION.openAnnouncement, (press) => openFor(press));
  listeners.onPress(ACTION.openRecovery, (press) => openFor(press, 'recovery'));

  listeners.onSubmit(
    CALLBACK.writeAnnouncement,
    (submission) => preview(submission, deps),
    ({ values }) => {
      const typed = values['next']?.trim() ?? '';
      return typed === '' || readNext(typed, deps) !== undefined ? undefined : { next: words.badTime };
    },
  );

  /** The draft of a preview's button, with its incident. */
  const withDraft = async (
    press: Press,
    act: (draft: AnnouncementDraft, incident: Incident) => Promise<void>,
  ): Promise<void> => {
    const draft = await deps.announcements.byId(press.value);
    const incident = draft && (await deps.store.byId(draft.incidentId));
    if (draft && incident) await act(draft, incident);
    else await deps.chat.whisper(press, { text: words.gone });
  };

  listeners.onPress(ACTION.sendAnnouncement, (press) =>
    withDraft(press, async (draft, incident) => {
      const sent = await sendAnnouncement(draft, incident, press.userId, deps);
      const text =
        sent.kind === 'sent'
          ? words.sent(`<#${sent.channel}>`)
          : sent.kind === 'already'
            ? words.already
            : words.noChannel;
      await deps.chat.whisper(press, { text });
    }),
  );
  listeners.onPress(ACTION.editAnnouncement, (press) =>
    withDraft(press, (draft, incident) => open(press, incident, undefined, draft)),
  );
  listeners.onPress(ACTION.draftForCustomers, (press) =>
    withDraft(press, async (draft, incident) => {
      const text = clip(customerText(draft, incident, deps.clock.now(), audience), 2900);
      const { note } = announcementWords[audience.locale].customer;
      await deps.chat.whisper(press, { text: `${note}\n${text}`, blocks: [section(note), section(text)] });
    }),
  );
}

async function preview({ values, privateMetadata, userId }: Submission, deps: AnnounceDeps): Promise<void> {
  const { clock, store, style, audience, chat } = deps;
  const meta = JSON.parse(privateMetadata) as { incidentId: number; channel: string; stage: AnnouncementStage };
  const incident = await store.byId(meta.incidentId);
  if (!incident) return;
  const { stage } = meta;
  const next = values['next']?.trim() ?? '';
  const nextUpdateAt = stage === 'recovery' || next === '' ? undefined : readNext(next, deps);
  const draft: AnnouncementDraft = {
    id: randomUUID(),
    incidentId: incident.id,
    stage,
    fields: Object.fromEntries(fieldsFor(stage).flatMap((field) => (values[field] ? [[field, values[field]]] : []))),
    ...(nextUpdateAt === undefined ? {} : { nextUpdateAt }),
    by: userId,
    createdAt: clock.now(),
  };
  await deps.announcements.keep(draft);
  const told = toldSoFar(await store.events(incident.id));
  const channel = await deps.announceChannel();
  const text = announcementText(draft, incident, told.next, clock.now(), audience);
  const groups = groupsFor(incident, stage, told, deps);
  const content = previewContent({ draft, text, groups, ...(channel ? { channel: `<#${channel}>` } : {}) }, style);
  const threadTs = placeOf(incident)?.threadTs;
  await chat.whisper({ userId, channel: meta.channel, ...(threadTs ? { threadTs } : {}) }, content);
}

/** A coming time; without a day the next such time. */
function readNext(typed: string, { clock, style }: AnnounceDeps): number | undefined {
  return readTime(typed, clock.now(), style.timezone, { notBefore: clock.now() });
}
