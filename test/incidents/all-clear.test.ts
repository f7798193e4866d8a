/** The all clear is told however long its keeping takes (I-12). */

import type { Incident } from '../../src/domain/incident.ts';
import type { IncidentDeps } from '../../src/incidents/deps.ts';
import { changeState } from '../../src/incidents/status/change.ts';

it('I-12 asks for the telling before the state changes and again once it has', async () => {
  const steps: string[] = [];
  const incident = { id: 1, state: 'detected', declaredBy: 'U1', roles: {}, room: { kind: 'opening' } };
  const step = (name: string) => async () => void steps.push(name);
  const deps = {
    clock: { now: () => 0 },
    clearing: step('telling'),
    outbox: { takeUp: () => {} },
    advanceSoon: () => {},
    timers: { cancel: async () => {} },
    store: {
      append: async () => {
        steps.push('kept');
        return { kind: 'appended', incident: { ...incident, state: 'cleared' }, rows: [] };
      },
    },
  } as unknown as IncidentDeps;
  await changeState(incident as unknown as Incident, { state: 'cleared' }, 'U1', deps);
  expect(steps).toEqual(['telling', 'kept', 'telling']);
});
