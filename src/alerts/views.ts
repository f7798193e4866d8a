/** Turns an alert's state into its one message: who and what first, then the facts, then what can be done. */

import type { KnownBlock } from '@slack/types';
import { context, section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo } from '../blockkit/mrkdwn.ts';
import type { Alert, Mention, Person } from '../domain/alert.ts';
import { clockTime, span, stopwatch } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { Reply } from '../ports/care-store.ts';
import type { Content } from '../ports/chat.ts';
import { buttonRows, isOpen } from './buttons.ts';
import type { IncidentButtons } from './buttons.ts';
import { urgencyOf } from './coverage.ts';
import { mentionText } from './mention-text.ts';
import { messages } from './messages.ts';
import { MIRROR_WORDS } from './mirror/messages.ts';
import { replyLine } from './reminders/views.ts';
import { respondMessages } from './respond/messages.ts';
import type { AlertWords } from './messages.ts';

/** A mention that waited so long for Slack says so. */
const DELAYED_MS = 2 * 60_000;

export function wasDelayed(mentionedAt: number, sentAt: number): boolean {
  return sentAt - mentionedAt >= DELAYED_MS;
}

/** An alert found so long after it fired says that it is late. */
const LATE_MS = 60_000;
const MOST_LINKS = 3;

export interface AlertView {
  readonly alert: Alert;
  readonly incident: PagerIncident | undefined;
  /** When the message was first made, epoch ms: tells whether the alert was found late. */
  readonly mentionedAt: number;
  /** When Slack took the message, epoch ms; absent until it stands. */
  readonly sentAt?: number | undefined;
  readonly runbooks: boolean;
  /** The first words that somebody wrote in its thread. */
  readonly reply?: Reply | undefined;
  readonly incidentButtons?: IncidentButtons | undefined;
}

/** The message that calls the on-call, and that is edited as the alert goes on. */
export function alertContent(view: AlertView, style: TimeStyle): Content {
  const words = messages[style.locale];
  const head = headLine(view, style);
  const title = alertTitle(view.alert);
  const facts = factsLine(view, words);
  const called = view.alert.acknowledgedAt || view.alert.resolvedAt ? calledLine(view.alert.mention, words) : [];
  const late = lateLine(view, style);
  const blocks: KnownBlock[] = [
    section(head),
    section(title),
    context([facts, ...late, ...called].join(words.separator)),
  ];
  if (view.reply && !view.alert.acknowledgedAt && !view.alert.resolvedAt) {
    blocks.push(context(replyLine(view.reply, style)));
  }
  blocks.push(...buttonRows(view, words, respondMessages[style.locale]));
  return { text: clip([head, title, facts, ...late].join('\n'), 3000), blocks };
}

function headLine({ alert }: AlertView, style: TimeStyle): string {
  const words = messages[style.locale];
  if (alert.resolvedAt !== undefined) {
    return words.resolved(clockTime(alert.resolvedAt, style), span(alert.resolvedAt - alert.firedAt, style.locale));
  }
  if (alert.acknowledgedAt !== undefined) {
    const who = alert.acknowledgedBy ? personText(alert.acknowledgedBy) : words.someone;
    return words.acknowledged(who, stopwatch(alert.acknowledgedAt - alert.firedAt));
  }
  const call = callLine(alert.mention, words);
  return alert.reading.calledBy ? `${call}${words.separator}${words.byHand(`<@${alert.reading.calledBy}>`)}` : call;
}

function callLine(mention: Mention, words: AlertWords): string {
  if (mention.hush && mention.targets.length === 0) return words.lowUrgency;
  const passed = mention.passedOver.map(({ level, name }) => words.passedOver(level, escapeMrkdwn(name)));
  const call = mention.targets.length > 0 ? words.check(mentionText(mention.targets)) : words.checkNobody;
  const gap = mention.firstLevelEmpty ? [words.firstLevelEmpty] : [];
  return [call, ...gap, ...passed].join(words.separator);
}

export function personText(person: Person): string {
  return person.slackId ? `<@${person.slackId}>` : escapeMrkdwn(person.name);
}

/** The title as a link where the alert has one. */
function alertTitle(alert: Alert): string {
  const { title, links } = alert.reading;
  const link = links[0];
  const shown = unmarked(clip(title, 200));
  return link ? linkTo(link.url, shown) : escapeMrkdwn(shown);
}

/** Slack's bold breaks next to Japanese (J-07): a star in foreign text stays a star. */
function unmarked(text: string): string {
  return text.replaceAll('*', '∗');
}

function factsLine({ alert, incident }: AlertView, words: AlertWords): string {
  const { reading } = alert;
  const facts: string[] = [];
  const service = reading.service ?? incident?.serviceName;
  if (service) facts.push(words.service(escapeMrkdwn(unmarked(clip(service, 80)))));
  facts.push(words.urgency[urgencyOf(alert.reading, incident)]);
  if (incident?.priority) facts.push(words.priority(escapeMrkdwn(unmarked(clip(incident.priority, 40)))));
  if (incident) {
    const label = `PagerDuty #${incident.number}`;
    facts.push(words.incident(linkTo(incident.url, label), words.joined[alert.joinedBy ?? 'link']));
  }
  for (const link of reading.links.slice(1, 1 + MOST_LINKS))
    facts.push(linkTo(link.url, unmarked(clip(link.label, 40))));
  if (alert.resolvedAt !== undefined && isOpen(incident)) facts.push(words.stillOpen);
  if (alert.acknowledgedHereOnly && !incident) facts.push(words.acknowledgedHere);
  return facts.join(words.separator);
}

function calledLine(mention: Mention, words: AlertWords): string[] {
  return mention.targets.length > 0 ? [words.called(mentionText(mention.targets))] : [];
}

function lateLine({ alert, mentionedAt, sentAt }: AlertView, style: TimeStyle): string[] {
  if (mentionedAt - alert.firedAt < LATE_MS) {
    if (sentAt === undefined || !wasDelayed(mentionedAt, sentAt)) return [];
    return [messages[style.locale].delayed(span(sentAt - mentionedAt, style.locale))];
  }
  return [messages[style.locale].late(clockTime(alert.firedAt, style))];
}

/** What closes the thread: no mention (A-07). */
export function resolvedContent(alert: Alert, at: number, missed: boolean, style: TimeStyle): Content {
  const words = messages[style.locale];
  const after = span(at - alert.firedAt, style.locale);
  if (!missed) return { text: words.resolved(clockTime(at, style), after) };
  return { text: words.resolvedMissed(clockTime(alert.firedAt, style), clockTime(at, style), after) };
}

/** Told in the thread of an alert that called nobody so far. */
export function urgentContent(mention: Mention, style: TimeStyle): Content {
  const words = messages[style.locale];
  const { targets } = mention;
  return { text: targets.length > 0 ? words.urgent(mentionText(targets)) : words.checkNobody };
}

export function refiresContent(alert: Alert, style: TimeStyle): Content {
  return { text: messages[style.locale].refires(alert.refires, clockTime(alert.lastFiredAt, style)) };
}

export function twinContent(permalink: string, style: TimeStyle): Content {
  const words = messages[style.locale];
  return { text: words.twin(linkTo(permalink, words.twinLabel)) };
}

export interface Escalation {
  readonly mention: Mention;
  readonly from: number;
  readonly to: number;
  /** Milliseconds since it fired, unacknowledged. */
  readonly waited: number;
  /** Who pressed; absent where PagerDuty escalated by itself or somebody did it there. */
  readonly by?: Person;
  readonly reason?: string;
  /** PagerDuty did it by itself, because nobody acknowledged. */
  readonly automatic?: boolean;
}

export function escalationContent(escalation: Escalation, style: TimeStyle): Content {
  const words = messages[style.locale];
  const { mention, from, to, waited, by, reason, automatic } = escalation;
  const target = mention.targets.length > 0 ? mentionText(mention.targets) : words.nobodyInSlack;
  const tell = automatic ? MIRROR_WORDS[style.locale].automatic : words.escalated;
  const head = by
    ? words.escalatedBy(target, personText(by), from, to)
    : tell(target, from, to, span(waited, style.locale));
  const why = reason ? reasonText(reason, style) : '';
  const passed = mention.passedOver.map(({ level, name }) => words.passedOver(level, escapeMrkdwn(name)));
  return { text: [`${head}${why}`, ...passed].join(words.separator) };
}

export function reopenedContent(mention: Mention, style: TimeStyle): Content {
  const words = messages[style.locale];
  return { text: mention.targets.length > 0 ? words.reopened(mentionText(mention.targets)) : words.checkNobody };
}

export function reasonText(reason: string, style: TimeStyle): string {
  return messages[style.locale].reason(escapeMrkdwn(unmarked(clip(reason, 500))));
}
