/** README.md against the code: settings, scripts, routes, metrics. */

import { environmentNames } from '../../src/config/environment.ts';
import { tobanFileKeys } from '../../src/config/toban-file.ts';
import { createPrometheus } from '../../src/http/prometheus.ts';
import { argumentsAt, codeOnly } from '../house/support/scan.ts';
import { src } from '../house/support/sources.ts';
import { codeSpans, document, firstColumn, names, tablesOf, unnamed } from './support/documents.ts';

const readme = document('README.md');
const { scripts } = JSON.parse(document('package.json')) as { scripts: Record<string, string> };

/** CONTRACT's commands that this version brings. */
const COMMANDS = ['start', 'demo', 'test', 'match', 'bench', 'doctor'];

/** Cells that look like names of the environment and are none. */
function unknownEnvironmentNames(markdown: string): readonly string[] {
  return tablesOf(markdown)
    .flatMap(({ rows }) => rows.flatMap(([cell = '']) => codeSpans(cell)))
    .filter((span) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(span) && !environmentNames.includes(span));
}

/** Keys in tables whose first heading names toban.yml. `teams.sre.name` and `teams.TEAM.name` are `teams.*.name`. */
function unknownKeys(markdown: string): readonly string[] {
  return firstColumn(markdown, /toban\.yml/)
    .flatMap((span) => span.split(/\s*,\s*/))
    .filter((key) => !tobanFileKeys.includes(key.replace(/^teams\.[^.]+/, 'teams.*')));
}

const scriptsNamed = (markdown: string) =>
  codeSpans(markdown).flatMap((span) =>
    [...span.matchAll(/\bnpm (?:run(?: -\S+)* ([\w:-]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short ?? ''),
  );

describe('README.md', () => {
  it('is there', () => {
    expect(readme).not.toBe('');
  });

  it('names every setting of the environment and no other (O-01)', () => {
    expect(environmentNames.length).toBeGreaterThan(10);
    expect(unnamed(readme, environmentNames)).toEqual([]);
    expect(unknownEnvironmentNames(readme)).toEqual([]);
    expect(unknownEnvironmentNames('| Name |\n|---|\n| `SLACK_TOKEN` |\n| `SLACK_BOT_TOKEN` |')).toEqual([
      'SLACK_TOKEN',
    ]);
  });

  it('and toban.example.yml name every key of toban.yml; its tables name no other (O-01)', () => {
    const example = `~~~\n${document('toban.example.yml')}\n~~~`;
    const last = (key: string) => /[\w]+$/.exec(key.replace(/\[\]$/, ''))?.[0] ?? key;
    const missing = tobanFileKeys.filter((key) => !names(readme, key) && !names(example, last(key)));
    expect(missing).toEqual([]);
    expect(unknownKeys(readme)).toEqual([]);
    expect(unknownKeys('| `toban.yml` |\n|---|\n| `teams.sre.name`, `locale` |\n| `teams.sre.nam` |')).toEqual([
      'teams.sre.nam',
    ]);
  });

  it('names only npm scripts that are there, and all that people are promised', () => {
    expect(COMMANDS.filter((name) => !(name in scripts))).toEqual([]);
    expect(scriptsNamed(readme).filter((name) => !(name in scripts))).toEqual([]);
    expect(COMMANDS.filter((name) => !scriptsNamed(readme).includes(name))).toEqual([]);
    expect(scriptsNamed('`npm ci && npm run -s match -- --x`, `npm test`, `npm start`, npm run none')).toEqual([
      'match',
      'test',
      'start',
    ]);
  });

  it('and README.ja.md name only scripts that are there; the Japanese one names those that people start with', () => {
    const japanese = document('README.ja.md');
    expect(scriptsNamed(japanese).filter((name) => !(name in scripts))).toEqual([]);
    expect(
      ['demo', 'test', 'doctor', 'start', 'db', 'manifest'].filter((one) => !scriptsNamed(japanese).includes(one)),
    ).toEqual([]);
  });

  it('names every HTTP route', () => {
    const routes = [...(src()['http/server.ts'] ?? '').matchAll(/'(?:GET|POST) (\/[\w/]+)'/g)].map(([, path]) => path);
    expect(routes).toEqual(expect.arrayContaining(['/healthz', '/metrics', '/pagerduty/webhook', '/slack/events']));
    expect(routes.filter((path) => !names(readme, path ?? ''))).toEqual([]);
  });

  it('names every metric and no other', async () => {
    const { text } = await createPrometheus().text();
    const metrics = [...text.matchAll(/^# TYPE (toban_\w+)/gm)].map(([, name]) => name ?? '');
    expect(metrics.length).toBeGreaterThan(8);
    expect(unnamed(readme, metrics)).toEqual([]);
    const named = codeSpans(readme).flatMap((span) => span.match(/\btoban_[a-z_]+\b/g) ?? []);
    expect(named.filter((name) => !metrics.includes(name.replace(/_(?:bucket|sum|count)$/, '')))).toEqual([]);
  });
});

describe('the metrics', () => {
  it('are counted with the labels that they were declared with', () => {
    const metrics = createPrometheus();
    const calls = Object.entries(src()).flatMap(([path, text]) => {
      const code = codeOnly(text);
      return [...code.matchAll(/\bmetrics\.(count|gauge)\(/g)].map((match) => {
        const given = argumentsAt(text, code, match.index + match[0].length - 1);
        const method = match[1] as 'count' | 'gauge';
        return { path, method, name: (given[0] ?? '').slice(1, -1), labels: given[method === 'count' ? 1 : 2] ?? '{}' };
      });
    });
    expect(calls.length).toBeGreaterThan(10);
    for (const { method, name, labels } of calls) {
      const keys = labels
        .replace(/^\{|\}$/g, '')
        .split(',')
        .map((part) => part.split(':')[0]?.trim() ?? '')
        .filter((key) => key !== '');
      const set = Object.fromEntries(keys.map((key) => [key, 'x']));
      // prom-client throws at a label that was not declared.
      if (method === 'count') metrics.count(name as never, set);
      else metrics.gauge(name as never, 1, set);
    }
    expect(() => metrics.count('toban_posts_total', { tool: 'x' })).toThrow('tool');
  });
});
