/** The manifests against the code: what they install is what the bot answers, with the least scopes. */

import { parse } from 'yaml';
import { createAppAddress, cutManifest } from '../src/doctor/manifest.ts';
import { EVENTS, FEATURE_NAMES, SCOPES, SHORTCUTS } from '../src/ports/rights.ts';
import { codeSpans, document, firstColumn, tablesOf } from './documents/support/documents.ts';
import { codeOnly } from './house/support/scan.ts';
import { src } from './house/support/sources.ts';

interface Manifest {
  readonly features: {
    readonly slash_commands?: readonly { readonly command: string }[];
    readonly shortcuts?: readonly { readonly callback_id: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions?: { readonly bot_events?: readonly string[] } };
}

const manifest = parse(document('manifest.yml')) as Manifest;
const english = parse(document('manifest.en.yml')) as Manifest;
const scopes = manifest.oauth_config.scopes.bot;
const events = manifest.settings.event_subscriptions?.bot_events ?? [];

const slackSources = Object.entries(src()).filter(([path]) => path.startsWith('slack/'));
const slack = slackSources.map(([, text]) => text).join('\n');

/** What an event needs before Slack delivers it (docs.slack.dev/reference/events). */
const EVENT_SCOPES: Readonly<Record<string, string>> = {
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  app_mention: 'app_mentions:read',
  member_joined_channel: 'channels:read',
  channel_rename: 'channels:read',
  channel_archive: 'channels:read',
  group_rename: 'groups:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  user_change: 'users:read',
};

/** Words that people read; the rest is what the app is. */
const WORDS = new Set(['name', 'description', 'long_description', 'usage_hint', 'display_name']);

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (WORDS.has(key) ? [] : [[key, withoutWords(inner)]])),
  );
}

/** `client.chat.postMessage(` → chat.postMessage */
function methodsCalled(text: string): readonly string[] {
  const found = codeOnly(text).matchAll(/\bclient\s*\.\s*([a-zA-Z]+(?:\s*\.\s*[a-zA-Z]+)+)\s*\(/g);
  const not = new Set(['on', 'start', 'disconnect']);
  return [...new Set([...found].map(([, path = '']) => path.replaceAll(/\s/g, '')))].filter((path) => !not.has(path));
}

const contracts = JSON.parse(document('test/contracts/slack-methods.json')) as Readonly<
  Record<string, { readonly scopes: readonly string[] }>
>;
const called = methodsCalled(slack);

describe('manifest.yml', () => {
  it('differs from manifest.en.yml in words for people only', () => {
    expect(withoutWords(english)).toEqual(withoutWords(manifest));
    expect(withoutWords({ a: [{ command: '/x', description: 'y' }] })).toEqual({ a: [{ command: '/x' }] });
    expect(JSON.stringify(english)).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  it('subscribes to the events that the bot listens to, and no other', () => {
    const listened = [...slack.matchAll(/\.event\('(\w+)'/g)].map(([, name]) => name);
    expect(listened).not.toEqual([]);
    expect(new Set(events.map((name) => name.split('.')[0]))).toEqual(new Set(listened));
  });

  it('has the commands that the bot answers, and no other', () => {
    const answered = [...slack.matchAll(/\.command\((?:'([^']+)'|\/\^\\(\/\w+)\$\/)/g)].map(([, a, b]) => a ?? b);
    expect(manifest.features.slash_commands?.map(({ command }) => command)).toEqual(answered);
  });

  it('has the shortcuts that the bot answers, and no other', () => {
    const answered = [...slack.matchAll(/\.shortcut\('(\w+)'/g)].map(([, name]) => name);
    expect(manifest.features.shortcuts?.map(({ callback_id: id }) => id) ?? []).toEqual(answered);
  });

  it('gives the scopes that the called methods need', () => {
    expect(called).toEqual(expect.arrayContaining(['chat.postMessage', 'conversations.history', 'auth.test']));
    expect(called.filter((method) => !(method in contracts))).toEqual([]);
    const short = called.filter((method) => {
      const needed = contracts[method]?.scopes ?? [];
      // Several scopes of a method are one for each kind of conversation.
      return needed.length > 0 && !needed.some((scope) => scopes.includes(scope));
    });
    expect(short).toEqual([]);
    expect(events.filter((event) => !scopes.includes(EVENT_SCOPES[event] ?? 'none known'))).toEqual([]);
  });

  it('gives no scope that nothing needs', () => {
    const needed = new Set([
      ...called.flatMap((method) => contracts[method]?.scopes ?? []),
      ...events.map((event) => EVENT_SCOPES[event]),
      ...(manifest.features.slash_commands || manifest.features.shortcuts ? ['commands'] : []),
    ]);
    expect(scopes.filter((scope) => !needed.has(scope))).toEqual([]);
    expect(scopes.filter((scope) => /^(?:im|mpim):/.test(scope))).toEqual(['im:write']);
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('O-05 says in src/ports/rights.ts which feature needs each scope, event and shortcut', () => {
    expect(Object.keys(SCOPES).toSorted()).toEqual(scopes.toSorted());
    expect(Object.keys(EVENTS).toSorted()).toEqual(events.toSorted());
    expect(Object.keys(SHORTCUTS).toSorted()).toEqual(
      (manifest.features.shortcuts ?? []).map(({ callback_id: id }) => id).toSorted(),
    );
  });

  it('O-05 has those features in the table of README.md: ○ where needed', () => {
    const table = tablesOf(document('README.md')).find(({ head }) => head[0] === 'Scope');
    const shown = (table?.rows ?? []).map(([scope, ...cells]) => [codeSpans(scope ?? '')[0], ...cells.slice(0, 4)]);
    const wanted = Object.entries(SCOPES).map(([scope, { neededBy }]) => [
      scope,
      ...FEATURE_NAMES.map((feature) => (neededBy === 'always' || neededBy.includes(feature) ? '○' : '')),
    ]);
    expect(table?.head.slice(1, 5).map((cell) => codeSpans(cell)[0])).toEqual(FEATURE_NAMES);
    expect(Object.fromEntries(shown.map((row) => [row[0], row]))).toEqual(
      Object.fromEntries(wanted.map((row) => [row[0], row])),
    );
  });

  it('is what the links of README.md and README.ja.md create: npm run -s manifest -- --write renews them', () => {
    const links = ['README.md', 'README.ja.md'].flatMap((path) =>
      [...document(path).matchAll(/^\[create-app-(ja|en)(-handover)?\]: (\S+)$/gm)].map(([, lang, small, address]) => {
        const whole = (lang === 'ja' ? manifest : english) as never;
        const features = { handover: true, mentions: !small, runbooks: !small, incidents: !small };
        return { address, wanted: createAppAddress(cutManifest(whole, features)) };
      }),
    );
    expect(links).toHaveLength(6);
    const manifestIn = (address = '') => new URL(address).searchParams.get('manifest_json') ?? '';
    for (const { address, wanted } of links) expect(manifestIn(address)).toBe(manifestIn(wanted));
  });

  it('has each scope explained in README.md, and README.md explains no other', () => {
    // connections:write belongs to the app-level token, which no manifest can carry.
    const explained = firstColumn(document('README.md'), /scope|スコープ/i).filter(
      (one) => one !== 'connections:write',
    );
    expect(explained.toSorted()).toEqual(scopes.toSorted());
  });

  it('is seen through by the scan', () => {
    const text =
      '// client.pins.add(\nawait this.#deps.client.chat\n  .update({}); client.on(x); client.users.info({})';
    expect(methodsCalled(text)).toEqual(['chat.update', 'users.info']);
  });

  it('is the only way to the Web API: no method is called by its name', () => {
    expect(slackSources.filter(([, text]) => /\.apiCall\(/.test(codeOnly(text))).map(([path]) => path)).toEqual([]);
  });
});
