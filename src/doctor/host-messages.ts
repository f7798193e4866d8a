/** The doctor's words about the machine: Node, the database, the webhook route, the runbooks. */

import type { Locale } from '../domain/locale.ts';
import type { Advice } from './finding.ts';

const ja = {
  oldNode: (version: string): Advice => ({
    is: `Node ${version} は古すぎます`,
    should: 'Node 22.18 以上',
    todo: 'npm ci をやり直して npm start で起動するか、Node を新しくしてください',
  }),
  nodeFine: (version: string) => `Node ${version}`,
  unwritable: (url: string, code: string): Advice => ({
    is: `データベース ${url} に書き込めません（${code}）`,
    should: '実行ユーザーがフォルダーに書き込める',
    todo: 'フォルダーの持ち主と権限を直すか、DATABASE_URL を書き込める場所に変えてください',
  }),
  newer: (url: string, migration: string): Advice => ({
    is: `データベース ${url} は新しい版の Toban のものです（${migration}）`,
    should: 'この版と同じか古い版のデータベース',
    todo: 'Toban を新しい版に戻すか、更新前のバックアップを npm run db -- restore で戻してください',
  }),
  damaged: (url: string, detail: string): Advice => ({
    is: `データベース ${url} が壊れています（${detail}）`,
    should: 'SQLite の検査に通る',
    todo: 'Toban を止め、バックアップを npm run db -- restore FILE で戻してください',
  }),
  littleSpace: (megabytes: number): Advice => ({
    is: `データベースのディスクの空きが ${megabytes} MB しかありません`,
    should: '空きが 200 MB 以上',
    todo: '不要なファイルを消すか、npm run db -- prune --keep 400d で古い行を消してください',
  }),
  databaseFine: (url: string) => `データベース ${url} に書き込めます`,
  databaseFresh: (url: string) => `データベース ${url} はまだありません。最初の起動で作られます`,
  webhookSilent: (address: string): Advice => ({
    is: `PAGERDUTY_WEBHOOK_SECRET はありますが、${address} が応答しません`,
    should: 'Toban が動いていて、PagerDuty から HTTPS で届く',
    todo: 'npm start で起動し、HOST、PORT とリバースプロキシを確認してください。使わないなら PAGERDUTY_WEBHOOK_SECRET を消してください（ポーリングで動きます）',
  }),
  webhookOff: (address: string, status: number): Advice => ({
    is: `${address} が署名のない呼び出しに ${status} を返します。ウェブフックの受け口ではありません`,
    should: '401（署名を確かめている）',
    todo: 'PAGERDUTY_WEBHOOK_SECRET を入れた Toban を再起動し、HOST と PORT がこの Toban のものか確認してください',
  }),
  webhookFine: 'ウェブフックの受け口は署名を確かめています（外から届くかは PagerDuty のテスト送信で確認してください）',
  runbook: (place: string, message: string): Advice => ({
    is: `ランブック ${place} を使えません: ${message}`,
    should: 'フロントマターが正しい YAML',
    todo: 'その行を直してください。直すまでこのページは提案されません',
  }),
  noRunbooks: (dir: string): Advice => ({
    is: `ランブックのフォルダー ${dir} にページがありません`,
    should: 'Markdown のページが 1 枚以上',
    todo: 'toban.yml の runbooks.dir を直すか、features.runbooks を false にしてください',
  }),
  runbooksFine: (pages: number) => `ランブック ${pages} 枚を読めます`,
};

const en: typeof ja = {
  oldNode: (version) => ({
    is: `Node ${version} is too old`,
    should: 'Node 22.18 or newer',
    todo: 'run npm ci again and start with npm start, or install a newer Node',
  }),
  nodeFine: (version) => `Node ${version}`,
  unwritable: (url, code) => ({
    is: `the database ${url} cannot be written (${code})`,
    should: 'the user that runs Toban may write the folder',
    todo: 'mend the owner and the rights of the folder, or name a place in DATABASE_URL that can be written',
  }),
  newer: (url, migration) => ({
    is: `the database ${url} belongs to a newer version of Toban (${migration})`,
    should: 'a database of this version or an older one',
    todo: 'go back to the newer Toban, or restore the backup from before the upgrade with npm run db -- restore',
  }),
  damaged: (url, detail) => ({
    is: `the database ${url} is damaged (${detail})`,
    should: 'it passes SQLite’s check',
    todo: 'stop Toban and bring a backup back with npm run db -- restore FILE',
  }),
  littleSpace: (megabytes) => ({
    is: `the database’s disk has ${megabytes} MB left`,
    should: '200 MB or more',
    todo: 'remove what is not needed, or old rows with npm run db -- prune --keep 400d',
  }),
  databaseFine: (url) => `The database ${url} can be written`,
  databaseFresh: (url) => `There is no database ${url} yet; the first start makes it`,
  webhookSilent: (address) => ({
    is: `PAGERDUTY_WEBHOOK_SECRET is set, and ${address} does not answer`,
    should: 'Toban runs, and PagerDuty reaches it over HTTPS',
    todo: 'start it with npm start, and check HOST, PORT and the reverse proxy; without webhooks remove PAGERDUTY_WEBHOOK_SECRET (polling does)',
  }),
  webhookOff: (address, status) => ({
    is: `${address} answers ${status} to a call without a signature: it is no webhook route`,
    should: '401, because the signature is checked',
    todo: 'restart Toban with PAGERDUTY_WEBHOOK_SECRET set, and check that HOST and PORT are this Toban’s',
  }),
  webhookFine: 'The webhook route checks signatures (PagerDuty’s test shows whether it is reached from outside)',
  runbook: (place, message) => ({
    is: `the runbook ${place} cannot be used: ${message}`,
    should: 'the front matter is valid YAML',
    todo: 'mend that line; until then the page is not suggested',
  }),
  noRunbooks: (dir) => ({
    is: `the runbook folder ${dir} has no page`,
    should: 'at least one Markdown page',
    todo: 'correct runbooks.dir in toban.yml, or set features.runbooks to false',
  }),
  runbooksFine: (pages) => `${pages} runbooks can be read`,
};

export const hostMessages: Record<Locale, typeof ja> = { ja, en };
