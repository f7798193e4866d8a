/** Sends a previewed announcement, once however often the button is pressed: the first as a post, the others in its thread (N-01, N-02, N-04). */

import type { AnnouncementDraft } from '../../domain/announcement.ts';
import type { Incident } from '../../domain/incident.ts';
import { wait } from '../../ports/clock.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Draft } from '../../ports/chat.ts';
import { record } from '../record.ts';
import { announcementText } from './announcement-text.ts';
import { cancelPromise, promise } from './chase.ts';
import type { AnnounceDeps } from './deps.ts';
import { toldSoFar } from './told.ts';
import type { Told } from './told.ts';

export type Sent =
  { readonly kind: 'sent'; readonly channel: string } | { readonly kind: 'already' } | { readonly kind: 'no_channel' };

export async function sendAnnouncement(
  written: AnnouncementDraft,
  incident: Incident,
  by: string,
  deps: AnnounceDeps,
): Promise<Sent> {
  const channel = await deps.announceChannel();
  if (channel === undefined) return { kind: 'no_channel' };
  return deps.inTurn(async () => {
    const told = toldSoFar(await deps.store.events(incident.id));
    const { stage, fields, nextUpdateAt } = written;
    const groups = groupsFor(incident, stage, told, deps);
    const key = `announcement:${incident.id}:${written.id}`;
    const draft: Draft = {
      key,
      priority: PRIORITY.state,
      ...(await placeOf(told, channel, deps)),
      content: {
        text: withGroups(announcementText(written, incident, told.next, deps.clock.now(), deps.audience), groups),
      },
    };
    const appended = await record(
      incident,
      {
        kind: 'announced',
        number: told.next,
        stage,
        fields: { ...fields },
        ...(nextUpdateAt === undefined ? {} : { nextUpdateAt }),
        ...(groups.length > 0 ? { groups } : {}),
      },
      deps,
      { by, key, drafts: [draft] },
    );
    if (appended.kind === 'unchanged') return { kind: 'already' };
    await (nextUpdateAt === undefined ? cancelPromise(incident, deps) : promise(incident, nextUpdateAt, deps));
    return { kind: 'sent', channel };
  });
}

/** Those of the severity that were not told yet; all of them when it is over. A drill calls nobody. */
export function groupsFor(
  incident: Incident,
  stage: AnnouncementDraft['stage'],
  told: Told,
  deps: Pick<AnnounceDeps, 'stakeholders'>,
): readonly string[] {
  if (incident.drill) return [];
  const groups = deps.stakeholders[incident.severity] ?? [];
  return groups.filter((group) => stage === 'recovery' || !told.groups.has(group));
}

/** The mention first, so that it shows in the notification. */
export function withGroups(text: string, groups: readonly string[]): string {
  return groups.length === 0 ? text : `${groups.map((group) => `<!subteam^${group}>`).join(' ')}\n${text}`;
}

/** The thread of the first report; where that has not left yet, its turn is waited for. */
async function placeOf(
  { firstKey }: Told,
  channel: string,
  deps: AnnounceDeps,
): Promise<Pick<Draft, 'channel' | 'threadTs' | 'broadcast'>> {
  if (firstKey === undefined) return { channel };
  for (let tries = 0; tries < 10; tries++) {
    const place = await deps.outbox.sentPlace(firstKey);
    if (place) return { channel: place.channel, threadTs: place.ts, broadcast: true };
    await wait(deps.clock, 500);
  }
  return { channel };
}
