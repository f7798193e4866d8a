/** Whether an app's post shows any sign of an alert at all: standups, pull requests and calendars do not. */

import type { AlertSeverity } from '../../domain/alert.ts';
import type { Facts } from './facts.ts';
import { fold } from './folding.ts';
import type { MarkedLine } from './marker.ts';

const MONITORING_LINK =
  /^https?:\/\/(?:[^/]{1,120}\.)?(?:pagerduty\.com\/(?:.{0,80}\/)?incidents\/|opsgenie\.com\/.{0,40}alert|datadoghq\.(?:com|eu)\/(?:monitors|event)\b|newrelic\.com\/.{0,200}(?:issues|incidents|violations)|sentry\.io\/(?:.{0,120}\/)?issues\/|mackerel\.io\/orgs\/[^/]{1,80}\/alerts|uptimerobot\.com|pingdom\.com|statuscake\.com|healthchecks\.io|squadcast\.com|victorops\.com|betterstack\.com\/.{0,60}incidents|rollbar\.com\/.{0,80}item|app\.bugsnag\.com\/.{0,120}errors)|\/cloudwatch\/.{0,200}#alarm|\/alerting\/|\/#\/alerts|tr_events\.php|zabbix\.php\?.{0,80}problem/i;

const RED = new Set(['danger', 'a30200', 'd63232', 'df2d24', 'd13212', 'e01e5a', 'ff0000', 'cc0000', 'd00000']);
// Approvals and reminders wear orange too: it counts only where the words are not those of talk.
const ORANGE = new Set(['warning', 'daa038']);

// Said of something now, with enough around it to be no mere mention.
const STRONG =
  /\b(?:is|are) (?:now )?(?:down|firing|failing|unreachable|unhealthy|offline|critical|not (?:ready|running|responding|reachable|available))\b|\bmonitor is (?:up|down)\b|(?:is (?:now )?(?:up|down)(?! to)|back to normal)|threshold (?:crossed|exceeded|breached)|changed state to|exit(?:ed with)? (?:code|status)|\bout of memory\b|\boom ?kill|(?:が|に|は|を)?失敗し(?:まし|てい)|異常終了|しきい値|閾値|(?:が|は)(?:停止|ダウン|落ち|止ま)|エラーが(?:発生|急増|多発)|障害が(?:発生|起き)|復旧(?:し|され)まし|超えました|超過|応答(?:が)?(?:なし|ありません|しません)|タスク失敗/;

const WEAK =
  /\b(?:alerts?|alarms?|fail(?:s|ed|ure|ures|ing)?|err|down|outage|degraded|unhealthy|unreachable|unready|unavailable|timed? ?out|timeouts?|crash(?:ed|es|ing|loop\w{0,20})?|exceed(?:s|ed|ing)?|breach(?:ed)?|critical|warning|recovered|resolved|incident|latency|saturated|throttl\w{1,6}|expir(?:es|ed|ing|y)|(?:not|never|cannot|no longer|has no|have no|lost|missing|misscheduled|mismatch|stuck|stale|stalled|evicted|rejected|dropping|dropped|high|low|slow|drift|insufficient|exhaust\w{0,5}|(?:run|running|ran) out|(?:is|disk|volume|queue|storage) full|space left|filling up|fully used|crossed|quota|missed|burn rate|(?:usage|utili[sz]ation|lag)\b[^\n]{0,20}\d+|approached|issues with|restarts?|restarted|detected))\b|errors?\b|exceptions?\b|ddos|障害|異常|警告|警報|アラート|アラーム|エラー|失敗|停止|止まっ|落ちて|ダウン|超え|到達|急増|増加|高騰|低下|上昇|検知|検出|遅延|遅く|滞留|枯渇|不足|逼迫|有効期限|期限切れ|使用率|失効|タイムアウト|存在しません|ありません|できません|未完了|していません|繰り返し|発生|多発|復旧|回復|解消/;

const TALK =
  /定例|問い合わせ|メンテナンス|負荷試験|無視してください|会議|ミーティング|打ち合わせ|振り返り|資料|訓練|勉強会|レビュー|承認|稟議|契約|デプロイ(?:し|が完了|を開始|完了)|リリース(?:し|ノート|が完了|完了)|完了しました|開始しました|リマインド|お知らせ|ようこそ|おはよう|お疲れ|件でした|予定|追加しました|更新しました|マージ|プルリク|課題|チケット|担当が|\b(?:meeting|standup|stand-up|retro(?:spective)?|agenda|reminder|reminders|welcome|survey|poll|calendar|pull request|merge request|merged|pushed|commented|opened by|assigned you|review(?:ed|er|ers)? requested|requested review|deployed|deploy(?:ment)? (?:started|finished|succeeded|completed)|succeeded|(?<!not )successfully|weekly (?:report|digest|summary)|daily (?:report|digest|summary)|digest|newsletter|joined|birthday|release notes|now on call|on[- ]call (?:shift|rotation|hand-?off))\b/;

// What talk and names of systems share ("承認API", "calendar-service"): a fault or a measure in the head line tells them apart.
const MEASURED =
  /(?<![a-z0-9_.])\d[\d.,]{0,15} ?(?:%|パーセント|(?:ms|msec|s|secs?|seconds?|rps|qps|req\/s|errors?|exceptions?)(?![a-z0-9])|ミリ秒|秒)|\bp(?:50|75|9\d|99\.?9{1,2})\b/;
const FAULT =
  /(?<!\b(?:fix|fixes|fixed|fixing|handle|handles|improve|improves|reduce|reduces|about|no|zero|without) (?:[\w-]{1,30} ){0,2})\b(?:err(?:ors?)?|[a-z]{0,40}exceptions?|fail(?:s|ed|ure|ures|ing)?|down|outage|degraded|unhealthy|unreachable|unready|unavailable|timed? ?out|timeouts?|crash(?:ed|es|ing|loop\w{0,20})?|exceed(?:s|ed|ing)?|breach(?:ed)?|latency|saturated|throttl\w{1,6}|expired|stuck|stale|stalled|evicted|rejected|dropping|slow|exhaust\w{0,5}|(?:run|running|ran) out|(?:is|disk|volume|queue|storage) full|no space left|filling up|burn rate|restarting|restarted|recovered|[45]xx|(?:high|low|spike in|elevated) (?:cpu|memory|mem|load|disk|latency|traffic|usage|error|request|queue))\b(?![ -](?:handl\w{1,6}|messages?|pages?|logs?|reports?|tracking|review|budgets?|cop(?:y|ies)|training|workshop|fix\w{0,3}|improvements?)\b)|(?:障害|異常|警報|エラー(?:率|数)?|失敗(?:率)?|レイテンシー?|応答時間|停止|止まっ|落ちて|ダウン|超え|急増|急落|高騰|低下|上昇|検知|検出|遅延|遅く|滞留|枯渇|逼迫|期限切れ|失効|タイムアウト|多発|復旧|回復)(?!の(?!疑|可能性|恐れ|おそれ|ため)|を(?!返|検|観測|確認し)|に(?:関|つい)|につき|について|対応|対策|処理|訓練|件数|報告|管理|連絡|改善|調査|一覧|解析|分析|修正|会|時の|ハンドリング|メッセージ|ログ|レポート|レビュー|ロード)/;
const NO_FAULT =
  /(?<![\d.,])0 (?:errors?|failures?|failed|exceptions?)\b|\b(?:errors?|failures?|failed|exceptions?):? 0(?![\d.,]*[\d%])|(?:エラー|失敗|異常)(?:件数|数)?(?:は|:)? ?(?:0 ?件|なし|無し|ありません)/g;
// Work that is done, an appointment, a look back: one sign of trouble does not make it an alert, two do.
const SETTLED =
  /無視してください|行います|行ないます|実施します|開催(?:し|され|の)|勉強会|振り返り会|件でした|(?:デプロイ|リリース)(?:しました|(?:が)?完了(?!後|直後|以降))|完了しました|開始しました|マージ|プルリク|回答率|出席率|参加率|\b(?:pull request|merge request|merged|pushed|commented|opened by|assigned you|requested review|review(?:ed|ers?)? requested|deployed|deploy(?:ment)? (?:finished|succeeded|completed)|succeeded|(?<!not )successfully|response rate|attendance|(?:weekly|daily|monthly) (?:report|digest|summary))\b/;
const LOOKS_BACK =
  /(?:先週|先月|昨日|今週|今月|前回|週次|月次).{0,200}(?:でした|レポート|まとめ)|\b(?:weekly|monthly) (?:report|digest|summary)\b/;

const CALENDAR_OR_CODE =
  /^(?:google calendar|outlook calendar|calendar|google ?カレンダー|zoom|google (?:drive|docs|forms)|geekbot|polly|donut|simple poll|(?:standup|stand-up|welcome)(?: ?bot)?|(?:github|gitlab|bitbucket|gitea)\b(?! ?-?(?:actions|ci|runner)).{0,40})$/;
const CODE_HOST = /^(?:github|gitlab|bitbucket|gitea)\b/;
const OFFICE_SENDER =
  /^(?:jira(?: cloud| software)?|confluence(?: cloud)?|notion|asana|trello|linear|backlog|redmine|slackbot|troops|(?:.{0,30}\b)?(?:standup|stand-up|welcome|onboarding)(?: ?bot)?)$|ようこそ/;
const OFFICE_LINK =
  /^https:\/\/(?:[^/]{1,100}\.)?(?:github\.com\/[^/]{1,80}\/[^/]{1,100}\/(?:pull|issues|commit|compare|releases|discussions)\b|gitlab\.[^/]{1,80}\/.{1,200}\/-\/(?:merge_requests|issues|commit)\b|atlassian\.net\/(?:browse|secure)\/|calendar\.google\.com|calendar\.app\.google|meet\.google\.com|zoom\.us|docs\.google\.com\/forms|backlog\.(?:com|jp)\/view\/)/i;
const TICKET_LINK = /\/issues\/|atlassian\.net\/|backlog\.(?:com|jp)\//i;

export interface Said {
  readonly marks: MarkedLine;
  /** The post has a tool's own shape. */
  readonly shaped: boolean;
  /** A field names a state. */
  readonly stated: boolean;
  /** A field names a severity. */
  readonly rated: boolean;
  readonly severity: AlertSeverity;
}

/** How much the head line says of trouble: 2 for a fault with its measure, 1 for either. */
function trouble(head: string): number {
  const folded = fold(head).slice(0, 1_000).replace(NO_FAULT, ' ');
  const signs = Number(MEASURED.test(folded)) + Number(FAULT.test(folded));
  if (signs === 2) return LOOKS_BACK.test(folded) ? 0 : 2;
  return SETTLED.test(folded) || LOOKS_BACK.test(folded) ? 0 : signs;
}

/** A ticket and a request have a priority as well: a middling one of theirs says nothing. */
function ratedByMonitor(facts: Facts, { rated, severity }: Said): boolean {
  if (!rated || severity === 'info') return false;
  return severity !== 'warning' || !facts.pairs.some(({ name }) => name === 'priority' || name === '優先度');
}

export function showsAlert(facts: Facts, head: string, said: Said): boolean {
  const red = facts.colors.some((color) => RED.has(color));
  const loud = red || (said.rated && said.severity === 'critical');
  const office = CALENDAR_OR_CODE.test(facts.by);
  if (office && !CODE_HOST.test(facts.by)) return false;
  const tracker = OFFICE_SENDER.test(facts.by);
  if (tracker && !red && !(loud && facts.pairs.every(({ name }) => name !== 'priority' && name !== '優先度'))) {
    return false;
  }
  const marked = said.marks.marked && said.marks.state !== undefined;
  const first = facts.links[0];
  // A pull request or a ticket may quote an alert, and links to one; a mark in brackets makes it one, or a monitor's red.
  if (first !== undefined && OFFICE_LINK.test(first.url)) {
    if (marked && /^[^\p{L}\p{N}]{0,12}[[【]/u.test(head)) return true;
    return !office && (loud || (!tracker && TICKET_LINK.test(first.url) && trouble(head) === 2));
  }
  if (said.shaped || marked || said.stated || facts.links.some(({ url }) => MONITORING_LINK.test(url))) return true;
  const folded = facts.folded.slice(0, 4_000);
  if (STRONG.test(folded) || red || ratedByMonitor(facts, said)) return true;
  const signs = trouble(head);
  if (signs === 0 && TALK.test(folded)) return false;
  return signs === 2 || said.rated || facts.colors.some((color) => ORANGE.has(color)) || WEAK.test(folded);
}
