import type { Runbook } from '../../src/domain/runbook.ts';
import { createMatcher, followLibrary, offeredBy } from '../../src/runbooks/matcher.ts';

const page = (path: string, keywords: readonly string[] = [], more: Partial<Runbook> = {}): Runbook => ({
  path,
  title: path.replace(/\.md$/, ''),
  keywords,
  services: [],
  firstChecks: [],
  links: [],
  body: '',
  ...more,
});

const LIBRARY: readonly Runbook[] = [
  page('aurora-replica-lag.md', ['レプリカラグ', 'AuroraReplicaLag', 'replication lag'], {
    title: 'レプリカラグ増大',
    services: ['aurora'],
  }),
  page('disk-full.md', ['ディスク使用率', 'disk usage', 'no space left'], { title: 'ディスク逼迫' }),
  page('login.md', ['ログイン', 'auth'], { title: 'ログインできない' }),
  page('sqs-backlog.md', ['キュー滞留', 'ApproximateNumberOfMessagesVisible'], { title: 'SQS の滞留' }),
  page('db.md', ['DB'], { title: 'データベース一般' }),
  page('redis.md', ['Redis'], { title: 'Redis 一般' }),
  page('lag.md', ['lag'], { title: '遅れ一般' }),
  page('k8s/KubePodCrashLooping.md', [], { title: 'Kube Pod Crash Looping' }),
];

const first = (text: string, runbooks: readonly Runbook[] = LIBRARY): string | undefined => {
  const answer = createMatcher(runbooks).match({ text });
  return answer.silent ? undefined : answer.suggestions[0]?.runbook.path;
};

const found = (keyword: string, text: string): boolean =>
  offeredBy(createMatcher([page('a.md', [keyword], { title: '無関係の題名' })]).match({ text })).length > 0;

describe('the runbook matcher', () => {
  it('R-01 finds the runbook whose keyword stands in the alert and says which keyword it was', () => {
    const answer = createMatcher(LIBRARY).match({ text: '[New Relic] Critical: レプリカ ラグが 30 秒' });
    expect(answer.silent).toBe(false);
    expect(answer.suggestions[0]?.runbook.path).toBe('aurora-replica-lag.md');
    expect(answer.suggestions[0]?.matched).toContain('レプリカラグ');
    expect(answer.suggestions[0]?.because).toBe('keywords');
  });

  it.each([
    ['ディスク使用量が 93% を超えました', 'disk-full.md'],
    ['CRITICAL: No space left on device', 'disk-full.md'],
    ['AuroraReplicaLag >= 30000', 'aurora-replica-lag.md'],
    ['aurora replica lag is high', 'aurora-replica-lag.md'],
    ['prod-aurora-replica-lag ALARM', 'aurora-replica-lag.md'],
    ['replicaton lag 30s', 'aurora-replica-lag.md'],
    ['[FIRING:1] KubePodCrashLooping (prod)', 'k8s/KubePodCrashLooping.md'],
    ['[Violation opened] Kube Pod Crash Looping', 'k8s/KubePodCrashLooping.md'],
    ['kube-pod-crash-looping', 'k8s/KubePodCrashLooping.md'],
    ['KubePodCrashLoping', 'k8s/KubePodCrashLooping.md'],
  ])('R-01 is fuzzy where it is safe: %s', (text, path) => {
    expect(first(text)).toBe(path);
  });

  it.each([
    ['明日の定例は10時から'],
    ['ランチ行く人いますか？'],
    ['v3.12.0 のデプロイが完了しました :tada:'],
    ['Snowflake warehouse BI_WH has 12 queued statements'],
    [''],
  ])('R-04 stays silent where nothing fits: %s', (text) => {
    expect(createMatcher(LIBRARY).match({ text }).silent).toBe(true);
  });

  it('R-04 does not guess from a keyword that most runbooks share', () => {
    const runbooks = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => page(`${name}.md`, ['aurora', `only ${name} here`]));
    expect(first('aurora is slow', runbooks)).toBeUndefined();
    expect(first('aurora: only c here', runbooks)).toBe('c.md');
  });

  it.each([
    ['ログイン', 'ﾛｸﾞｲﾝ失敗が急増', true],
    ['ディスク使用率', 'ﾃﾞｨｽｸ 使用率 95%', true],
    ['レプリカラグ', 'レプリカ　ラグ', true],
    ['レプリカ ラグ', 'レプリカラグ', true],
    ['OOMKilled', 'ＯＯＭＫＩＬＬＥＤ', true],
    ['DB', 'dbus reload', false],
    ['DB', 'prod-db-01 is down', true],
    ['DB', 'db01 is down', true],
    ['DB', 'DBの接続に失敗', true],
    ['DB', 'mongodb', false],
    ['Redis', 'redirect rule', false],
    ['Redis', 'redis: OOM command not allowed', true],
    ['lag', 'feature flag changed', false],
    ['lag', 'consumer_lag 1,250,000', true],
    ['disk', 'risk review', false],
    ['auth', 'auto scaling', false],
    ['S3', 's3-prod-upload', true],
    ['S3', 'AS3 and S30', false],
    ['5xx', 'HTTPCode_Target_5XX_Count', true],
    ['ラグ', '機能フラグを変えました', false],
    ['ラグ', 'ラグが 30 秒', true],
    ['CPU使用率', 'GPU使用率が高い', false],
    ['reader', 'header too large', false],
  ])('R-05 keyword %s in "%s": %s', (keyword, text, expected) => {
    expect(found(keyword, text)).toBe(expected);
  });

  it('R-06 puts the runbook that the alert names before every guess', () => {
    const answer = createMatcher(LIBRARY).match({
      text: 'レプリカラグが 30 秒',
      runbookRefs: ['https://git.example.com/ops/runbooks/sqs-backlog.md?plain=1#steps'],
    });
    expect(answer.silent).toBe(false);
    expect(answer.suggestions.map(({ runbook }) => runbook.path).slice(0, 2)).toEqual([
      'sqs-backlog.md',
      'aurora-replica-lag.md',
    ]);
    expect(answer.suggestions[0]).toMatchObject({ because: 'named', score: 1 });
  });

  it.each([
    ['https://wiki.example/runbooks/sqs-backlog', 'sqs-backlog.md'],
    ['https://wiki.example/runbooks/sqs-backlog/', 'sqs-backlog.md'],
    ['sqs-backlog', 'sqs-backlog.md'],
    ['sqs-backlog.md', 'sqs-backlog.md'],
    ['https://x.example/k8s/kubepodcrashlooping', 'k8s/KubePodCrashLooping.md'],
    ['k8s/KubePodCrashLooping.md', 'k8s/KubePodCrashLooping.md'],
    ['https://wiki.example/SQS%20の滞留', 'sqs-backlog.md'],
    ['https://wiki.example/%E0%A4%A/sqs-backlog', 'sqs-backlog.md'],
  ])('R-06 reads the reference %s', (ref, path) => {
    const answer = createMatcher(LIBRARY).match({ text: '', runbookRefs: [ref] });
    expect(answer.suggestions[0]?.runbook.path).toBe(path);
  });

  it('R-06 prefers the page whose folders stand in the address, of two with one name', () => {
    const matcher = createMatcher([page('aws/lag.md'), page('gcp/lag.md')]);
    const answer = matcher.match({ text: '', runbookRefs: ['https://git.example/main/gcp/lag.md'] });
    expect(answer.suggestions.map(({ runbook }) => runbook.path)).toEqual(['gcp/lag.md']);
  });

  it('R-06 guesses on where the named runbook is unknown', () => {
    const answer = createMatcher(LIBRARY).match({ text: 'レプリカラグ', runbookRefs: ['https://x.example/unknown'] });
    expect(answer.suggestions[0]).toMatchObject({ because: 'keywords' });
  });

  it('R-01 finds a page by what an alert says, where nobody calls it by its name', () => {
    const runbooks = [page('KubeNodeNotReady.md'), page('KubePodNotReady.md'), page('etcdNoLeader.md')];
    const answer = createMatcher(runbooks).match({ text: 'ip-10-0-0-1: the node has been unready, kube says not ready' });
    expect(answer.suggestions[0]).toMatchObject({ runbook: { path: 'KubeNodeNotReady.md' } });
    expect(offeredBy(answer).map(({ runbook }) => runbook.path)).toContain('KubeNodeNotReady.md');
  });

  it('lets a service that the alert names decide between equals', () => {
    const runbooks = [page('a.md', ['high latency'], { services: ['web'] }), page('b.md', ['high latency'], { services: ['api'] })];
    expect(first('high latency on api', runbooks)).toBe('b.md');
    expect(first('high latency on web', runbooks)).toBe('a.md');
  });

  it('answers the same whatever the order of the files and of the keywords', () => {
    const shuffled = LIBRARY.toReversed().map((runbook) => ({ ...runbook, keywords: runbook.keywords.toReversed() }));
    for (const text of ['replication lag in DB', 'Redis lag', 'ディスク使用量 disk usage ログイン', 'lag']) {
      const short = (runbooks: readonly Runbook[]): unknown =>
        createMatcher(runbooks)
          .match({ text })
          .suggestions.map(({ runbook, score }) => [runbook.path, score]);
      expect(short(shuffled)).toEqual(short(LIBRARY));
    }
  });

  it('gives scores between 0 and 1, best first, at most ten, and offers three', () => {
    const runbooks = Array.from({ length: 20 }, (_, index) => page(`p${index}.md`, ['high latency', `latency ${'x'.repeat(index + 6)}`]));
    const answer = createMatcher(runbooks).match({ text: `high latency ${runbooks.flatMap((one) => one.keywords).join(' ')}` });
    const scores = answer.suggestions.map(({ score }) => score);
    expect(scores).toHaveLength(10);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
    expect(offeredBy(answer)).toHaveLength(3);
  });

  it('stays bounded for an alert of 100 kB', () => {
    const runbooks = Array.from({ length: 300 }, (_, index) =>
      page(`p${index}.md`, [`keyword number ${index}`, `AuroraReplicaLag${index}`, `レプリカラグ増大${index}号`]),
    );
    const matcher = createMatcher(runbooks);
    const hostile = ['レプリカ'.repeat(25_000), 'aurora replica '.repeat(7000), '<!channel>*'.repeat(9000), 'a'.repeat(100_000), 'ﾊﾟ\u0301'.repeat(30_000)];
    const began = performance.now();
    for (const text of hostile) matcher.match({ text });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('sees the end of a long alert as well as its beginning', () => {
    expect(first(`${'log line\n'.repeat(8000)}AuroraReplicaLag`)).toBe('aurora-replica-lag.md');
  });

  it('follows a library and makes its tables anew only when it has changed', () => {
    let runbooks = LIBRARY;
    const matcher = followLibrary({ runbooks: () => runbooks });
    expect(matcher.match({ text: 'brand new thing' }).silent).toBe(true);
    runbooks = [...LIBRARY, page('new.md', ['brand new thing'])];
    expect(matcher.match({ text: 'brand new thing' }).suggestions[0]?.runbook.path).toBe('new.md');
  });
});
