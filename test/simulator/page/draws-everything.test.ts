/** Whatever Slack's API makes shows on the page: rooms, blocks, modals and menus of features that it does not know. */

import type { Browser, Page } from 'playwright-core';
import { CAST } from '../../../src/simulator/cast.ts';
import { startPage } from '../../../src/simulator/page/page-server.ts';
import type { PageServer } from '../../../src/simulator/page/page-server.ts';
import type { Stage } from '../../../src/simulator/page/stage.ts';
import { chromiumPath, openBrowser } from '../../support/browser.ts';
import { bareStage, call, closeStage, listenAsApp } from './bare-stage.ts';
import type { ListeningApp } from './bare-stage.ts';

jest.setTimeout(90_000);
const path = chromiumPath();
const SOON = 30_000;
const { tanaka, suzuki, sato } = CAST;

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const options = ['SEV1', 'SEV2'].map((value) => ({ text: plain(value), value }));
const input = (id: string, label: string, element: object, optional = true) => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  optional,
  element: { action_id: 'entry', ...element },
});

const STATUS = [
  { type: 'header', text: plain('🔴 SEV1 ログインできない') },
  { type: 'section', fields: [mrkdwn('状態\n調査中'), mrkdwn(`IC\n<@${tanaka.slackId}>`)] },
  {
    type: 'section',
    text: mrkdwn('*太字* 日本語*のまま* `code` &lt;b&gt; :eyes:\n> 引用\n<!date^1795453800^{date_num} {time}|x>'),
    accessory: { type: 'overflow', action_id: 'more', options },
  },
  { type: 'actions', elements: [{ type: 'button', text: plain('宣言'), action_id: 'open', style: 'primary' }] },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: suzuki.slackId }] }],
      },
    ],
  },
  { type: 'table', rows: [[{ type: 'raw_text', text: '月' }], [{ type: 'raw_text', text: '11月' }]] },
  { type: 'markdown', text: '## 経過\n- [x] 連絡\n\n**済み** [手順](https://wiki.example/1)' },
];

const MODAL = {
  type: 'modal',
  title: plain('インシデントの宣言'),
  submit: plain('送る'),
  close: plain('やめる'),
  blocks: [
    { type: 'alert', level: 'warning', text: plain('進行中のものがあります') },
    input('title', 'タイトル', { type: 'plain_text_input' }, false),
    input('severity', '深刻度', { type: 'static_select', options, initial_option: options[1] }),
    input('people', '呼ぶ人', { type: 'multi_users_select', initial_users: [sato.slackId] }),
    input('boxes', '通知', { type: 'checkboxes', options }),
    input('one', '種別', { type: 'radio_buttons', options }),
    input('when', '発生日時', { type: 'datetimepicker', initial_date_time: 1795453800 }),
    input('day', '日付', { type: 'datepicker', initial_date: '2026-11-24' }),
    input('time', '時刻', { type: 'timepicker', initial_time: '02:10' }),
    input('more', '詳しく', { type: 'plain_text_input', multiline: true, initial_value: '前の文' }),
  ],
};

if (path === undefined) {
  describe('the page', () => {
    it.skip('not run: no Chromium here (Debian: apt-get install chromium fonts-noto-cjk)', () => {});
  });
} else {
  describe('the page', () => {
    let stage: Stage;
    let server: PageServer;
    let app: ListeningApp;
    let browser: Browser;
    let page: Page;
    let room = '';
    const complaints: string[] = [];

    const payload = async (type: string) => {
      await stage.worlds.slack.until(() => app.heard.some((one) => one['type'] === type), type, { timeoutMs: SOON });
      return app.heard.findLast((one) => one['type'] === type) ?? {};
    };

    beforeAll(async () => {
      stage = await bareStage();
      const { slack } = stage.worlds;
      app = await listenAsApp(slack, ({ type, actions, trigger_id: trigger }) => {
        if (type === 'block_actions' && JSON.stringify(actions).includes('"open"'))
          void call(slack, 'views.open', { trigger_id: trigger, view: MODAL });
      });
      [server, browser] = await Promise.all([
        startPage({ stage, port: 0, restart: async () => stage }),
        openBrowser(path),
      ]);
      page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
      page.setDefaultTimeout(SOON);
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(server.url);
      await page.waitForSelector('body[data-ready]');
    });

    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await app?.close();
      await closeStage(stage);
    });

    it('shows a room that is made: topic, bookmark, canvas, pin, file, every block', async () => {
      const { slack } = stage.worlds;
      const { channel } = await call(slack, 'conversations.create', { name: 'inc-20261124-0001' });
      room = (channel as { id: string }).id;
      await call(slack, 'conversations.invite', { channel: room, users: tanaka.slackId });
      await call(slack, 'conversations.setTopic', { channel: room, topic: 'SEV1 調査中' });
      await call(slack, 'bookmarks.add', {
        channel_id: room,
        title: '通話',
        type: 'link',
        link: 'https://meet.example',
      });
      await call(slack, 'conversations.canvases.create', {
        channel_id: room,
        title: '記録',
        document_content: { type: 'markdown', markdown: '# 記録\n- 02:10 検知' },
      });
      const { ts } = await call(slack, 'chat.postMessage', { channel: room, text: '状況', blocks: STATUS });
      await call(slack, 'pins.add', { channel: room, timestamp: ts });
      const upload = await call(slack, 'files.getUploadURLExternal', { filename: '当番.ics', length: 3 });
      await fetch(String(upload['upload_url']), { method: 'POST', body: 'abc' });
      await call(slack, 'files.completeUploadExternal', { files: [{ id: upload['file_id'] }], channel_id: room });
      await page.click(`[data-channel="${room}"]`);
      await page.waitForSelector('.file >> text=当番.ics');
      const shown = await page.innerText('.channel-part');
      for (const part of [
        'SEV1 調査中',
        '通話',
        '🔴 SEV1 ログインできない',
        '日本語*のまま*',
        '<b>',
        '👀',
        '2026/11/24 02:10',
        '@鈴木 葵',
        '11月',
        '☑ 連絡',
      ])
        expect(shown).toContain(part);
      expect(await page.innerText('.message.pinned strong >> nth=0')).toBe('太字');
      await page.click('.bar >> text=canvas');
      await page.waitForSelector('.side-part .canvas >> text=02:10 検知');
      await page.click('.bar .plain >> text=📌');
      await page.waitForSelector('.side-part .message >> text=調査中');
      await page.click('.side-part .bar .plain');
    });

    it('fills every kind of input, says what is missing, and sends what was entered', async () => {
      await page.click('.message [data-action="open"]');
      await page.waitForSelector('dialog .alert.warning');
      await page.click('dialog footer .primary');
      await page.waitForSelector('dialog .problem >> text=入力してください');
      await page.fill('dialog input[type=text]', 'ログイン');
      await page.selectOption('dialog [data-block=people] select', suzuki.slackId);
      await page.check('dialog [data-block=boxes] input[value=SEV2]');
      await page.check('dialog [data-block=one] input[value=SEV1]');
      await page.click('dialog footer .primary');
      await page.waitForSelector('dialog', { state: 'detached' });
      const { view } = await payload('view_submission');
      const { values } = (view as { state: { values: Record<string, { entry: object }> } }).state;
      expect(Object.fromEntries(Object.entries(values).map(([block, { entry }]) => [block, entry]))).toMatchObject({
        title: { value: 'ログイン' },
        severity: { selected_option: { value: 'SEV2' } },
        people: { selected_users: [sato.slackId, suzuki.slackId] },
        boxes: { selected_options: [{ value: 'SEV2' }] },
        one: { selected_option: { value: 'SEV1' } },
        when: { selected_date_time: 1795453800 },
        day: { selected_date: '2026-11-24' },
        time: { selected_time: '02:10' },
        more: { value: '前の文' },
      });
    });

    it('offers menus: an overflow, the shortcuts of the manifest, reactions', async () => {
      await page.click('.message.pinned .section .menu summary');
      await page.click('.message.pinned .section .menu button >> text=SEV2');
      expect((await payload('block_actions'))['actions']).toMatchObject([{ action_id: 'more' }]);
      await page.hover('.message.pinned');
      await page.click('.message.pinned .tools .menu:last-child summary');
      await page.click('.message.pinned .tools button >> text=Declare');
      expect(await payload('message_action')).toMatchObject({ callback_id: 'declare_incident', channel: { id: room } });
      await page.click('.message.pinned .tools .menu:first-child summary');
      await page.click('.message.pinned .tools .menu:first-child button >> nth=0');
      await page.waitForSelector('.message.pinned .reaction.mine');
    });

    it('complains of nothing in the console', () => {
      expect(complaints).toEqual([]);
    });
  });
}
