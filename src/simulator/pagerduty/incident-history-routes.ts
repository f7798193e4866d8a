/** Routes that tell what happened: log entries, and incidents that look like this one. */
import { apiHome, type Account } from './account.ts';
import { notFound } from './api-error.ts';
import { logEntryJson } from './incident-json.ts';
import { writeInstant } from './instants.ts';
import type { IncidentRecord, LogEntryRecord } from './records.ts';
import { ok, page, paging, type Answer, type ApiRequest, type Query, type Route } from './route.ts';

const logQuery = [...paging, 'time_zone', 'since', 'until', 'is_overview', 'include[]'];
const logIncludes = ['incidents', 'services', 'channels', 'teams'];

/** Newest first; an overview leaves out who was notified how. */
function logPage(account: Account, query: Query, entries: readonly LogEntryRecord[]): Answer {
  const since = query.instant('since') ?? -Infinity;
  const until = query.instant('until') ?? Infinity;
  const overview = query.flag('is_overview');
  const zone = query.zone();
  const found = entries
    .filter((entry) => entry.at >= since && entry.at <= until && !(overview && entry.kind === 'notify'))
    .toReversed();
  return ok(page(query, 'log_entries', found, (entry) => logEntryJson(account, entry, query.includes(), zone)));
}

const incidentOf = ({ account, params }: ApiRequest): IncidentRecord => account.incident(params['id'] ?? '');

const short = (incident: IncidentRecord): Record<string, unknown> => ({
  id: incident.id,
  created_at: writeInstant(incident.createdAt),
  self: `${apiHome}/incidents/${incident.id}`,
  title: incident.title,
});

const words = (title: string): Set<string> => new Set(title.toLowerCase().match(/[\p{L}\d]+/gu) ?? []);

function likeness(a: IncidentRecord, b: IncidentRecord): number {
  const [left, right] = [words(a.title), words(b.title)];
  const shared = [...left].filter((word) => right.has(word)).length;
  return Math.round((shared / Math.max(1, left.size + right.size - shared)) * 1000) / 10;
}

function pastIncidents(account: Account, incident: IncidentRecord): { incident: IncidentRecord; score: number }[] {
  return [...account.incidents.values()]
    .filter((one) => one.status === 'resolved' && one.service === incident.service && one.id !== incident.id)
    .map((one) => ({ incident: one, score: likeness(one, incident) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || b.incident.number - a.incident.number);
}

const relatedWithin = 30 * 60_000;

export const incidentHistoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/log_entries',
    query: [...logQuery, 'team_ids[]'],
    includes: logIncludes,
    answer: ({ account, query }) => logPage(account, query, query.many('team_ids[]') ? [] : account.logEntries),
  },
  {
    method: 'GET',
    path: '/log_entries/{id}',
    query: ['time_zone', 'include[]'],
    includes: logIncludes,
    answer: ({ account, params, query }) => {
      const entry = account.logEntries.find((one) => one.id === params['id']);
      if (!entry) throw notFound();
      return ok({ log_entry: logEntryJson(account, entry, query.includes(), query.zone()) });
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/log_entries',
    query: logQuery,
    includes: logIncludes,
    answer: (request) => {
      const { id } = incidentOf(request);
      const entries = request.account.logEntries.filter((entry) => entry.incident === id);
      return logPage(request.account, request.query, entries);
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/past_incidents',
    query: ['limit', 'total'],
    ability: 'event_intelligence',
    answer: (request) => {
      const limit = request.query.whole('limit', 5, 1, 999);
      const found = pastIncidents(request.account, incidentOf(request));
      const shown = found.slice(0, limit).map(({ incident, score }) => ({ incident: short(incident), score }));
      return ok({
        past_incidents: shown,
        limit,
        ...(request.query.flag('total') ? { total: found.length } : {}),
      });
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/related_incidents',
    query: ['additional_details[]'],
    ability: 'event_intelligence',
    answer: (request) => {
      const incident = incidentOf(request);
      const related = [...request.account.incidents.values()].filter(
        (one) =>
          one.id !== incident.id &&
          one.status !== 'resolved' &&
          Math.abs(one.createdAt - incident.createdAt) <= relatedWithin,
      );
      const relationships = [
        { type: 'machine_learning_inferred', metadata: { grouping_classification: 'similar_contents' } },
      ];
      return ok({ related_incidents: related.slice(0, 20).map((one) => ({ incident: short(one), relationships })) });
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/outlier_incident',
    query: ['since', 'additional_details[]'],
    ability: 'event_intelligence',
    answer: (request) => {
      const { account } = request;
      const incident = incidentOf(request);
      const count = pastIncidents(account, incident).filter(({ score }) => score >= 50).length;
      const category = count === 0 ? 'novel' : count < 5 ? 'rare' : 'frequent';
      const since = writeInstant(request.query.instant('since') ?? account.now() - 120 * 86_400_000);
      const occurrence = { count, frequency: count / 120, category, since, until: writeInstant(account.now()) };
      return ok({ outlier_incident: { incident: { ...short(incident), occurrence }, incident_template: null } });
    },
  },
];
