/** The people, channels and policies of a small Japanese company, the same in Slack and in PagerDuty. */

import type { SimulatedClock } from './clock.ts';
import type { PagerDutyWorld } from './pagerduty/pagerduty-world.ts';
import type { SlackWorld } from './slack/slack-world.ts';

export interface CastMember {
  readonly slackId: string;
  readonly pagerId: string;
  readonly name: string;
  /** For the English demo. */
  readonly nameEn: string;
  readonly handle: string;
  readonly email: string;
}

const member = (slackId: string, pagerId: string, name: string, nameEn: string): CastMember => {
  const handle = nameEn.split(' ')[1]?.toLowerCase() ?? nameEn;
  return { slackId, pagerId, name, nameEn, handle, email: `${handle}@corp.example` };
};

export const CAST = {
  sato: member('U0SATO01', 'PSATO01', '佐藤 花', 'Hana Sato'),
  tanaka: member('U0TANAKA', 'PTANAKA', '田中 健', 'Ken Tanaka'),
  suzuki: member('U0SUZUKI', 'PSUZUKI', '鈴木 葵', 'Aoi Suzuki'),
  manager: member('U0YAMADA', 'PYAMADA', '山田 誠', 'Makoto Yamada'),
  /** On the payments team. */
  ito: member('U0ITO001', 'PITO001', '伊藤 蓮', 'Ren Ito'),
  /** In Slack only: has no PagerDuty account. */
  guest: member('U0GUEST1', '', 'Alex Guest', 'Alex Guest'),
} as const;

export const CHANNELS = {
  engineers: 'C0ENGINEERS',
  alerts: 'C0ALERTS',
  alertsPay: 'C0ALERTSPAY',
  random: 'C0RANDOM',
} as const;

export const PAGER = {
  schedule: 'PSCHED1',
  policy: 'PPOLICY1',
  service: 'PSERVICE1',
  paySchedule: 'PSCHED2',
  payPolicy: 'PPOLICY2',
  payService: 'PSERVICE2',
} as const;

export const USER_GROUP = 'S0SRETEAM';

/** The teams of the cast, as a toban.yml names them. */
export function castTeams(payName = '決済'): string {
  return `
teams:
  sre:
    name: SRE
    schedule: ${PAGER.schedule}
    escalation_policy: ${PAGER.policy}
    service: ${PAGER.service}
    user_group: ${USER_GROUP}
    alert_channels: [{ channel: alerts }]
  pay:
    name: ${payName}
    escalation_policy: ${PAGER.payPolicy}
    service: ${PAGER.payService}
    alert_channels: [{ channel: alerts-pay }]
`;
}

/** 10:00 JST handovers, one day each, beginning so that Tanaka holds the pager on the day of `clock`. */
export function furnish(
  worlds: { clock: SimulatedClock; slack: SlackWorld; pagerduty: PagerDutyWorld },
  locale: 'ja' | 'en' = 'ja',
): void {
  const { clock, slack, pagerduty } = worlds;
  const everybody = Object.values(CAST);
  for (const person of everybody) {
    const { slackId: id, handle, email } = person;
    const name = locale === 'ja' ? person.name : person.nameEn;
    slack.addUser({ id, name: handle, realName: name, email });
    if (person.pagerId) pagerduty.addUser({ id: person.pagerId, name, email, timeZone: 'Asia/Tokyo' });
  }
  const members = everybody.map(({ slackId }) => slackId);
  slack.addChannel({ id: CHANNELS.engineers, name: 'engineers', members, botIsMember: true });
  slack.addChannel({ id: CHANNELS.alerts, name: 'alerts', members, botIsMember: true });
  slack.addChannel({ id: CHANNELS.alertsPay, name: 'alerts-pay', members, botIsMember: true });
  slack.addChannel({ id: CHANNELS.random, name: 'random', members, botIsMember: true });
  const { sato, tanaka, suzuki, manager, ito } = CAST;
  const team = [sato, tanaka, suzuki];
  slack.addUserGroup({ id: USER_GROUP, handle: 'sre', name: 'SRE', users: team.map(({ slackId }) => slackId) });
  const handoff = handoverBefore(clock.now());
  const day = 24 * 3600;
  pagerduty.addSchedule({
    id: PAGER.schedule,
    name: 'SRE 当番',
    timeZone: 'Asia/Tokyo',
    kind: 'layers',
    rotation: { users: [tanaka.pagerId, suzuki.pagerId, sato.pagerId], handoff, everySeconds: day },
  });
  pagerduty.addSchedule({
    id: PAGER.paySchedule,
    name: '決済 当番',
    timeZone: 'Asia/Tokyo',
    kind: 'layers',
    rotation: { users: [ito.pagerId, manager.pagerId], handoff, everySeconds: 7 * day },
  });
  pagerduty.addEscalationPolicy({
    id: PAGER.policy,
    name: 'SRE',
    levels: [
      { timeoutMinutes: 5, targets: [{ schedule: PAGER.schedule }] },
      { timeoutMinutes: 10, targets: [{ user: sato.pagerId }, { user: suzuki.pagerId }] },
      { timeoutMinutes: 15, targets: [{ user: manager.pagerId }] },
    ],
  });
  pagerduty.addEscalationPolicy({
    id: PAGER.payPolicy,
    name: locale === 'ja' ? '決済' : 'Payments',
    levels: [
      { timeoutMinutes: 5, targets: [{ schedule: PAGER.paySchedule }] },
      { timeoutMinutes: 15, targets: [{ user: manager.pagerId }] },
    ],
  });
  pagerduty.addService({ id: PAGER.service, name: 'api', escalationPolicy: PAGER.policy });
  pagerduty.addService({ id: PAGER.payService, name: 'payments', escalationPolicy: PAGER.payPolicy });
}

/** The last 10:00 in Tokyo (01:00 UTC) at or before `instant`. */
function handoverBefore(instant: number): number {
  const day = 24 * 3_600_000;
  const shift = 3_600_000;
  return Math.floor((instant - shift) / day) * day + shift;
}
