/** A poller on a clock that stands still, between a PagerDuty and a bot's memory that the test fills. */

import type { PagerIncident } from '../../../src/domain/pager-incident.ts';
import { incidentFromRest } from '../../../src/pagerduty/mapping.ts';
import { createPoller } from '../../../src/pagerduty/poller.ts';
import { silentLog, type Log } from '../../../src/ports/log.ts';
import type { PagerError } from '../../../src/ports/pager.ts';
import { SimulatedClock } from '../../../src/simulator/clock.ts';
import { restIncident } from './bodies.ts';

export const everyMs = 30_000;

/** A PagerDuty and a bot's memory in two maps, and a poller between them. */
export function setUp() {
  const clock = new SimulatedClock(Date.parse('2026-11-22T01:00:00Z'));
  const account = new Map<string, PagerIncident>();
  const known = new Map<string, PagerIncident>();
  const seen: string[] = [];
  const logged: string[] = [];
  const asked: string[] = [];
  const faults = new Map<string, PagerError>();
  const hooks: { beforeList?: () => void | Promise<void>; onSeen?: (incident: PagerIncident) => void } = {};
  const note = (level: string) => (_: object, message: string) => void logged.push(`${level}: ${message}`);
  const log: Log = { ...silentLog, info: note('info'), warn: note('warn'), error: note('error'), child: () => log };
  const poller = createPoller({
    clock,
    log,
    everyMs,
    services: ['PSVC1'],
    pager: {
      openIncidents: async (services) => {
        asked.push(`list ${services.join()}`);
        const open = [...account.values()].filter(({ status }) => status !== 'resolved');
        await hooks.beforeList?.();
        return open;
      },
      incident: (id) => {
        asked.push(`get ${id}`);
        const fault = faults.get(id);
        if (fault) return Promise.reject(fault);
        return Promise.resolve(account.get(id));
      },
      endedIncidents: async () => [],
      lastAssignment: async () => undefined,
      notes: async () => [],
    },
    knownOpen: () => Promise.resolve([...known.values()].filter(({ status }) => status !== 'resolved')),
    missedSince: async () => undefined,
    noted: async () => {},
    seen: (incident, source) => {
      hooks.onSeen?.(incident);
      seen.push(`${incident.id} ${incident.status} ${source}`);
      known.set(incident.id, incident);
      return Promise.resolve();
    },
  });
  const put = (...[status, options]: Parameters<typeof restIncident>) => {
    const incident = incidentFromRest(restIncident(status, options));
    account.set(incident.id, incident);
    return incident;
  };
  return { clock, account, known, seen, logged, asked, faults, hooks, poller, put };
}
