/** What the bot answers in Slack against what the documents say: actions, words, modals. */

import { ACTION, CALLBACK } from '../../src/blockkit/action-ids.ts';
import { helpContent } from '../../src/oncall/views.ts';
import { linesWith } from '../house/support/scan.ts';
import { src } from '../house/support/sources.ts';
import type { Sources } from '../house/support/sources.ts';
import { answered, REGISTERED } from './support/answered.ts';
import { document, unnamed } from './support/documents.ts';

const readme = document('README.md');
const architecture = document('ARCHITECTURE.md');
const bot = Object.fromEntries(Object.entries(src()).filter(([path]) => !path.startsWith('simulator/')));
const all = answered();

const NOUN_VERB = /^[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*$/;

/** A button's id written out where it is used; an input's id is the name of a field and has no dot. */
function looseIds(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (path === 'blockkit/action-ids.ts') return [];
    const literal = /\b(?:(?:action_id|actionId|callback_id)\s*:|onPress\(|onSubmit\()\s*['"`]([^'"`]+)['"`]/g;
    const input =
      /type: '(?:plain_text_input|static_select|users_select|multi_users_select|checkboxes|radio_buttons)'[^}]*$/;
    return [...text.matchAll(literal)]
      .filter((match) => {
        const isField = match[0].startsWith('action_id') && /^[a-z_]+$/.test(match[1] ?? '');
        return !(isField && input.test(text.slice(Math.max(0, match.index - 160), match.index)));
      })
      .map((match) => `${path}: ${match[1]}`);
  });
}

describe('the action ids', () => {
  const ids = Object.values(ACTION);

  it('are noun.verb, each once', () => {
    for (const id of [...ids, ...Object.values(CALLBACK)]) expect(id).toMatch(NOUN_VERB);
    expect(new Set(ids).size).toBe(ids.length);
    expect('button_1').not.toMatch(NOUN_VERB);
  });

  it('are each answered, and nothing else is', () => {
    expect(all.presses.toSorted()).toEqual(ids.toSorted());
    expect(all.submissions.toSorted()).toEqual(Object.values(CALLBACK).toSorted());
  });

  it('are asked of every feature that listens', () => {
    expect(Object.keys(bot).filter((path) => /^(?!slack\/).*\/listeners\.ts$/.test(path))).toEqual(
      REGISTERED.toSorted(),
    );
  });

  it('stand in ARCHITECTURE.md or README.md', () => {
    expect(unnamed(`${readme}\n\n${architecture}`, ids)).toEqual([]);
  });

  it('are written out in blockkit/action-ids.ts alone', () => {
    expect(looseIds(bot)).toEqual([]);
    expect(looseIds({ 'alerts/a.ts': "button({ text, actionId: 'alert.snooze' })" })).toHaveLength(1);
    expect(looseIds({ 'alerts/a.ts': "{ type: 'button', action_id: 'snooze' }" })).toHaveLength(1);
    expect(looseIds({ 'alerts/a.ts': "listeners.onPress('alert.snooze', run)" })).toHaveLength(1);
    expect(looseIds({ 'alerts/a.ts': "{ type: 'plain_text_input', action_id: 'reason' }" })).toEqual([]);
  });
});

describe('the words of /oncall', () => {
  const groups = all.commands.map((words) => words.filter((word) => word !== ''));

  it('are each in the help, in both languages', () => {
    for (const locale of ['ja', 'en'] as const) {
      const { text } = helpContent(all.help, { style: { locale, timezone: 'Asia/Tokyo' } });
      expect(text).toMatch(/`\/oncall`/);
      // The first word of a group; the others are aliases of it.
      for (const [word] of groups) expect(text).toMatch(new RegExp(`\`/oncall ${word}\\b`));
    }
  });

  it('are each in README.md, aliases too', () => {
    expect(groups.flat().length).toBeGreaterThan(2);
    expect(unnamed(readme, groups.flat())).toEqual([]);
  });

  it('belong to one handler each', () => {
    expect(new Set(groups.flat()).size).toBe(groups.flat().length);
  });
});

describe('the bot', () => {
  it('never answers before Slack has its receipt', () => {
    expect(linesWith(bot['slack/listeners.ts'] ?? '', /await ack\(\)/g)).toHaveLength(3);
  });
});
