/** Fills Toban's database with alerts of the past year, all over and answered, as a bot that long in use has them. */

import type { Insertable } from 'kysely';
import type { AlertReading, Mention } from '../src/domain/alert.ts';
import type { PagerIncident } from '../src/domain/pager-incident.ts';
import { PRIORITY } from '../src/ports/chat.ts';
import { CAST, PAGER } from '../src/simulator/cast.ts';
import { openDatabase } from '../src/store/database.ts';
import type { Tables } from '../src/store/tables.ts';
import { CHANNELS } from './worlds.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
/** SQLite takes 32,766 values in one statement; an alert's row has 19. */
const AT_ONCE = 1_000;
/** That many alarms fire again and again through the year. */
const ALARMS = 400;

interface Batch {
  readonly alerts: Insertable<Tables['alert']>[];
  readonly posts: Insertable<Tables['alert_post']>[];
  readonly outbox: Insertable<Tables['outbox']>[];
  readonly incidents: Insertable<Tables['pager_incident']>[];
  readonly feedback: Insertable<Tables['runbook_feedback']>[];
}

/** Writes `count` alerts that ended before `now` (epoch ms) into the database at a `file:` address, in one transaction. */
export async function writePastAlerts(url: string, count: number, now: number): Promise<void> {
  const database = await openDatabase(url);
  try {
    await database.transaction().execute(async (trx) => {
      for (let from = 0; from < count; from += AT_ONCE) {
        const batch: Batch = { alerts: [], posts: [], outbox: [], incidents: [], feedback: [] };
        for (let index = from; index < Math.min(count, from + AT_ONCE); index++) {
          // The last one ended a day ago.
          addAlert(batch, index, Math.floor(now - YEAR_MS + (index / count) * (YEAR_MS - 25 * 3_600_000)));
        }
        await trx.insertInto('alert').values(batch.alerts).execute();
        await trx.insertInto('alert_post').values(batch.posts).execute();
        await trx.insertInto('outbox').values(batch.outbox).execute();
        if (batch.incidents.length > 0) await trx.insertInto('pager_incident').values(batch.incidents).execute();
        if (batch.feedback.length > 0) await trx.insertInto('runbook_feedback').values(batch.feedback).execute();
      }
    });
  } finally {
    await database.destroy();
  }
}

function addAlert(batch: Batch, index: number, firedAt: number): void {
  const channel = CHANNELS[index % CHANNELS.length]?.id ?? '';
  const ts = tsOf(firedAt, index);
  const id = `${channel}:${ts}`;
  const reading = readingOf(index);
  const resolvedAt = firedAt + 300_000 + (index % 50) * 60_000;
  // Three of five had an incident in PagerDuty.
  const incident = index % 5 < 3 ? incidentOf(index, reading, firedAt, resolvedAt) : undefined;
  const people = [CAST.sato, CAST.tanaka, CAST.suzuki];
  const person = people[index % people.length] ?? CAST.sato;
  const mention: Mention = {
    targets: [{ kind: 'person', slackId: person.slackId, name: person.name }],
    level: 1,
    passedOver: [],
  };
  batch.alerts.push({
    id,
    team: 'sre',
    channel,
    ts,
    reading: JSON.stringify(reading),
    fingerprint: reading.fingerprint,
    fired_at: firedAt,
    refires: index % 4,
    last_fired_at: firedAt + (index % 4) * 60_000,
    incident_id: incident?.id ?? null,
    joined_by: incident ? 'title' : null,
    acknowledged_at: firedAt + 90_000,
    acknowledged_by: JSON.stringify({ slackId: person.slackId, name: person.name }),
    acknowledged_here_only: incident ? 0 : 1,
    resolved_at: resolvedAt,
    level: 1,
    mention: JSON.stringify(mention),
    mentioned_at: firedAt + 20,
    callees: 'U0TANAKA',
    severity: 2,
    storm_id: null,
    suggested: 1,
  });
  batch.posts.push({ channel, ts, alert_id: id, role: 'fire' });
  batch.posts.push({ channel, ts: tsOf(resolvedAt, index), alert_id: id, role: 'recovery' });
  batch.outbox.push(sentRow(`alert:${id}`, channel, ts, PRIORITY.mention, 3, mentionText(reading, person.slackId)));
  batch.outbox.push(sentRow(`runbook:${id}`, channel, ts, PRIORITY.companion, 1, runbookText(reading)));
  if (incident) {
    batch.incidents.push({
      id: incident.id,
      status: incident.status,
      changed_at: incident.changedAt,
      snapshot: JSON.stringify(incident),
    });
  }
  if (index % 10 === 0) {
    batch.feedback.push({
      alert_id: id,
      runbook: 'aurora-cpu-aas.md',
      user_id: person.slackId,
      verdict: index % 30 === 0 ? 'wrong' : 'useful',
      at: resolvedAt,
    });
  }
}

function readingOf(index: number): AlertReading {
  const alarm = `prod-service-${index % ALARMS}-CPUUtilization`;
  const url = `https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#alarmsV2:alarm/${alarm}`;
  return {
    tool: 'cloudwatch',
    state: 'firing',
    title: alarm,
    severity: 'unknown',
    service: `service-${index % ALARMS}`,
    links: [{ url, label: 'see the alarm' }],
    runbookRefs: [],
    pagerRefs: [],
    dedupKeys: [alarm],
    fingerprint: `cloudwatch:${alarm}`,
    text: `The alarm ${alarm} changed state to ALARM: Threshold Crossed: 1 datapoint [97.1] was greater than the threshold (90.0).\nsee the alarm`,
  };
}

function incidentOf(index: number, reading: AlertReading, createdAt: number, changedAt: number): PagerIncident {
  const id = `Q${index.toString(36).toUpperCase().padStart(13, '0')}`;
  const responder = { id: CAST.sato.pagerId, name: CAST.sato.name, email: CAST.sato.email };
  return {
    id,
    number: 1_000 + index,
    title: reading.title,
    status: 'resolved',
    urgency: 'high',
    url: `https://corp.pagerduty.com/incidents/${id}`,
    serviceId: PAGER.service,
    serviceName: 'api',
    escalationPolicyId: PAGER.policy,
    dedupKey: `arn:${reading.title}:${index}`,
    assignees: [],
    acknowledgers: [responder],
    lastChangedBy: responder,
    createdAt,
    changedAt,
  };
}

function sentRow(
  key: string,
  channel: string,
  threadTs: string,
  priority: number,
  versions: number,
  text: string,
): Insertable<Tables['outbox']> {
  const block = { type: 'section', text: { type: 'mrkdwn', text } };
  return {
    key,
    channel,
    broadcast: 0,
    thread_ts: threadTs,
    priority,
    content: JSON.stringify({ text, blocks: [block, block] }),
    version: versions,
    sent_version: versions,
    state: 'sent',
    ts: `${Number(threadTs) + 1}00000`.slice(0, 17),
    owner: null,
    lease_until: 0,
    not_before: 0,
    attempts: 1,
    error: null,
    created_at: Math.floor(Number(threadTs) * 1_000),
  };
}

function mentionText(reading: AlertReading, slackId: string): string {
  return `解決済み 02:31（対応 12分） ・ <${reading.links[0]?.url ?? ''}|${reading.title}>\n緊急度: 高 ・ 呼び出し: <@${slackId}>`;
}

function runbookText({ title }: AlertReading): string {
  return `${title} のランブック: Aurora CPU / AAS\n1. Performance Insights で待機イベントを確認する\n2. 直近のデプロイを確認する\n3. 遅いクエリを特定する`;
}

/** Seconds with six places, as Slack writes them; `index` keeps two of one instant apart. */
function tsOf(instant: number, index: number): string {
  return `${Math.floor(instant / 1_000)}.${String(index % 1_000_000).padStart(6, '0')}`;
}
