/** Escalation by the simulated clock: through the levels, around again, and stopped by an acknowledgement. */
import { minute, startScene, type Scene } from './pagerduty-scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.world.close());

const types = (id: string): string[] => scene.world.logEntries(id).map((entry) => entry.type);

describe('an incident that nobody acknowledges', () => {
  it('goes from level to level when each timeout is over, and then stays', () => {
    const { world, clock } = scene;
    const id = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    const seen: string[] = [];
    for (const minutes of [9, 1, 14, 1, 20, 60]) {
      clock.advance(minutes * minute);
      seen.push(`${world.incident(id).level} ${world.incident(id).assignees.join()}`);
    }
    expect(seen).toEqual(['1 PBEN', '2 PCHEN', '2 PCHEN', '3 PDANA', '3 PDANA', '3 PDANA']);
    expect(types(id).filter((type) => type !== 'notify')).toEqual([
      'trigger',
      'assign',
      'escalate',
      'escalate',
      'exhaust_escalation_path',
    ]);
    expect(
      world
        .logEntries(id)
        .filter((entry) => entry.type === 'notify')
        .flatMap((entry) => entry.users),
    ).toEqual(['PBEN', 'PCHEN', 'PDANA']);
  });

  it('starts again as often as the policy repeats', () => {
    const { world, clock } = scene;
    const id = world.trigger({ service: 'PDB', title: 'Disk full' });
    clock.advance(90 * minute);
    expect(types(id).filter((type) => /escalat/.test(type))).toEqual([
      'repeat_escalation_path',
      'escalate',
      'exhaust_escalation_path',
    ]);
  });

  it('passes over a level where nobody is on call', () => {
    const { world, clock } = scene;
    clock.advanceTo(Date.parse('2026-03-04T10:00:00Z'));
    const id = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    clock.advance(10 * minute);
    expect(world.incident(id)).toMatchObject({ level: 3, assignees: ['PDANA'] });
  });
});

describe('an escalation that is waited for', () => {
  it.each<[string, (scene: Scene, id: string) => void]>([
    ['an acknowledgement', ({ world }, id) => world.acknowledge(id, 'PBEN')],
    ['a resolution', ({ world }, id) => world.resolve(id)],
    ['a direct assignment', ({ world }, id) => world.reassign(id, 'PAIKO', 'PBEN')],
    ['a low urgency', ({ world }, id) => world.setUrgency(id, 'low', 'PBEN')],
  ])('is stopped by %s', (_what, stop) => {
    const { world, clock } = scene;
    const id = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    stop(scene, id);
    clock.advance(600 * minute);
    expect(types(id)).not.toContain('escalate');
    expect(world.incident(id).level).toBe(1);
  });

  it('begins anew when the incident is reopened', () => {
    const { world, clock } = scene;
    const id = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    world.resolve(id, 'PBEN');
    clock.advance(60 * minute);
    world.reopen(id, 'PBEN');
    clock.advance(10 * minute);
    expect(world.incident(id)).toMatchObject({ level: 2, assignees: ['PCHEN'] });
  });
});
