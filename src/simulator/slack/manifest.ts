/** Reads from a manifest what Slack reads from it: scopes, subscriptions, commands and shortcuts. */
import { parse } from 'yaml';
import { fieldsOf, flagOf, itemsOf, listOf, textOf } from './wire-values.ts';

export interface SlackManifest {
  readonly scopes: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly commands: ReadonlyMap<
    string,
    { readonly escapes: boolean; readonly description: string; readonly usageHint: string }
  >;
  /** callback_id → where it is offered. */
  readonly shortcuts: ReadonlyMap<string, 'message' | 'global'>;
  /** callback_id → the name in the menu. */
  readonly shortcutNames: ReadonlyMap<string, string>;
  readonly interactive: boolean;
  readonly homeTab: boolean;
}

export function readManifest(text: string): SlackManifest {
  const manifest = fieldsOf(parse(text));
  const features = fieldsOf(manifest['features']);
  const settings = fieldsOf(manifest['settings']);
  const scopes = fieldsOf(fieldsOf(manifest['oauth_config'])['scopes']);
  return {
    scopes: new Set(listOf(itemsOf(scopes['bot']))),
    events: new Set(listOf(itemsOf(fieldsOf(settings['event_subscriptions'])['bot_events']))),
    commands: new Map(
      itemsOf(features['slash_commands'])
        .map(fieldsOf)
        .map((command) => [
          textOf(command['command']),
          {
            escapes: flagOf(command['should_escape']),
            description: textOf(command['description']),
            usageHint: textOf(command['usage_hint']),
          },
        ]),
    ),
    shortcuts: new Map(
      itemsOf(features['shortcuts'])
        .map(fieldsOf)
        .map((shortcut) => [textOf(shortcut['callback_id']), shortcut['type'] === 'global' ? 'global' : 'message']),
    ),
    shortcutNames: new Map(
      itemsOf(features['shortcuts'])
        .map(fieldsOf)
        .map((shortcut) => [textOf(shortcut['callback_id']), textOf(shortcut['name'])]),
    ),
    interactive: flagOf(fieldsOf(settings['interactivity'])['is_enabled']),
    homeTab: flagOf(fieldsOf(features['app_home'])['home_tab_enabled']),
  };
}
