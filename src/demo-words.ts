/** The storyteller's words in the demo, Japanese and English side by side. */

const ja = {
  payTeam: '決済',
  welcome:
    'Toban のデモです。Slack も PagerDuty もこのマシンの中だけで動きます（English: npm run demo -- --lang en）。まず /oncall で当番を見ます',
  fires: '02:10、CloudWatch のアラートが #alerts に届きます。Toban が当番を呼び、ランブックの手順を貼ります',
  presses: (name: string) => `${name} が [確認 (Ack)] を押します。PagerDuty も本人の名前で確認済みになります`,
  recovers: '復旧のメッセージが届きます。だれも呼ばずに、スレッドを閉じます',
  page: (url: string) => `🖥️  画面で試す: ${url}`,
  over: 'デモは以上です。npm run demo を端末で実行すると、画面で続けて操作できます',
  keys: 'キー: [s] 一連の流れを見る  [a] 次のアラート  [k] Slackで確認  [p] 電話で確認  [r] 復旧  [o] /oncall  [h] ヘルプ  [m] 5分進める  [d] PagerDutyを止める/戻す  [q] 終了',
  nothingToDo: '確認するアラートがありません。[a] で発報できます',
  down: (on: boolean): string =>
    on ? 'PagerDuty を止めました。[a] や [o] を試してください' : 'PagerDuty が戻りました',
  terminal: {
    edited: '（更新）',
    onlyFor: (name: string) => `👁 ${name} だけに表示`,
    pagerduty: '☎ PagerDuty',
  },
};

const en: typeof ja = {
  payTeam: 'Payments',
  welcome:
    'This is Toban’s demo. Slack and PagerDuty both run inside this machine (日本語: npm run demo). First, /oncall shows who is on call',
  fires: '02:10: a Grafana alert lands in #alerts. Toban calls the person on call and posts the runbook’s steps',
  presses: (name) => `${name} presses [Acknowledge]. PagerDuty is acknowledged in their own name`,
  recovers: 'The recovery arrives. It calls nobody and closes the thread',
  page: (url) => `🖥️  See it in the browser: ${url}`,
  over: 'That was the demo. Run it in a terminal to go on in the browser',
  keys: 'Keys: [s] the whole story  [a] next alert  [k] acknowledge in Slack  [p] acknowledge by phone  [r] recover  [o] /oncall  [h] help  [m] 5 minutes on  [d] PagerDuty down/up  [q] quit',
  nothingToDo: 'There is no alert to acknowledge. Fire one with [a]',
  down: (on) => (on ? 'PagerDuty is down. Try [a] or [o]' : 'PagerDuty is back'),
  terminal: { edited: '(edited)', onlyFor: (name) => `👁 only ${name} sees this`, pagerduty: '☎ PagerDuty' },
};

export const words = { ja, en };
