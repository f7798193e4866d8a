/** A Slack manifest cut down to what the wanted features need, and the address that creates an app from it. */

import { EVENTS, isNeeded, SCOPES, SHORTCUTS } from '../ports/rights.ts';
import type { Features, NeededBy } from '../ports/rights.ts';

interface Shortcut {
  readonly callback_id: string;
}

/** What is read of a manifest; the rest goes through as it is. */
export interface Manifest {
  readonly features: { readonly shortcuts?: readonly Shortcut[]; readonly [key: string]: unknown };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions?: { readonly bot_events?: readonly string[] };
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/** A feature off takes its scopes, its events and its shortcuts with it. */
export function cutManifest(manifest: Manifest, features: Features): Manifest {
  const kept = (neededBy: NeededBy | undefined) => isNeeded(neededBy ?? 'always', features);
  const { shortcuts = [], ...faces } = manifest.features;
  const { event_subscriptions: subscriptions, ...settings } = manifest.settings;
  const shown = shortcuts.filter(({ callback_id: id }) => kept(SHORTCUTS[id]));
  const events = (subscriptions?.bot_events ?? []).filter((event) => kept(EVENTS[event]));
  return {
    ...manifest,
    features: { ...faces, ...(shown.length > 0 ? { shortcuts: shown } : {}) },
    oauth_config: {
      ...manifest.oauth_config,
      scopes: { bot: manifest.oauth_config.scopes.bot.filter((scope) => kept(SCOPES[scope]?.neededBy)) },
    },
    settings: { ...settings, ...(events.length > 0 ? { event_subscriptions: { bot_events: events } } : {}) },
  };
}

/** Opens Slack's "create an app" dialog with the manifest filled in (docs.slack.dev/app-manifests). */
export function createAppAddress(manifest: Manifest): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`;
}
