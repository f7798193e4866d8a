import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintRunbook } from '../../src/runbooks/lint.ts';

const GOOD = `---
title: レプリカラグ増大
keywords: [レプリカラグ]
services: [aurora]
owner: sre
severity: SEV2
first_checks: [接続数]
links:
  - { title: Grafana, url: "https://grafana.example/d/1" }
reviewed_at: 2026-11-01
---
本文
`;

describe('the lint of our own runbooks', () => {
  it('R-13 accepts a complete page', () => {
    expect(lintRunbook('a.md', GOOD)).toEqual([]);
  });

  it('R-13 names the file and the line of a missing keyword', () => {
    expect(lintRunbook('db/a.md', GOOD.replace(/^keywords.*\n/m, ''))).toEqual([
      { path: 'db/a.md', line: 1, message: 'keywords is missing' },
    ]);
    expect(lintRunbook('db/a.md', GOOD.replace('[レプリカラグ]', '[]'))).toEqual([
      { path: 'db/a.md', line: 3, message: 'keywords must be a list of texts, not empty' },
    ]);
  });

  it.each([
    ['severity: SEV2', 'severity: SEV5', 6],
    ['severity: SEV2', 'severity: high', 6],
    ['reviewed_at: 2026-11-01', 'reviewed_at: 2026-02-30', 10],
    ['reviewed_at: 2026-11-01', 'reviewed_at: yesterday', 10],
    ['url: "https://grafana.example/d/1"', 'url: "javascript:alert(1)"', 8],
    ['title: レプリカラグ増大', 'title: ""', 2],
    ['[レプリカラグ]', '[DB, ＤＢ]', 3],
    ['本文', '', 11],
  ])('R-13 refuses "%s" as "%s"', (from, to, line) => {
    const faults = lintRunbook('a.md', GOOD.replace(from, to));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ path: 'a.md', line });
  });

  it('R-13 finds every fault at once, and broken pages', () => {
    expect(lintRunbook('a.md', '---\ntitle: x\n---\nbody')).toHaveLength(7);
    expect(lintRunbook('a.md', '# no front matter')).toHaveLength(1);
    expect(lintRunbook('a.md', '---\ntitle: [\n---\n')).toHaveLength(1);
  });

  it('R-13 finds no fault in the runbooks of this repository', () => {
    const dir = join(import.meta.dirname, '../../runbooks');
    const pages = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(0);
    const faults = pages.flatMap((path) => lintRunbook(`runbooks/${path}`, readFileSync(join(dir, path), 'utf8')));
    expect(faults.map(({ path, line, message }) => `${path}:${line}: ${message}`)).toEqual([]);
  });
});
