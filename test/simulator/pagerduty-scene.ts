/** A small furnished PagerDuty for tests, and a way to ask it over HTTP exactly as one wishes. */
import { SimulatedClock } from '../../src/simulator/clock.ts';
import {
  startPagerDuty,
  type PagerDutyWorld,
  type PagerDutyWorldOptions,
} from '../../src/simulator/pagerduty/pagerduty-world.ts';

export const start = Date.parse('2026-03-02T10:00:00Z');
export const hour = 3_600_000;
export const minute = 60_000;
export const accept = 'application/vnd.pagerduty+json;version=2';

export interface Asked {
  readonly query?: string;
  readonly body?: unknown;
  readonly from?: string;
  /** Undefined takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

// The wire is untyped, and so is what a test picks out of it.
// oxlint-disable-next-line typescript/no-explicit-any
export type Wire = any;

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Wire;
}

export interface Scene {
  readonly clock: SimulatedClock;
  readonly world: PagerDutyWorld;
  readonly ask: (line: string, asked?: Asked) => Promise<Told>;
}

/** Aiko is on call first (a rotation with Ben), Chen second (shift-based), Dana last (directly). */
export function furnish(world: PagerDutyWorld): void {
  world.addUser({ id: 'PAIKO', name: 'Aiko Tanaka', email: 'aiko@example.com', role: 'admin' });
  world.addUser({ id: 'PBEN', name: 'Ben Okafor', email: 'ben@example.com' });
  world.addUser({ id: 'PCHEN', name: 'Chen Wei', email: 'chen@example.com' });
  world.addUser({ id: 'PDANA', name: 'Dana Ruiz', email: 'dana@example.com' });
  world.addUser({ id: 'PEVE', name: 'Eve Onlooker', email: 'eve@example.com', role: 'read_only_user' });
  world.addSchedule({
    id: 'PSWEEK',
    name: 'Payments primary',
    timeZone: 'Europe/Berlin',
    kind: 'layers',
    rotation: { users: ['PAIKO', 'PBEN'], handoff: '2026-02-23T08:00:00Z', everySeconds: 604_800 },
  });
  world.addSchedule({
    id: 'PSSHIFT',
    name: 'Payments secondary',
    timeZone: 'Etc/UTC',
    kind: 'shifts',
    entries: [
      { user: 'PCHEN', start: '2026-03-02T00:00:00Z', end: '2026-03-03T00:00:00Z' },
      { user: 'PBEN', start: '2026-03-03T00:00:00Z', end: '2026-03-04T00:00:00Z' },
    ],
  });
  world.addEscalationPolicy({
    id: 'PEPAY',
    name: 'Payments',
    levels: [
      { timeoutMinutes: 10, targets: [{ schedule: 'PSWEEK' }] },
      { timeoutMinutes: 15, targets: [{ schedule: 'PSSHIFT' }] },
      { timeoutMinutes: 20, targets: [{ user: 'PDANA' }] },
    ],
  });
  world.addEscalationPolicy({
    id: 'PEDB',
    name: 'Databases',
    levels: [{ timeoutMinutes: 30, targets: [{ user: 'PDANA' }, { schedule: 'PSWEEK' }] }],
    repeat: 1,
  });
  world.addService({ id: 'PPAY', name: 'Payments API', escalationPolicy: 'PEPAY' });
  world.addService({ id: 'PDB', name: 'Main database', escalationPolicy: 'PEDB' });
  world.addPriority({ id: 'PP1', name: 'P1' });
  world.addPriority({ id: 'PP2', name: 'P2' });
}

export async function startScene(options: Partial<PagerDutyWorldOptions> = {}): Promise<Scene> {
  const clock = new SimulatedClock(start);
  const world = await startPagerDuty({ clock, ...options });
  furnish(world);
  return { clock, world, ask: asking(world) };
}

/** `ask('GET /incidents', { query: 'statuses[]=triggered' })`, with the usual headers unless told otherwise. */
export function asking(world: PagerDutyWorld): Scene['ask'] {
  return async (line, { query = '', body, from, headers = {} } = {}) => {
    const [method = 'GET', path = '/'] = line.split(' ');
    const all: Record<string, string | undefined> = {
      accept,
      authorization: `Token token=${world.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(from === undefined ? {} : { from }),
      ...headers,
    };
    const sent = Object.fromEntries(
      Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    const response = await fetch(`${world.apiUrl}${path}${query && `?${query}`}`, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}
