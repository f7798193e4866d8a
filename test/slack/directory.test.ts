/** Who may act as which PagerDuty account, and how often a person who is missing is told of. */

import type { WebClient } from '@slack/web-api';
import { silentLog } from '../../src/ports/log.ts';
import type { Pager } from '../../src/ports/pager.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { SlackDirectory } from '../../src/slack/directory.ts';

const SHARED = 'shared@corp.example';
const PERSON = { id: 'U0TARO', team_id: 'T0OURS', profile: { email: 'taro@corp.example' } };

function directoryOf(user: object | undefined, people: Record<string, string> = {}) {
  const warned: object[] = [];
  const clock = new SimulatedClock(0);
  const client = { users: { info: async () => ({ user }), lookupByEmail: async () => ({ user }) } };
  const emails = [SHARED, 'taro@corp.example'];
  const directory = new SlackDirectory({
    client: client as unknown as WebClient,
    pager: { responders: async () => emails.map((email) => ({ id: email, name: email, email })) } as unknown as Pager,
    lookups: { load: async () => new Map(), save: async () => {} },
    clock,
    log: { ...silentLog, warn: (fields) => warned.push(fields) },
    self: { userId: 'U0TOBAN', teamId: 'T0OURS' },
    people,
  });
  return { directory, clock, warned };
}

describe('the account that a click acts as', () => {
  it('H-12 E-08 is the one with the Slack e-mail', async () => {
    expect(await directoryOf(PERSON).directory.pagerEmailOf('U0TARO')).toBe('taro@corp.example');
  });

  it('E-08 is never one that the people table gives to somebody else', async () => {
    const other = { ...PERSON, id: 'U0OTHER', profile: { email: 'Shared@corp.example' } };
    const people = { [SHARED]: 'U0TARO' };
    expect(await directoryOf(other, people).directory.pagerEmailOf('U0OTHER')).toBeUndefined();
    expect(await directoryOf(PERSON, people).directory.pagerEmailOf('U0TARO')).toBe(SHARED);
  });

  it.each([
    ['deactivated', { deleted: true }],
    ['a bot', { is_bot: true }],
    ['a stranger', { is_stranger: true }],
    ['of another workspace', { team_id: 'T0THEIRS' }],
    ['of another organisation', { team_id: 'T0THEIRS', enterprise_user: { teams: ['T0THEIRS'] } }],
  ])('E-08 is none for somebody who is %s', async (_what, more) => {
    const { directory } = directoryOf({ ...PERSON, ...more });
    expect(await directory.pagerEmailOf('U0TARO')).toBeUndefined();
    const named = directoryOf({ ...PERSON, ...more }, { [SHARED]: 'U0TARO' });
    expect(await named.directory.pagerEmailOf('U0TARO')).toBeUndefined();
  });

  it('E-08 is asked for anew, not taken from who was found by e-mail before', async () => {
    const user = { ...PERSON, deleted: false };
    const { directory } = directoryOf(user);
    await directory.learn([{ id: 'P1', name: 'Taro', email: 'taro@corp.example' }]);
    user.deleted = true;
    expect(await directory.pagerEmailOf('U0TARO')).toBeUndefined();
  });

  it('E-08 is found for a colleague of the same organisation', async () => {
    const colleague = { ...PERSON, team_id: 'T0NEXT', enterprise_user: { teams: ['T0NEXT', 'T0OURS'] } };
    expect(await directoryOf(colleague).directory.pagerEmailOf('U0TARO')).toBe('taro@corp.example');
  });
});

describe('a person who cannot be looked up', () => {
  it.each([
    ['is not found', undefined],
    [
      'makes Slack fail',
      {
        get id(): string {
          throw new Error('no answer');
        },
      },
    ],
  ])('is told of once an hour: %s', async (_what, user) => {
    const { directory, clock, warned } = directoryOf(user);
    const learn = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        await directory.learn([{ id: 'P1', name: 'Taro', email: 'taro@corp.example' }]);
        clock.advance(60_000);
      }
    };
    await learn(60);
    expect(warned).toMatchObject([{ email: 'taro@corp.example' }]);
    await learn(15);
    expect(warned).toHaveLength(2);
  });
});
