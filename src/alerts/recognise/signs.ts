/** Whether an app's post shows any sign of an alert at all: standups, pull requests and calendars do not. */

import type { Facts } from './facts.ts';
import type { MarkedLine } from './marker.ts';

const MONITORING_LINK =
  /^https?:\/\/(?:[^/]{1,120}\.)?(?:pagerduty\.com\/(?:.{0,80}\/)?incidents\/|opsgenie\.com\/.{0,40}alert|datadoghq\.(?:com|eu)\/(?:monitors|event)\b|newrelic\.com\/.{0,200}(?:issues|incidents|violations)|sentry\.io\/(?:.{0,120}\/)?issues\/|mackerel\.io\/orgs\/[^/]{1,80}\/alerts|uptimerobot\.com|pingdom\.com|statuscake\.com|healthchecks\.io|squadcast\.com|victorops\.com|betterstack\.com\/.{0,60}incidents|rollbar\.com\/.{0,80}item|app\.bugsnag\.com\/.{0,120}errors)|\/cloudwatch\/.{0,200}#alarm|\/alerting\/|\/#\/alerts|tr_events\.php|zabbix\.php\?.{0,80}problem/i;

const ALARMING = new Set([
  'danger',
  'warning',
  'a30200',
  'd63232',
  'df2d24',
  'd13212',
  'daa038',
  'e01e5a',
  'ff0000',
  'cc0000',
  'd00000',
]);

// Said of something now, with enough around it to be no mere mention.
const STRONG =
  /\b(?:is|are) (?:now )?(?:down|firing|failing|unreachable|unhealthy|offline|critical|not (?:ready|running|responding|reachable|available))\b|\bmonitor is (?:up|down)\b|(?:is (?:now )?(?:up|down)(?! to)|back to normal)|threshold (?:crossed|exceeded|breached)|changed state to|exit(?:ed with)? (?:code|status)|\bout of memory\b|\boom ?kill|(?:が|に|は|を)?失敗し(?:まし|てい)|異常終了|しきい値|閾値|(?:が|は)(?:停止|ダウン|落ち|止ま)|エラーが(?:発生|急増|多発)|障害が(?:発生|起き)|復旧(?:し|され)まし|超えました|超過|応答(?:が)?(?:なし|ありません|しません)|タスク失敗/;

const WEAK =
  /\b(?:alerts?|alarms?|fail(?:s|ed|ure|ures|ing)?|err|down|outage|degraded|unhealthy|unreachable|unready|unavailable|timed? ?out|timeouts?|crash(?:ed|es|ing|loop\w{0,20})?|exceed(?:s|ed|ing)?|breach(?:ed)?|critical|warning|recovered|resolved|incident|latency|saturated|throttl\w{1,6}|expir(?:es|ed|ing|y)|(?:not|never|cannot|no longer|has no|have no|lost|missing|misscheduled|mismatch|stuck|stale|stalled|evicted|rejected|dropping|dropped|high|low|slow|drift|insufficient|exhaust\w{0,5}|(?:run|running|ran) out|(?:is|disk|volume|queue|storage) full|space left|filling up|fully used|crossed|quota|missed|burn rate|(?:usage|utili[sz]ation|lag)\b[^\n]{0,20}\d+|approached|issues with|restarts?|restarted|detected))\b|errors?\b|exceptions?\b|ddos|障害|異常|警告|警報|アラート|アラーム|エラー|失敗|停止|止まっ|落ちて|ダウン|超え|到達|急増|増加|高騰|低下|上昇|検知|検出|遅延|遅く|滞留|枯渇|不足|逼迫|有効期限|期限切れ|使用率|失効|タイムアウト|存在しません|ありません|できません|未完了|していません|繰り返し|発生|多発|復旧|回復|解消/;

const TALK =
  /定例|問い合わせ|メンテナンス|負荷試験|無視してください|会議|ミーティング|打ち合わせ|振り返り|資料|訓練|勉強会|レビュー|承認|稟議|契約|デプロイ(?:し|が完了|を開始|完了)|リリース(?:し|ノート|が完了|完了)|完了しました|開始しました|リマインド|お知らせ|ようこそ|おはよう|お疲れ|件でした|予定|追加しました|更新しました|マージ|プルリク|課題|チケット|担当が|\b(?:meeting|standup|stand-up|retro(?:spective)?|agenda|reminder|reminders|welcome|survey|poll|calendar|pull request|merge request|merged|pushed|commented|opened by|assigned you|review(?:ed|er|ers)? requested|requested review|deployed|deploy(?:ment)? (?:started|finished|succeeded|completed)|succeeded|(?<!not )successfully|weekly (?:report|digest|summary)|daily (?:report|digest|summary)|digest|newsletter|joined|birthday|release notes|now on call|on[- ]call (?:shift|rotation|hand-?off))\b/;

const OFFICE_SENDER =
  /^(?:google calendar|outlook calendar|calendar|google ?カレンダー|jira(?: cloud| software)?|confluence(?: cloud)?|notion|asana|trello|linear|backlog|redmine|zoom|google (?:drive|docs|forms)|geekbot|polly|donut|simple poll|slackbot|troops|(?:.{0,30}\b)?(?:standup|stand-up|welcome|onboarding)(?: ?bot)?)$|ようこそ/;
const OFFICE_LINK =
  /^https:\/\/(?:[^/]{1,100}\.)?(?:github\.com\/[^/]{1,80}\/[^/]{1,100}\/(?:pull|issues|commit|compare|releases|discussions)\b|gitlab\.[^/]{1,80}\/.{1,200}\/-\/(?:merge_requests|issues|commit)\b|atlassian\.net\/(?:browse|secure)\/|calendar\.google\.com|calendar\.app\.google|meet\.google\.com|zoom\.us|docs\.google\.com\/forms|backlog\.(?:com|jp)\/view\/)/i;

export interface Said {
  readonly marks: MarkedLine;
  /** The post has a tool's own shape. */
  readonly shaped: boolean;
  /** A field names a state. */
  readonly stated: boolean;
  /** A field names a severity. */
  readonly rated: boolean;
}

export function showsAlert(facts: Facts, head: string, said: Said): boolean {
  if (OFFICE_SENDER.test(facts.by)) return false;
  const marked = said.marks.marked && said.marks.state !== undefined;
  const first = facts.links[0];
  // A pull request or a ticket may quote an alert, and links to one; only a mark in brackets makes it one.
  if (first !== undefined && OFFICE_LINK.test(first.url)) return marked && /^[^\p{L}\p{N}]{0,12}[[【]/u.test(head);
  if (said.shaped || marked || said.stated || facts.links.some(({ url }) => MONITORING_LINK.test(url))) return true;
  const folded = facts.folded.slice(0, 4_000);
  if (STRONG.test(folded)) return true;
  if (TALK.test(folded)) return false;
  return said.rated || facts.colors.some((color) => ALARMING.has(color)) || WEAK.test(folded);
}
