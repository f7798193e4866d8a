/** /oncall postmortem: a draft for anything, its file in the channel once, and the year's list (P-03, P-08, P-09). */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headingsOf } from '../../src/postmortem/template.ts';
import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, sato } = CAST;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = async (options: StoryOptions = {}) => {
  story = await new Story(options).begin();
};
const ask = (text: string, channel: string = CHANNELS.random) =>
  story.slack.command(tanaka.slackId, channel, '/oncall', text);
const answers = () => story.slack.ephemerals.map(({ text }) => text);
const filesIn = (channel: string) =>
  story.slack
    .history(channel)
    .flatMap((message) => message.files ?? [])
    .map(({ id }) => String(id));
const draftIn = (channel: string) =>
  story.slack.until(() => {
    const [file] = filesIn(channel);
    return file === undefined ? undefined : story.slack.file(file);
  }, 'the draft');
const template = (locale: string) => readFileSync(join(__dirname, `../../templates/postmortem.${locale}.md`), 'utf8');

it('P-03 P-08 puts a draft with every section into the channel, and lists it', async () => {
  await begin();
  await ask('postmortem new 手順ミスで <!channel> 再起動');
  const draft = await draftIn(CHANNELS.random);
  expect(answers()).toEqual([
    '📝 「手順ミスで &lt;!channel&gt; 再起動」のドラフトを作成しています。ファイルをこのチャンネルに置きます。',
  ]);
  expect(draft.name).toBe('postmortem-2026-11-24.md');
  const text = draft.content?.toString('utf8') ?? '';
  expect(headingsOf(text).slice(1)).toEqual(headingsOf(template('ja')).slice(1));
  expect(text).toContain('# ポストモーテム: 手順ミスで &lt;!channel&gt; 再起動\n');
  expect(text).toContain('- 発生: （要記入）');

  const list = async () => {
    const before = answers().length;
    await ask('postmortem list 2026');
    return story.slack.until(() => answers()[before], 'the list');
  };
  // The address is known a moment after the file stands.
  for (let tries = 0; tries < 50 && !(await list()).includes('https:'); tries++);
  expect(answers().at(-1)).toMatch(
    /^📝 2026年のポストモーテム: 1件\n• 2026-11-24 <https:[^|]+\|手順ミスで &lt;!channel&gt; 再起動>（担当: 未定）$/,
  );
  const before = answers().length;
  await ask('postmortem list 2025');
  await ask('postmortem list 26');
  await ask('postmortem new');
  await story.slack.until(() => answers().length === before + 3, 'the answers');
  expect(answers().slice(before)).toEqual([
    '2025年のポストモーテムはありません。',
    '年は4桁で指定してください。例: `/oncall postmortem list 2026`',
    'タイトルを付けてください。例: `/oncall postmortem new 手順ミスで再起動した`',
  ]);
});

it('P-09 takes a section that was added to the named template, in English', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'toban-template-')), 'template.md');
  writeFileSync(path, template('en'));
  await begin({ locale: 'en', extra: `incidents: { postmortem_template: ${JSON.stringify(path)} }` });
  writeFileSync(path, `${template('en')}\n## Related incidents\n`);
  await ask('postmortem new Wrong host');
  const text = (await draftIn(CHANNELS.random)).content?.toString('utf8');
  expect(text).toMatch(/\n## Related incidents\n\n\(to be filled in\)\n$/);
  expect(answers()).toEqual(['📝 Writing the draft “Wrong host”. The file comes into this channel.']);
});

it('P-03 shares one file though the answer to its sharing was lost and the bot was stopped', async () => {
  await begin({ slackTimeoutMs: 300 });
  story.slack.faults.add({ method: 'files.completeUploadExternal', kind: 'lost_answer' });
  await ask('postmortem new 一度だけ');
  await draftIn(CHANNELS.random);
  await story.stopBot();
  await story.startBot();
  // Shared by the first call already: the repetition looks, and shares nothing.
  await story.slack.until(
    () =>
      story.slack.calls.some(
        ({ method, args }) => method === 'conversations.history' && args['channel'] === CHANNELS.random,
      ),
    'a look at the channel',
    { timeoutMs: 15_000 },
  );
  await story.stopBot();
  expect(filesIn(CHANNELS.random)).toHaveLength(1);
});

it('P-03 sends the file to the person where the channel does not know Toban', async () => {
  await begin({
    before: ({ slack }) =>
      slack.addChannel({ id: 'C0ELSEWHERE', name: 'elsewhere', members: [tanaka.slackId, sato.slackId] }),
  });
  await ask('postmortem new よその部屋', 'C0ELSEWHERE');
  const draft = await story.slack.until(() => {
    const direct = story.slack.channels.find(({ kind, members }) => kind === 'im' && members.has(tanaka.slackId));
    const [file] = direct ? filesIn(direct.id) : [];
    return file === undefined ? undefined : story.slack.file(file);
  }, 'the draft in the direct channel');
  expect(draft.title).toBe('よその部屋');
});
