/** The recogniser read against fixtures of many tools, and against hostile posts. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertReading } from '../../src/domain/alert.ts';
import type { ChatPost } from '../../src/ports/chat.ts';
import { recogniseAlert } from '../../src/alerts/recognise/recognise-alert.ts';
import { readPost } from '../../src/slack/read-post.ts';
import { seeded } from './seeded.ts';

interface Case {
  readonly name: string;
  readonly provenance: string;
  /** Cases of one file with the same word are one alert: equal fingerprints, and no other case has it. */
  readonly alert?: string;
  readonly event: unknown;
  readonly expected: Omit<AlertReading, 'links' | 'fingerprint' | 'text'> | null;
}

const FOLDER = join(process.cwd(), 'test/fixtures/alerts');
const SELF = { userId: 'UTOBAN', botId: 'BTOBAN', appId: 'ATOBAN' };

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const suites = files.map((name) => ({
  name: name.replace('.json', ''),
  cases: (JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { cases: Case[] }).cases,
}));

function read(event: unknown): AlertReading | undefined {
  const post = readPost(event, SELF);
  return post === undefined ? undefined : recogniseAlert(post);
}

function post(over: Partial<ChatPost> = {}): ChatPost {
  return {
    channel: 'C1',
    ts: '1700000000.000100',
    author: { kind: 'app', botId: 'B1', name: 'monitor' },
    edited: false,
    text: '[CRITICAL] disk full on db-1',
    parts: [],
    links: [],
    ...over,
  };
}

describe.each(suites)('an alert of $name (A-05, G-02)', ({ cases }) => {
  it.each(cases.map((one) => [one.name, one] as const))('reads: %s', (_name, one) => {
    const reading = read(one.event);
    if (one.expected === null) {
      expect(reading).toBeUndefined();
      return;
    }
    expect(reading).toBeDefined();
    const { links: _links, fingerprint: _fingerprint, text: _text, ...rest } = reading as AlertReading;
    expect(rest).toEqual(one.expected);
  });

  it('gives one fingerprint to an alert, its re-fires and its recovery, and another to each other alert (A-06, A-07)', () => {
    const keyed = cases.flatMap((one) =>
      one.alert === undefined ? [] : [{ key: one.alert, print: read(one.event)?.fingerprint }],
    );
    for (const a of keyed) {
      for (const b of keyed)
        expect(`${a.key} ${b.key} ${a.print === b.print}`).toBe(`${a.key} ${b.key} ${a.key === b.key}`);
    }
  });
});

describe('a post that is no alert (A-12)', () => {
  it('is not read where Toban or a person wrote it', () => {
    expect(recogniseAlert(post({ author: { kind: 'self' } }))).toBeUndefined();
    expect(recogniseAlert(post({ author: { kind: 'person', id: 'U1' }, text: 'ALARM って何?' }))).toBeUndefined();
  });

  it('is not read where it replies in a thread, but is where it heads one', () => {
    expect(recogniseAlert(post({ threadTs: '1600000000.000100' }))).toBeUndefined();
    expect(recogniseAlert(post({ threadTs: '1700000000.000100' }))).toBeDefined();
  });

  it('is read also where it was edited: the caller decides what to make of it', () => {
    expect(recogniseAlert(post({ edited: true }))?.state).toBe('firing');
  });

  it('is empty', () => {
    expect(recogniseAlert(post({ text: '' }))).toBeUndefined();
  });
});

describe('an ordinary word (A-01)', () => {
  const WORDS =
    '定例 会議 承認 稟議 契約 予定 課題 チケット お知らせ リマインド 資料 メンテナンス レビュー 訓練 calendar survey poll meeting reminder review digest standup welcome newsletter';
  describe.each(WORDS.split(' '))('%s', (word) => {
    it.each([
      `${word}API エラー率 12%`,
      `${word}-service error rate 12%`,
      `${word}-api latency p99 8s`,
      `${word}バッチが異常です`,
      `${word}基盤 タイムアウト多発`,
    ])('does not silence: %s', (text) => {
      expect(recogniseAlert(post({ text }))?.state).toBe('firing');
    });

    it('does not silence a red colour or a severity', () => {
      const part = { title: `${word}-service`, text: '', fields: [] };
      const fields = [{ name: 'Severity', value: 'critical' }];
      expect(recogniseAlert(post({ text: '', parts: [{ ...part, color: 'a30200' }] }))).toBeDefined();
      expect(recogniseAlert(post({ text: '', parts: [{ ...part, fields }] }))?.severity).toBe('critical');
    });
  });
});

describe('the state of an alert (A-07)', () => {
  it.each([
    ['Resolved: disk full on db-1', 'resolved'],
    ['✅ [RESOLVED] disk full', 'resolved'],
    ['RECOVERY db-1 disk', 'resolved'],
    ['【復旧】disk', 'resolved'],
    ['OK: "disk" in Tokyo', 'resolved'],
    ['エラー率が正常値に戻りました', 'resolved'],
    ['[CLOSED] disk', 'resolved'],
    ['Acknowledged: disk full', 'acknowledged'],
    ['[対応中] disk full', 'acknowledged'],
    ['State changed: error OK -> ALARM', 'firing'],
    ['error: connection closed unexpectedly', 'firing'],
    ['正常に応答しません エラー', 'firing'],
    ['200 OK not returned, error', 'firing'],
    ['Alert: check that the telemeter client is up to date, it fails', 'firing'],
    ['ジョブが失敗しましたが復旧しました', 'resolved'],
    ['復旧しましたが別の障害が発生しています', 'firing'],
    ['[\u200bFIR\u200bING:1] x', 'firing'],
    ['[ＲＥＳＯＬＶＥＤ] x', 'resolved'],
  ])('%s → %s', (text, state) => {
    expect(recogniseAlert(post({ text }))?.state).toBe(state);
  });

  it('follows a green colour only where no word speaks', () => {
    const green = { title: 'disk', text: '', fields: [], color: 'good' };
    const link = { url: 'https://mackerel.io/orgs/a/alerts/1', label: 'alert' };
    expect(recogniseAlert(post({ text: '', parts: [green], links: [link] }))?.state).toBe('resolved');
    expect(recogniseAlert(post({ text: '', parts: [{ ...green, title: '[FIRING:1] disk' }] }))?.state).toBe('firing');
  });
});

describe('the runbooks that an alert names (R-06)', () => {
  it.each([
    ['[WARN] a\nrunbook_url: https://wiki.example.com/sqs', ['https://wiki.example.com/sqs']],
    ['[WARN] a\nランブック：sqs-backlog', ['sqs-backlog']],
    ['[WARN] a\n対応手順書: https://wiki.example.com/手順', ['https://wiki.example.com/']],
    ['[WARN] a\nrunbook: none', []],
    ['[WARN] a\nRunbook: -', []],
  ])('%s', (text, refs) => {
    expect(recogniseAlert(post({ text }))?.runbookRefs).toEqual(refs);
  });

  it('takes a link by its label and by its path, and nothing but http', () => {
    const links = [
      { url: 'https://wiki.example.com/x', label: '手順書' },
      { url: 'https://git.example.com/ops/runbooks/y.md', label: 'y' },
      { url: 'javascript:alert(1)', label: 'runbook' },
      { url: 'https://dash.example.com/', label: 'Dashboard' },
    ];
    const reading = recogniseAlert(post({ links }));
    expect(reading?.runbookRefs).toEqual(['https://wiki.example.com/x', 'https://git.example.com/ops/runbooks/y.md']);
    expect(reading?.links).toHaveLength(3);
  });

  it('finds the address behind a field that shows only a label', () => {
    const parts = [{ text: '', fields: [{ name: 'Runbook', value: 'Open' }] }];
    const links = [{ url: 'https://wiki.example.com/z', label: 'Open' }];
    expect(recogniseAlert(post({ parts, links }))?.runbookRefs).toEqual(['https://wiki.example.com/z']);
  });
});

describe('a link to PagerDuty', () => {
  it('counts only on PagerDuty’s own host', () => {
    const urls = [
      'https://acme.pagerduty.com/incidents/Q1',
      'https://acme.eu.pagerduty.com/incidents/Q2?x=1',
      'https://pagerduty.com.evil.example/incidents/Q3',
    ];
    expect(recogniseAlert(post({ links: urls.map((url) => ({ url, label: 'pd' })) }))?.pagerRefs).toEqual(['Q1', 'Q2']);
  });
});

describe('a hostile post', () => {
  const LONG = 100_000;
  it.each([
    ['brackets', '['.repeat(LONG)],
    ['closed brackets', '[FIRING]'.repeat(LONG / 8)],
    ['emoji codes', ':'.repeat(LONG)],
    ['spaces', `error${' '.repeat(LONG)}x`],
    ['asterisks', `error ${'*'.repeat(LONG)}x`],
    ['digits', `error ${'1,.:'.repeat(LONG / 4)}x`],
    ['pairs', 'a: b  '.repeat(LONG / 6)],
    ['tags', 'service:a '.repeat(LONG / 10)],
    ['lines', 'error\n'.repeat(LONG / 6)],
    ['addresses', 'https://x.pagerduty.com/incidents/Q1 '.repeat(2_000)],
    ['ligatures that grow', '\ufdfa'.repeat(LONG)],
    ['right to left and zero width', '\u202e\u200b\u2066error'.repeat(LONG / 8)],
    ['half characters', '\ud83d'.repeat(LONG)],
    ['faults after verbs', 'fix a-b handle c-d no '.repeat(LONG / 22)],
    ['letters', 'a'.repeat(LONG)],
    ['sentences', 'is is now is up '.repeat(LONG / 16)],
    ['ALARM names', `The alarm ${'x'.repeat(LONG)}`],
  ])('of 100 kB of %s gives a reading of bounded size (linear work)', (_name, text) => {
    const parts = [{ title: text, text, fields: [{ name: text, value: text }] }];
    const links = [{ url: `https://e.example/${text.slice(0, 5_000)}`, label: text }];
    const reading = recogniseAlert(post({ text, parts, links }));
    expect((reading?.title ?? '').length).toBeLessThanOrEqual(200);
    expect((reading?.text ?? '').length).toBeLessThanOrEqual(20_000);
    expect(JSON.stringify(reading ?? null).length).toBeLessThan(400_000);
  });

  it('shows no direction marks in the title', () => {
    expect(recogniseAlert(post({ text: '[CRITICAL] \u202eevil\u2066 db' }))?.title).toBe('evil db');
  });

  it('never throws, whatever it holds', () => {
    const seed = 20261122;
    const random = seeded(seed);
    for (let turn = 0; turn < 1_500; turn += 1) {
      const any = (): string =>
        random.text([
          '[FIRING:1]',
          '復旧',
          ': ',
          '\n',
          '](',
          '#',
          '*',
          'runbook',
          'https://[',
          'OK',
          '%',
          '12:30',
          '\ud83d',
          '|',
          'state',
        ]);
      const hostile = post({
        text: any(),
        parts: [{ title: any(), url: any(), text: any(), fields: [{ name: any(), value: any() }], color: any() }],
        links: [{ url: `https://${any()}`, label: any() }],
      });
      let thrown: unknown;
      try {
        const first = recogniseAlert(hostile);
        expect(recogniseAlert(hostile)).toEqual(first);
      } catch (cause) {
        thrown = cause;
      }
      expect({ seed, turn, thrown }).toEqual({ seed, turn, thrown: undefined });
    }
  });
});
