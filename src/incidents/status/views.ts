/** Turns an incident into its live status: the pinned message, the topic, the canvas. */

import type { Button, KnownBlock } from '@slack/types';
import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, confirm, context, section } from '../../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo } from '../../blockkit/mrkdwn.ts';
import { isOpen } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { localDay } from '../../domain/local-day.ts';
import { clockTime, dateTime, span } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Content } from '../../ports/chat.ts';
import { incidentWords } from '../words.ts';
import { statusMessages } from './messages.ts';

const MOST_TASKS = 15;

/** The title as people typed it, made safe, with the mark of a drill (I-17). A star stays a star (J-07). */
export function shownTitle(incident: Pick<Incident, 'title' | 'drill'>, style: TimeStyle): string {
  const drill = incident.drill ? incidentWords[style.locale].drill : '';
  return `${drill}${escapeMrkdwn(clip(incident.title, 200)).replaceAll('*', '∗').replace(/\s+/g, ' ')}`;
}

export function stateText(incident: Pick<Incident, 'state' | 'mitigation'>, style: TimeStyle): string {
  const words = incidentWords[style.locale];
  const state = words.state[incident.state];
  if (incident.state !== 'mitigating' || !incident.mitigation) return state;
  return statusMessages[style.locale].withMitigation(state, words.mitigation[incident.mitigation]);
}

/** What is true now, a fact a line; `link` and `person` say how the place shows them. */
function statusLines(
  incident: Incident,
  style: TimeStyle,
  show: { link: (url: string, label: string) => string; person: (id: string) => string },
): readonly string[] {
  const words = statusMessages[style.locale];
  const shared = incidentWords[style.locale];
  const { roles, impact, impactText, pager, nextUpdateAt } = incident;
  const commander = roles.commander ? show.person(roles.commander) : shared.open;
  const others = (['deputy', 'scribe', 'liaison'] as const).flatMap((role) => {
    const who = roles[role];
    return who ? [words.role(shared.role[role], show.person(who))] : [];
  });
  const scope = impactText ? `${shared.impact[impact]}${shared.separator}${safe(impactText)}` : shared.impact[impact];
  return [
    words.state(stateText(incident, style)),
    [words.role(shared.role.commander, commander), ...others].join(shared.separator),
    words.impact(scope),
    ...(pager.kind === 'linked' ? [words.pager(show.link(pager.url, `#${pager.number}`))] : []),
    ...(pager.kind === 'wanted' ? [words.pagerAsking] : []),
    ...(pager.kind === 'refused' ? [words.pagerRefused] : []),
    ...taskLines(incident, style, show.person),
    ...(nextUpdateAt !== undefined && isOpen(incident) ? [words.nextUpdate(clockTime(nextUpdateAt, style))] : []),
  ];
}

export function taskLines(incident: Incident, style: TimeStyle, person: (id: string) => string): readonly string[] {
  const words = statusMessages[style.locale];
  const running = incident.tasks.filter(({ doneAt }) => doneAt === undefined);
  if (running.length === 0) return [words.noTasks];
  const shown = running
    .slice(0, MOST_TASKS)
    .map(({ who, text, startedAt }) => words.task(person(who), safe(clip(text, 100)), clockTime(startedAt, style)));
  const more = running.length - shown.length;
  return [words.tasks, ...shown, ...(more > 0 ? [words.moreTasks(more)] : [])];
}

export function mention(id: string): string {
  return `<@${id}>`;
}

function safe(text: string): string {
  return escapeMrkdwn(text).replaceAll('*', '∗').replace(/\s+/g, ' ');
}

function timesLine(incident: Incident, style: TimeStyle): string {
  const words = statusMessages[style.locale];
  const { declaredAt, clearedAt } = incident;
  if (clearedAt === undefined) return words.since(dateTime(declaredAt, style));
  const lasted = span(clearedAt - declaredAt, style.locale);
  const sameDay = localDay(declaredAt, style.timezone) === localDay(clearedAt, style.timezone);
  const over = sameDay ? clockTime(clearedAt, style) : dateTime(clearedAt, style);
  return words.lasted(dateTime(declaredAt, style), over, lasted);
}

function headLine(incident: Incident, style: TimeStyle): string {
  const words = statusMessages[style.locale];
  const head = isOpen(incident) ? words.head : words.headOver;
  return head(shownTitle(incident, style), incident.severity);
}

/** The pinned message (L-01). */
export function statusContent(incident: Incident, more: readonly Button[], style: TimeStyle): Content {
  const head = headLine(incident, style);
  const lines = statusLines(incident, style, { link: linkTo, person: mention });
  const times = timesLine(incident, style);
  const blocks: KnownBlock[] = [section(head), section(lines.join('\n')), context(times)];
  const buttons = [...(isOpen(incident) ? buttonsOf(incident, style) : []), ...more];
  if (buttons.length > 0) blocks.push(actions(buttons));
  return { text: clip([head, ...lines, times].join('\n'), 3000), blocks };
}

function buttonsOf(incident: Incident, style: TimeStyle): readonly Button[] {
  const words = statusMessages[style.locale];
  const value = String(incident.id);
  const { buttons } = words;
  return [
    ...(incident.roles.commander
      ? []
      : [button({ text: buttons.command, actionId: ACTION.takeCommand, value, style: 'primary' as const })]),
    button({ text: buttons.start, actionId: ACTION.startTask, value }),
    button({ text: buttons.update, actionId: ACTION.updateIncident, value }),
    button({ text: buttons.role, actionId: ACTION.giveRole, value }),
    ...(incident.pager.kind === 'refused'
      ? [button({ text: buttons.page, actionId: ACTION.pageIncident, value, confirm: confirm(words.pageConfirm) })]
      : []),
  ];
}

/** SEV, title, who leads, state (I-04). */
export function topicOf(incident: Incident, style: TimeStyle): string {
  const words = statusMessages[style.locale];
  const shared = incidentWords[style.locale];
  const { commander } = incident.roles;
  return [
    incident.severity,
    clip(shownTitle(incident, style), 120),
    words.role(shared.role.commander, commander ? mention(commander) : shared.open),
    words.state(stateText(incident, style)),
  ].join(shared.separator);
}

/** The same content for the canvas, which knows Markdown and no buttons. */
export function statusMarkdown(incident: Incident, style: TimeStyle): string {
  const show = { link: (url: string, label: string) => `[${label}](${url})`, person: (id: string) => `![](@${id})` };
  const letters = inMarkdown(incident);
  const lines = statusLines(letters, style, show).map((line) =>
    line.startsWith('• ') ? line.replace('• ', '* ') : line,
  );
  return [`## ${headLine(letters, style)}`, ...lines, timesLine(incident, style)]
    .join('\n\n')
    .replaceAll('\n\n* ', '\n* ');
}

/** What people typed starts no link and no mention in the canvas. */
function inMarkdown(incident: Incident): Incident {
  const safeText = (text: string) => text.replace(/[\\`[\]]/g, '\\$&');
  const { title, impactText, tasks } = incident;
  return {
    ...incident,
    title: safeText(title),
    ...(impactText ? { impactText: safeText(impactText) } : {}),
    tasks: tasks.map((task) => ({ ...task, text: safeText(task.text) })),
  };
}
