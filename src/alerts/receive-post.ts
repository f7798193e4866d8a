/** Decides what a channel message is, and makes an alert reach its on-call once. */

import type { Alert, AlertReading, JoinReason } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { ChatPost } from '../ports/chat.ts';
import { PRIORITY } from '../ports/chat.ts';
import { buildAlert, mentionDraft } from './build-alert.ts';
import type { Joined } from './build-alert.ts';
import type { AlertDeps } from './deps.ts';
import { threadOf } from './deps.ts';
import { followIncident } from './follow-incident.ts';
import { JOIN_WINDOW_MS, joinReason, twinReason } from './join.ts';
import { recogniseAlert } from './recognise/recognise-alert.ts';
import { planMoon } from './moon.ts';
import { planAfterMention } from './reminders/remind.ts';
import { resolveAlert } from './resolve-alert.ts';
import { callGraver } from './call-graver.ts';
import { admit } from './storm/admit.ts';
import { showAlert } from './show-alert.ts';
import { refiresContent, twinContent } from './views.ts';
import { counts, featuresIn } from './watch.ts';
import type { WatchedChannel } from './watch.ts';

/**
 * A message of the same alert within so long of its mention, or of its acknowledgement, is a re-fire; after that it is
 * news again unless its incident is still open: some tools never tell a recovery.
 */
const REFIRE_WINDOW_MS = 3_600_000;
/** Whatever takes longer from Slack to here was found in the history, or waited. */
const LATE_MS = 2_000;
/** Through another door a recovery ends an alert of so long ago at the most. */
const RECOVERY_WITHIN_MS = 24 * 3_600_000;
/** What is found in the history later than this calls nobody: after days without the bot it would be a flood. */
const NEWS_FOR_MS = 24 * 3_600_000;

export type Received =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'known' }
  | {
      readonly kind: 'mentioned' | 'missed-and-over' | 'too-old' | 'refired' | 'twin' | 'recovered';
      readonly alertId: string;
    };

export interface Found {
  /** True for a message read from the history that may have been answered before a stop. */
  readonly mayBeAnswered: boolean;
  /** When the same batch of history already tells the recovery, epoch ms. */
  readonly recoveredAt?: number;
}

export async function receivePost(post: ChatPost, deps: AlertDeps, found?: Found): Promise<Received> {
  const watched = deps.watch.channel(post.channel);
  if (!watched || !counts(post.author, watched)) return { kind: 'ignored' };
  const reading = recogniseAlert(post);
  if (!reading) return { kind: 'ignored' };
  if (post.edited) return receiveEdit(post, reading, deps);
  if (await deps.store.postRole(post)) return { kind: 'known' };
  if (reading.state === 'resolved') return receiveRecovery(post, reading, watched, deps);
  if (reading.state === 'acknowledged') return { kind: 'ignored' };
  return receiveFiring(post, reading, watched, deps, found);
}

/** A tool that rewrites its own message tells a recovery that way; nothing else in an edit counts. */
async function receiveEdit(post: ChatPost, reading: AlertReading, deps: AlertDeps): Promise<Received> {
  if (reading.state !== 'resolved') return { kind: 'ignored' };
  const alert = await deps.store.byPost(post);
  if (!alert || alert.resolvedAt !== undefined) return { kind: 'ignored' };
  await resolveAlert(alert, deps.clock.now(), deps);
  return { kind: 'recovered', alertId: alert.id };
}

async function receiveRecovery(
  post: ChatPost,
  reading: AlertReading,
  watched: WatchedChannel,
  deps: AlertDeps,
): Promise<Received> {
  const alert = await openAlertOf(post, reading, watched, deps);
  if (!alert) return { kind: 'ignored' };
  // Known only when it is done: a process that dies in between meets the message again.
  await resolveAlert(alert, instantOf(post), deps);
  await deps.store.addPost(alert.id, post, 'recovery');
  return { kind: 'recovered', alertId: alert.id };
}

async function openAlertOf(
  post: ChatPost,
  reading: AlertReading,
  watched: WatchedChannel,
  deps: AlertDeps,
): Promise<Alert | undefined> {
  const at = instantOf(post);
  // The history brings older messages again, and events come in any order: a recovery ends nothing that fired after it.
  const before = (alert: Alert) => alert.lastFiredAt <= at;
  const same = await deps.store.openByFingerprint(post.channel, reading.fingerprint);
  if (same) return before(same) ? same : undefined;
  for (const ref of reading.pagerRefs) {
    const open = (await deps.store.byIncident(ref)).find((alert) => alert.resolvedAt === undefined && before(alert));
    if (open) return open;
  }
  // The alert may have been first seen through another door, whose fingerprint differs.
  const recent = await deps.store.open(watched.team.key, at - RECOVERY_WITHIN_MS);
  return recent.filter(before).find((alert) => {
    // One tool gives one key to many alerts, such as the hosts of one monitor: there the fingerprint alone counts.
    if (alert.reading.tool === reading.tool) return false;
    const keys = new Set(alert.reading.dedupKeys);
    return reading.dedupKeys.some((key) => keys.has(key));
  });
}

async function receiveFiring(
  post: ChatPost,
  reading: AlertReading,
  watched: WatchedChannel,
  deps: AlertDeps,
  found: Found | undefined,
): Promise<Received> {
  const at = instantOf(post);
  const same = await deps.store.openByFingerprint(post.channel, reading.fingerprint);
  if (same && (await stillRuns(same, at, deps))) return refire(same, post, at, reading, deps);
  const twin = await twinOf(reading, at, watched, deps);
  if (twin) return joinTwin(twin.alert, twin.reason, post, reading, deps);
  return newAlert(post, reading, watched, deps, found);
}

async function stillRuns(alert: Alert, at: number, deps: AlertDeps): Promise<boolean> {
  const answered = Math.max(alert.mentionedAt, alert.acknowledgedAt ?? 0);
  if (at - answered < REFIRE_WINDOW_MS) return true;
  if (!alert.pagerIncidentId) return false;
  const incident = await deps.incidents.byId(alert.pagerIncidentId);
  return incident !== undefined && incident.status !== 'resolved';
}

async function refire(
  alert: Alert,
  post: ChatPost,
  at: number,
  reading: AlertReading,
  deps: AlertDeps,
): Promise<Received> {
  if ((await deps.store.addPost(alert.id, post, 'refire')) === 'known') return { kind: 'known' };
  await callGraver(alert, reading, deps);
  const after = await deps.store.refired(alert.id, at);
  if (after?.stormId) deps.storms.touched(after.stormId);
  const threadTs = after && (await threadOf(after, deps));
  if (after && threadTs && !after.stormId) {
    const key = `refires:${alert.id}`;
    const content = refiresContent(after, deps.style);
    const draft = { key, channel: alert.channel, threadTs, priority: PRIORITY.cosmetic, content };
    if ((await deps.outbox.post(draft)) === 'known') await deps.outbox.edit(key, content);
  }
  deps.metrics.count('toban_alerts_total', { tool: alert.reading.tool, outcome: 'refired' });
  return { kind: 'refired', alertId: alert.id };
}

interface Twin {
  readonly alert: Alert;
  readonly reason: JoinReason;
}

async function twinOf(
  reading: AlertReading,
  at: number,
  watched: WatchedChannel,
  deps: AlertDeps,
): Promise<Twin | undefined> {
  for (const ref of reading.pagerRefs) {
    const alert = (await deps.store.byIncident(ref)).find((one) => (one.resolvedAt ?? Infinity) >= at);
    if (alert) return { alert, reason: 'link' };
  }
  const since = at - 2 * JOIN_WINDOW_MS;
  // A message that is found late may belong to an alert that has ended meanwhile.
  const late = deps.clock.now() - at > LATE_MS;
  const candidates =
    reading.tool === 'pagerduty'
      ? await deps.store.open(watched.team.key, since, late ? at : undefined)
      : await deps.store.openInPager(watched.team.key, since, late ? at : undefined);
  for (const alert of candidates) {
    const incident = alert.pagerIncidentId ? await deps.incidents.byId(alert.pagerIncidentId) : undefined;
    const reason = twinReason(reading, at, alert, incident);
    if (!reason) continue;
    // A title tells one message of the other side; a second one of that title is another alert.
    if (reason === 'title' && (await deps.store.twinPrints(alert.id)).length > 0) continue;
    return { alert, reason };
  }
  return undefined;
}

async function joinTwin(
  alert: Alert,
  reason: JoinReason,
  post: ChatPost,
  reading: AlertReading,
  deps: AlertDeps,
): Promise<Received> {
  if ((await deps.store.addPost(alert.id, post, 'twin', reading.fingerprint)) === 'known') return { kind: 'known' };
  const ref = reading.pagerRefs.find(isIncidentId);
  if (ref && !alert.pagerIncidentId && alert.joinedBy !== 'hand') {
    const joined = await deps.store.joined(alert.id, ref, reason);
    if (joined) await showAlert(joined, deps);
    const known = await deps.incidents.byId(ref);
    if (known) await followIncident(known, deps);
    deps.lookSoon();
  }
  // A call to Slack that nothing waits for: the next alert must not stand behind it.
  void pointAt(alert, post, deps);
  deps.metrics.count('toban_alerts_total', { tool: reading.tool, outcome: 'twin' });
  return { kind: 'twin', alertId: alert.id };
}

/** Toban's own message may be on its way still when its twin arrives. */
const POINT_AGAIN_MS = 2_000;
const POINT_TRIES = 5;

/** Says in the twin's thread where the work is; nothing hangs on it. */
async function pointAt(alert: Alert, post: ChatPost, deps: AlertDeps, tries = POINT_TRIES): Promise<void> {
  try {
    const ts = await threadOf(alert, deps);
    if (!ts) {
      if (tries > 1) deps.clock.setTimer(POINT_AGAIN_MS, () => void pointAt(alert, post, deps, tries - 1));
      return;
    }
    const permalink = await deps.chat.permalink(alert.channel, ts);
    if (!permalink) return;
    await deps.outbox.post({
      key: `twin:${post.channel}:${post.ts}`,
      channel: post.channel,
      threadTs: post.ts,
      priority: PRIORITY.cosmetic,
      content: twinContent(permalink, deps.style),
    });
  } catch (error) {
    deps.log.warn({ err: error, alert: alert.id }, 'twin message was not pointed at its alert');
  }
}

async function newAlert(
  post: ChatPost,
  reading: AlertReading,
  watched: WatchedChannel,
  deps: AlertDeps,
  found: Found | undefined,
): Promise<Received> {
  const { team } = watched;
  const incident = await incidentOf(reading, instantOf(post), team.key, deps);
  const { snapshot, ...joined } = incident;
  const built = buildAlert({
    id: `${post.channel}:${post.ts}`,
    team: team.key,
    channel: post.channel,
    ts: post.ts,
    reading,
    firedAt: instantOf(post),
    ...joined,
    incident: snapshot,
    deps,
  });
  const over = found?.recoveredAt !== undefined;
  const stale = found !== undefined && deps.clock.now() - built.firedAt > NEWS_FOR_MS;
  const wanted = !over && !stale;
  const quiet = built.mention.hush === 'quiet';
  const mentions = featuresIn(built.channel, deps).mentions && wanted;
  if (quiet && mentions) await planMoon(built, deps);
  const calls = mentions && !quiet;
  const admitted = calls ? await admit(built, deps) : undefined;
  const alert = admitted?.kind === 'gathered' ? { ...built, stormId: admitted.storm.id } : built;
  const drafts = calls && !alert.stormId ? [mentionDraft(alert, deps, found?.mayBeAnswered ?? false, snapshot)] : [];
  if (calls) await planAfterMention(alert, deps);
  const recorded = await deps.store.record(alert, post, drafts);
  if (recorded.kind === 'known') return { kind: 'known' };
  deps.outbox.takeUp(recorded.rows);
  if (alert.stormId) deps.storms.touched(alert.stormId);
  // A night's alert of low urgency has a reaction and no words, so no runbook either.
  if (!wanted || quiet) await deps.store.suggested(alert.id);
  const outcome = outcomeOf(wanted, alert);
  deps.metrics.count('toban_alerts_total', { tool: reading.tool, outcome });
  if (over) return { kind: 'missed-and-over', alertId: alert.id };
  if (stale) {
    deps.log.warn({ alert: alert.id, firedAt: alert.firedAt }, 'alert of more than a day ago was not mentioned');
    return { kind: 'too-old', alertId: alert.id };
  }
  deps.log.info({ alert: alert.id, team: team.key, tool: reading.tool, level: alert.level }, 'alert was received');
  deps.onNewAlert(alert);
  if (!snapshot) deps.lookSoon();
  // Somebody was faster on the phone than the message in the channel.
  else if (snapshot.status !== 'triggered') await followIncident(snapshot, deps);
  return { kind: 'mentioned', alertId: alert.id };
}

function outcomeOf(wanted: boolean, { stormId, mention }: Alert): string {
  if (!wanted) return 'missed';
  if (mention.hush === 'quiet') return 'quiet';
  return stormId ? 'gathered' : 'mentioned';
}

interface KnownIncident extends Joined {
  readonly snapshot?: PagerIncident;
}

/** The incident that the message links to, or that was seen before its message; from memory, PagerDuty is not asked. */
async function incidentOf(reading: AlertReading, at: number, team: string, deps: AlertDeps): Promise<KnownIncident> {
  for (const incident of await deps.incidents.open()) {
    if (deps.watch.teamOf(incident)?.key !== team) continue;
    const reason = joinReason(reading, at, incident);
    if (!reason) continue;
    const taken = reason === 'title' && (await deps.store.byIncident(incident.id)).length > 0;
    if (!taken) return { pagerIncidentId: incident.id, joinedBy: reason, snapshot: incident };
  }
  const ref = reading.pagerRefs.find(isIncidentId);
  return ref ? { pagerIncidentId: ref, joinedBy: 'link' } : {};
}

/** Some messages give the number alone: which incident that is, PagerDuty tells soon. */
function isIncidentId(ref: string): boolean {
  return !/^\d+$/.test(ref);
}

/** Slack's timestamp is seconds with a fraction. */
function instantOf(post: ChatPost): number {
  return Math.round(Number(post.ts) * 1000);
}
