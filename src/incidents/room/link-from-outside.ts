/** Tells those outside where the response goes on: in the alert's thread, and to the declarer alone. */

import { linkTo } from '../../blockkit/mrkdwn.ts';
import type { Incident } from '../../domain/incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { incidentWords } from '../words.ts';
import type { Notebook } from './notebook.ts';
import { incidentKey } from './keys.ts';
import { roomMessages } from './messages.ts';

/** A private incident leaves no trace where others read. */
export async function linkFromOutside(incident: Incident, notebook: Notebook, deps: IncidentDeps): Promise<void> {
  const { source, room } = incident;
  if (incident.private || room.kind !== 'channel' || !source) return;
  const words = roomMessages[deps.style.locale];
  const drill = incident.drill ? incidentWords[deps.style.locale].drill : '';
  const linked = incident.pager.kind === 'linked' && !incident.pager.created;
  const lines = [
    drill + words.backlink(`<#${room.channel}>`),
    ...(linked && incident.pager.kind === 'linked'
      ? [`${linkTo(incident.pager.url, `PagerDuty #${incident.pager.number}`)} ${words.linked(room.name)}`]
      : []),
  ];
  const key = incidentKey(incident.id, `link:${room.channel}`);
  const content = { text: lines.join('\n') };
  const threadTs = source.threadTs ?? source.ts;
  const draft = { key, channel: source.channel, threadTs, priority: PRIORITY.state, content };
  if ((await deps.outbox.post(draft)) === 'known') await deps.outbox.edit(key, content);
}
