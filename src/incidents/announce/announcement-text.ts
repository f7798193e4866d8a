/** The text of an announcement and of a customer draft, in the audience's language; empty fields are being checked (N-01, N-03, N-05). */

import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import { fieldsFor } from '../../domain/announcement.ts';
import type { AnnouncementDraft } from '../../domain/announcement.ts';
import type { Incident } from '../../domain/incident.ts';
import { localDay } from '../../domain/local-day.ts';
import { clockTime, dateTime } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import { letters } from '../timeline/say.ts';
import { incidentWords } from '../words.ts';
import { announcementWords } from './messages.ts';

export type Written = Pick<AnnouncementDraft, 'stage' | 'fields' | 'nextUpdateAt'>;

/** `now` decides whether the next update needs its day. */
export function announcementText(
  written: Written,
  incident: Incident,
  number: number,
  now: number,
  audience: TimeStyle,
): string {
  const words = announcementWords[audience.locale];
  const { stage, fields, nextUpdateAt } = written;
  const drill = incident.drill ? incidentWords[audience.locale].drill : '';
  const head = words.head[stage](incident.severity, letters(incident.title), number);
  const lines = fieldsFor(stage).map((field) => words.line(words.field[field], said(fields[field], words.checking)));
  const next = nextUpdateAt === undefined ? words.checking : timeOf(nextUpdateAt, now, audience);
  const after = stage === 'recovery' ? [] : [words.line(words.nextUpdate, next)];
  return [`${drill}${head}`, ...lines, ...after].join('\n');
}

/** Polite, for people outside; never sent by Toban. */
export function customerText(written: Written, incident: Incident, now: number, audience: TimeStyle): string {
  const { customer } = announcementWords[audience.locale];
  const { stage, fields, nextUpdateAt } = written;
  const of = (field: 'occurred' | 'scope' | 'happening' | 'recovered') =>
    customer[field](said(fields[field], customer.checking));
  return [
    customer[stage](letters(incident.title)),
    '',
    of('occurred'),
    ...(stage === 'recovery' ? [of('recovered')] : []),
    of('scope'),
    of('happening'),
    ...(stage !== 'recovery' && nextUpdateAt !== undefined
      ? ['', customer.next(timeOf(nextUpdateAt, now, audience))]
      : []),
  ].join('\n');
}

export function timeOf(instant: number, now: number, style: TimeStyle): string {
  const today = localDay(instant, style.timezone) === localDay(now, style.timezone);
  return today ? clockTime(instant, style) : dateTime(instant, style);
}

function said(value: string | undefined, checking: string): string {
  const text = value?.trim() ?? '';
  return text === '' ? checking : escapeMrkdwn(clip(text, 600)).replaceAll('*', '∗');
}
