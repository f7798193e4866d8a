/** Judges whether everybody whose shift comes can be mentioned (H-12). */

import { dateTime } from '../domain/local-time.ts';
import type { Facts, PersonSeen } from './facts.ts';
import { fault, fine } from './finding.ts';
import type { Finding } from './finding.ts';
import { peopleMessages } from './people-messages.ts';
import type { Setup } from './setup.ts';

export function judgePeople(setup: Setup, { people, pager }: Facts): readonly Finding[] {
  return [...judgeComing(setup, people), ...judgeAddresses(setup, pager.people)];
}

function judgeComing(setup: Setup, people: Facts['people']): readonly Finding[] {
  if (!people || people.length === 0) return [];
  const words = peopleMessages[setup.style.locale];
  const findings = people.flatMap((person) => judgePerson(setup, person));
  const unasked = people.filter(({ linked }) => linked === 'unasked').length;
  if (unasked > 0) findings.push(fault('people.linked', 'unknown', words.unasked(unasked)));
  return findings.length > 0 ? findings : [fine('people.linked', words.peopleFine(people.length))];
}

function judgePerson({ people, style }: Setup, { responder, from, linked }: PersonSeen): Finding[] {
  const words = peopleMessages[style.locale];
  const { name, email } = responder;
  if (linked === 'gone') {
    return [fault('people.linked', 'warning', words.linkGone(name, people[email ?? ''] ?? ''))];
  }
  if (linked !== 'no') return [];
  const when = dateTime(from, style);
  return [fault('people.linked', 'warning', email ? words.unlinked(name, email, when) : words.noEmail(name, when))];
}

/** E-mails of the settings that PagerDuty does not know. */
function judgeAddresses(setup: Setup, people: Facts['pager']['people']): readonly Finding[] {
  if (people?.kind !== 'answered') return [];
  const words = peopleMessages[setup.style.locale];
  const known = new Set(people.value.flatMap(({ email }) => email?.toLowerCase() ?? []));
  const strays = Object.keys(setup.people).filter((email) => !known.has(email));
  const { pagerFrom } = setup;
  return [
    ...strays.map((email) => fault('pagerduty.people', 'warning', words.strayPerson(email))),
    ...(pagerFrom && !known.has(pagerFrom.toLowerCase())
      ? [fault('settings.PAGERDUTY_FROM', 'warning', words.fromUnknown(pagerFrom))]
      : []),
  ];
}
