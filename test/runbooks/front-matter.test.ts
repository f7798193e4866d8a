import { readRunbook } from '../../src/runbooks/front-matter.ts';
import type { Runbook } from '../../src/domain/runbook.ts';

const read = (content: string | Uint8Array, path = 'a.md'): Runbook => {
  const reading = readRunbook(path, content);
  if (reading.kind === 'fault') throw new Error(reading.fault.message);
  return reading.runbook;
};

const faultOf = (content: string | Uint8Array): { line?: number; message: string } => {
  const reading = readRunbook('a.md', content);
  if (reading.kind === 'runbook') throw new Error('no fault');
  expect(reading.fault.path).toBe('a.md');
  return reading.fault;
};

describe('a runbook file', () => {
  it('R-13 gives every field of its front matter', () => {
    const runbook = read(`---
title: レプリカラグ増大
keywords: [レプリカラグ, AuroraReplicaLag]
services: [aurora]
owner: sre
severity: SEV2
first_checks:
  - CPU: 90% 以上か
  - 接続数
links:
  - { title: Grafana, url: "https://grafana.example/d/1" }
reviewed_at: 2026-11-01
---

# レプリカラグ増大

本文
`);
    expect(runbook).toEqual({
      path: 'a.md',
      title: 'レプリカラグ増大',
      keywords: ['レプリカラグ', 'AuroraReplicaLag'],
      services: ['aurora'],
      owner: 'sre',
      severity: 'SEV2',
      firstChecks: ['CPU: 90% 以上か', '接続数'],
      links: [{ title: 'Grafana', url: 'https://grafana.example/d/1' }],
      reviewedAt: '2026-11-01',
      body: '# レプリカラグ増大\n\n本文',
    });
  });

  it('R-13 needs no front matter at all', () => {
    expect(read('# Core **DNS** `errors`\n\ntext').title).toBe('Core DNS errors');
    expect(read('text only', 'net/core-dns.md').title).toBe('core-dns');
    expect(read('```\n# a comment\n```\n# Title').title).toBe('Title');
    expect(read('', 'empty.md')).toMatchObject({ title: 'empty', keywords: [], body: '' });
    expect(read('---\n---\n# T').title).toBe('T');
  });

  it('leaves keys of other tools alone and takes other types as they are meant', () => {
    const runbook = read(
      '---\ntitle: 404\nweight: 20\ndraft: false\ndate: 2024-01-01T00:00:00Z\nkeywords: "lag, 遅延、 delay"\nservices: aurora\nowner: [x]\nlinks: ["https://a.example"]\nfirst_checks: 5\n---\nb',
    );
    expect(runbook).toMatchObject({ title: '404', keywords: ['lag', '遅延', 'delay'], services: ['aurora'], firstChecks: ['5'] });
    expect(runbook.links).toEqual([{ title: 'https://a.example', url: 'https://a.example' }]);
    expect(runbook.owner).toBeUndefined();
  });

  it('reads CRLF and a byte order mark', () => {
    expect(read('\ufeff---\r\ntitle: T\r\nkeywords:\r\n  - k\r\n---\r\nline\r\n')).toMatchObject({
      title: 'T',
      keywords: ['k'],
      body: 'line',
    });
    expect(read(Buffer.from('\ufeff---\ntitle: T\n---\n')).title).toBe('T');
  });

  it('R-07 names the line of broken front matter', () => {
    expect(faultOf('---\ntitle: x\nkeywords: [a, b\nowner: y\n---\n').message).toContain('not valid YAML');
    expect(faultOf('---\ntitle: x\nowner: y\nbad: "z\n---\n').line).toBe(4);
    expect(faultOf('---\ntitle: a: b: c\n---\n').line).toBe(2);
    expect(faultOf('---\n- a\n- b\n---\n').message).toContain('key: value');
    expect(faultOf('---\ntitle: x\n\ntext')).toMatchObject({ line: 1 });
    expect(faultOf('---\na: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n---\n').message).toContain('YAML');
  });

  it('R-07 refuses bytes that are not UTF-8 and says where', () => {
    expect(faultOf(Buffer.from([...Buffer.from('# a\n\n'), 0x83, 0x8c, 0x83]))).toMatchObject({ line: 3 });
  });

  it('runs nothing that stands in the front matter', () => {
    expect(read('---js\n{ title: 1+1 }\n---\n# Safe').title).toBe('Safe');
    const runbook = read('---\ntitle: !!js/function "function(){ return 1 }"\n__proto__: { x: 1 }\n---\n# Safe');
    expect(typeof runbook.title).toBe('string');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
