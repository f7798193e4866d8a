/** Every route of the simulated REST API, and which of them a request means. */
import { changeEventRoutes } from './change-event-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { incidentHistoryRoutes } from './incident-history-routes.ts';
import { incidentListRoutes } from './incident-list-routes.ts';
import { incidentPartRoutes } from './incident-part-routes.ts';
import { onCallRoutes } from './oncall-routes.ts';
import type { Route } from './route.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { shiftScheduleRoutes } from './shift-schedule-routes.ts';

export const routes: readonly Route[] = [
  ...directoryRoutes,
  ...scheduleRoutes,
  ...shiftScheduleRoutes,
  ...onCallRoutes,
  ...changeEventRoutes,
  ...incidentListRoutes,
  ...incidentPartRoutes,
  ...incidentHistoryRoutes,
];

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== value) return undefined;
    } else {
      if (value === '') return undefined;
      params[name] = decodeURIComponent(value);
    }
  }
  return params;
}

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Record<string, string> }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'unknown' };

export function findRoute(method: string, path: string): Found {
  let known = false;
  for (const route of routes) {
    const params = paramsOf(route.path, path);
    if (!params) continue;
    known = true;
    if (route.method === method) return { kind: 'route', route, params };
  }
  return { kind: known ? 'wrong-method' : 'unknown' };
}
