/** Words in Japanese and English that mean the same to whoever is on call; a library adds its own in concepts.yml. */

/** Each line is one concept, its phrases between slashes; a phrase may be of several words. */
const LINES = `
disk / filesystem / file system / volume / storage / ディスク / ファイルシステム / ボリューム / ストレージ / inode
full / exhausted / filling / out of space / almost full / no space left / 枯渇 / 満杯 / 空き容量 / 容量不足 / 残り / 逼迫 / 圧迫
usage / utilization / utilisation / used / 使用率 / 使用量 / 利用率
memory / メモリ / mem / heap / ヒープ
oom / out of memory / oomkilled / oom killed / メモリ不足
cpu / プロセッサ / 張り付 / load average / ロードアベレージ
database / db / rds / aurora / mysql / postgres / postgresql / データベース / クエリ / query / sql
replica / replication / レプリカ / レプリケーション / リーダー / セカンダリ
lag / delay / delayed / behind / ラグ / 遅延 / 遅れ / 遅れて
latency / slow / slowness / response time / レイテンシ / レイテンシー / 応答時間 / レスポンスタイム / 遅い / もっさり / 重い / p99 / p95 / 時間がかか
connection / connections / コネクション / 接続
refused / cannot connect / つながら / 繋がら / 接続でき
error / errors / failure / failed / failing / エラー / 失敗 / 障害 / 異常終了 / こけ / コケ
5xx / server error / internal server error / サーバーエラー / サーバエラー / 502 / 503 / 504 / 500
certificate / cert / tls / ssl / 証明書 / x509
expire / expiry / expiration / expiring / expired / 期限 / 有効期限 / 失効 / 期限切れ / 切れ
login / sign in / signin / authentication / auth / ログイン / 認証 / サインイン
spike / surge / 急増 / 急上昇 / スパイク / 増加 / 高騰
attack / ddos / brute force / 攻撃 / 不正 / 総当たり / 大量アクセス / waf
queue / backlog / sqs / キュー / 滞留 / 待ち行列 / 溜ま / たまっ / 詰ま / 積み上が
worker / consumer / sidekiq / ワーカー / コンシューマ / コンシューマー / ジョブ / job
batch / cron / nightly / バッチ / 夜間バッチ / 定期実行 / 日次
stopped / down / stuck / not running / 停止 / 止ま / 落ち / 動いてい / 応答しな / 応答がな
restart / restarting / crash loop / crashloop / backoff / back off / crashloopbackoff / 再起動 / クラッシュ / 何度も落ち / 再起動を繰り返
pod / pods / container / containers / コンテナ / ポッド
node / nodes / ノード / インスタンス / instance
kubernetes / k8s / eks / クーバネティス
deploy / deployment / release / rollout / デプロイ / リリース / ロールアウト / ci / パイプライン / pipeline
rollback / revert / 切り戻し / ロールバック
cache / redis / elasticache / memcached / キャッシュ
mail / email / smtp / ses / メール / bounce / バウンス
image / thumbnail / 画像 / サムネイル / 写真 / 変換 / convert / conversion / transcode
payment / billing / checkout / 決済 / 支払い / 支払 / 課金 / カード / stripe / 購入
dns / name resolution / resolve / nxdomain / servfail / 名前解決 / ドメイン / route53
cdn / cloudfront / fastly / akamai / edge / エッジ / 配信
load balancer / alb / elb / ロードバランサ / ロードバランサー / target group / ターゲットグループ
unhealthy / healthy hosts / health check / healthcheck / ヘルスチェック / 異常なホスト / ホスト異常
throttle / throttled / throttling / rate limit / 429 / スロットリング / スロットル / 制限
lambda / function / サーバーレス / 関数
s3 / bucket / object storage / バケット / オブジェクト
kafka / msk / topic / broker / partition / ブローカー / パーティション / トピック
external / third party / partner / vendor / 外部 / 連携先 / 外部api / サードパーティ / 取引先 / upstream
timeout / timed out / タイムアウト / 時間切れ
network / packet / ネットワーク / 通信
backup / snapshot / バックアップ / スナップショット
lock / deadlock / ロック / デッドロック
transaction / トランザクション
log / logs / logging / ログ
quota / limit reached / 上限 / クォータ
missing / absent / not found / 見つから / 欠損 / 届かな / 届いていな / 来ない
clock / ntp / time skew / 時刻 / 時刻ずれ
scale / scaling / autoscaling / スケール / オートスケール / 台数
`;

/** Phrases by concept; the concept's own name is its first phrase. */
export const CONCEPTS: readonly (readonly string[])[] = LINES.trim()
  .split('\n')
  .map((line) => line.split('/').map((phrase) => phrase.trim()));
