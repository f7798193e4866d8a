/** The manifest for a small start, and the link that creates the app. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createAppAddress, cutManifest } from '../../src/doctor/manifest.ts';
import type { Manifest } from '../../src/doctor/manifest.ts';
import { scopesFor } from '../../src/ports/rights.ts';

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;
const ALL = { handover: true, mentions: true, runbooks: true, incidents: true };
const NONE = { handover: false, mentions: false, runbooks: false, incidents: false };

describe('a manifest for a small start', () => {
  it('O-05 is the whole one where all features are on', () => {
    expect(cutManifest(manifest, ALL)).toEqual(manifest);
    expect(scopesFor(ALL)).toEqual(manifest.oauth_config.scopes.bot.toSorted());
  });

  it('O-05 leaves out what only features that are off need', () => {
    const small = cutManifest(manifest, { ...NONE, handover: true });
    expect(small.oauth_config.scopes.bot).toEqual(
      expect.arrayContaining(['chat:write', 'commands', 'users:read.email']),
    );
    expect(small.oauth_config.scopes.bot.filter((scope) => scope.endsWith(':history'))).toEqual([]);
    expect(small.settings.event_subscriptions?.bot_events ?? []).not.toContain('message.channels');
    expect(cutManifest(manifest, { ...NONE, runbooks: true }).settings.event_subscriptions?.bot_events).toContain(
      'message.groups',
    );
  });

  it('travels in the address that creates the app', () => {
    const address = new URL(createAppAddress(manifest));
    expect(`${address.origin}${address.pathname}`).toBe('https://api.slack.com/apps');
    expect(address.searchParams.get('new_app')).toBe('1');
    expect(JSON.parse(address.searchParams.get('manifest_json') ?? '')).toEqual(manifest);
  });

  it('is printed by npm run manifest, in both languages', () => {
    const run = (...options: string[]) =>
      spawnSync(process.execPath, ['src/manifest.ts', ...options], { encoding: 'utf8' });
    const english = parse(run('--lang', 'en', '--features', 'handover').stdout) as Manifest;
    expect(english).toEqual(
      cutManifest(parse(readFileSync('manifest.en.yml', 'utf8')) as Manifest, { ...NONE, handover: true }),
    );
    expect(run('--link').stdout.trim()).toBe(createAppAddress(cutManifest(manifest, ALL)));
    const refused = run('--features', 'pagers');
    expect([refused.status, refused.stderr.split('\n')[0]]).toEqual([2, '--features: there is no feature pagers.']);
  });
});
