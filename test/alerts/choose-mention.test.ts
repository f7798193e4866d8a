/** Whom an alert calls, from the levels on call and who is in Slack. */

import type { OnCallLevel } from '../../src/domain/on-call.ts';
import { chooseMention, levelOf } from '../../src/alerts/choose-mention.ts';

const person = (id: string) => ({ id, name: `name of ${id}` });
const level = (number: number, ...ids: string[]): OnCallLevel => ({
  level: number,
  shifts: ids.map((id) => ({ responder: person(id), level: number, start: null, end: null, scheduleId: null })),
});
const inSlack = (responder: { id: string }) => (responder.id.startsWith('x') ? undefined : `U${responder.id}`);
const people = (...ids: string[]) => ids.map((id) => ({ kind: 'person', slackId: `U${id}`, name: `name of ${id}` }));
const group = [{ kind: 'group', groupId: 'S1' }];

describe('the one to mention', () => {
  it('A-01 is everybody of the first level, also where there is a group', () => {
    const choice = { levels: [level(1, 'a', 'b'), level(2, 'c')], slackIdOf: inSlack, userGroup: 'S1' };
    expect(chooseMention(choice)).toEqual({ targets: people('a', 'b'), level: 1, passedOver: [] });
  });

  it('A-10 is the next level where nobody of the first is in Slack', () => {
    const levels = [level(1, 'x1', 'x2'), level(2, 'c', 'x3'), level(3, 'd')];
    expect(chooseMention({ levels, slackIdOf: inSlack })).toEqual({
      targets: people('c'),
      level: 2,
      passedOver: [
        { level: 1, name: 'name of x1' },
        { level: 1, name: 'name of x2' },
      ],
    });
  });

  it('A-10 is the group for a higher level of several, and the person for a higher level of one', () => {
    const levels = [level(1, 'x1'), level(2, 'c', 'd'), level(3, 'e')];
    const choice = { levels, slackIdOf: inSlack, userGroup: 'S1' };
    expect(chooseMention(choice)).toMatchObject({ targets: group, level: 2 });
    expect(chooseMention({ ...choice, from: 3 })).toEqual({ targets: people('e'), level: 3, passedOver: [] });
  });

  it('A-10 is the group where no level is left, and nobody where there is none', () => {
    expect(chooseMention({ levels: [], slackIdOf: inSlack, userGroup: 'S1' })).toMatchObject({
      targets: group,
      level: 0,
    });
    expect(chooseMention({ levels: [level(1, 'x1')], slackIdOf: inSlack })).toEqual({
      targets: [],
      level: 0,
      passedOver: [{ level: 1, name: 'name of x1' }],
    });
  });
});

describe('a first level that nobody holds', () => {
  it('H-15 is told, and the next level is called', () => {
    const choice = { levels: [level(2, 'c')], slackIdOf: inSlack };
    expect(chooseMention(choice)).toEqual({ targets: people('c'), level: 2, passedOver: [], firstLevelEmpty: true });
    expect(chooseMention({ ...choice, from: 2 })).not.toHaveProperty('firstLevelEmpty');
    expect(chooseMention({ levels: [], slackIdOf: inSlack })).not.toHaveProperty('firstLevelEmpty');
  });
});

describe('the level of the assignees', () => {
  const levels = [level(1, 'a'), level(2, 'a', 'b'), level(3, 'c')];
  it.each([
    [['a'], 1],
    [['b'], 2],
    [['a', 'b'], 2],
    [['c'], 3],
    [['z'], undefined],
    [[], undefined],
  ])('E-02 of %j is %s', (ids, wanted) => {
    expect(levelOf(levels, ids.map(person))).toBe(wanted);
  });
});
