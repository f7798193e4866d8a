/** Reads a monitoring tool's post as an alert, by its structure first and by what is known of the tool second. */

import type { AlertReading } from '../../domain/alert.ts';
import type { ChatPost } from '../../ports/chat.ts';
import type { Facts } from './facts.ts';
import { gatherFacts, valueOf } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { cut, fold, undecorated } from './folding.ts';
import type { MarkedLine } from './marker.ts';
import { readMarks } from './marker.ts';
import { readRunbookRefs } from './runbook-refs.ts';
import { readService } from './service-name.ts';
import { readSeverity, SEVERITY_FIELDS } from './severity.ts';
import { showsAlert } from './signs.ts';
import { readState, stateByColor } from './state.ts';
import type { ToolHint } from './tool-hint.ts';
import { cloudwatch } from './tools/cloudwatch.ts';
import { datadog } from './tools/datadog.ts';
import { newRelic } from './tools/new-relic.ts';
import { pagerduty, pagerNumber, pagerRefs } from './tools/pagerduty.ts';
import { alertmanager, grafana } from './tools/prometheus.ts';
import { sentry } from './tools/sentry.ts';

const MAX_TITLE = 200;
const HINTS: readonly ToolHint[] = [pagerduty, cloudwatch, newRelic, datadog, sentry, grafana, alertmanager];

interface Head {
  readonly line: string;
  readonly title: string;
  readonly marks: MarkedLine;
}

function readsAsTitle(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function chooseHead(facts: Facts, hint: ToolHint | undefined): Head {
  const named = hint?.title?.(facts);
  const lines = [...(named === undefined ? [] : [named]), ...facts.heads].map((line) => ({
    line,
    marks: readMarks(line),
  }));
  const first = lines[0];
  const marked = lines.find(({ marks }) => marks.marked);
  const best = named === undefined ? (marked ?? first) : first;
  const worded =
    best !== undefined && readsAsTitle(best.marks.rest) ? best : lines.find(({ marks }) => readsAsTitle(marks.rest));
  const title = (worded?.marks.rest ?? '').replace(/\s\|\shttps?:\/\/\S{1,2000}$/, '');
  return {
    line: best?.line ?? '',
    title: cut(undecorated(title), MAX_TITLE).trim(),
    marks: best?.marks ?? readMarks(''),
  };
}

/** Undefined for people, for Toban itself, for replies, and for posts without any sign of an alert. */
export function recogniseAlert(post: ChatPost): AlertReading | undefined {
  const { author } = post;
  if (author.kind !== 'app' || (post.threadTs !== undefined && post.threadTs !== post.ts)) return undefined;
  const facts = gatherFacts(post, author);
  const hint = HINTS.find((one) => one.sentBy(facts)) ?? HINTS.find((one) => one.looksLike(facts));
  const head = chooseHead(facts, hint);
  const stated = hint?.state?.(facts) ?? readState(facts, head.line, head.marks);
  const severity = hint?.severity?.(facts) ?? readSeverity(facts, head.line, head.marks);
  const said = {
    marks: head.marks,
    shaped: hint?.looksLike(facts) ?? false,
    stated: fieldStates(facts),
    rated: severity !== 'unknown' && valueOf(facts, SEVERITY_FIELDS) !== undefined,
    severity,
  };
  if (!showsAlert(facts, head.line, said)) return undefined;

  const title = head.title === '' ? cut(author.name, MAX_TITLE) : head.title;
  const service = readService(facts, hint?.service?.(facts));
  const linked = pagerRefs(facts);
  return {
    tool: hint?.tool ?? 'other',
    state: stated ?? stateByColor(facts) ?? 'firing',
    title,
    severity,
    ...(service === undefined ? {} : { service }),
    links: facts.links,
    runbookRefs: readRunbookRefs(facts),
    pagerRefs: linked.length === 0 && hint?.tool === 'pagerduty' ? pagerNumber(facts) : linked,
    dedupKeys: [...new Set(HINTS.flatMap((one) => one.keys(facts)))],
    fingerprint: fingerprintOf(facts, hint, title),
    text: facts.text,
  };
}

function fieldStates(facts: Facts): boolean {
  const value = valueOf(facts, ['alert state', 'alert status', 'incident status', 'state', '状態']);
  return value !== undefined && readMarks(`[${fold(value)}]`).marked;
}
