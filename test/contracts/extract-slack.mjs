// Makes test/contracts/slack-methods.json and src/simulator/slack/method-contracts.ts from a folder of Slack method descriptions.
// Usage: node test/contracts/extract-slack.mjs PATH/TO/slack-methods
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const METHODS = [
  'apps.connections.open', 'auth.test', 'bookmarks.add', 'bookmarks.edit', 'bookmarks.list', 'bookmarks.remove', 'bots.info',
  'canvases.access.set', 'canvases.create', 'canvases.delete', 'canvases.edit', 'canvases.sections.lookup', 'chat.delete', 'chat.getPermalink', 'chat.postEphemeral', 'chat.postMessage', 'chat.update',
  'conversations.archive', 'conversations.canvases.create', 'conversations.create', 'conversations.history', 'conversations.info',
  'conversations.invite', 'conversations.join', 'conversations.kick', 'conversations.leave', 'conversations.list',
  'conversations.members', 'conversations.open', 'conversations.rename', 'conversations.replies', 'conversations.setPurpose',
  'conversations.setTopic', 'conversations.unarchive', 'files.completeUploadExternal', 'files.getUploadURLExternal', 'files.info',
  'pins.add', 'pins.list', 'pins.remove', 'reactions.add', 'reactions.get', 'reactions.remove', 'team.info', 'usergroups.disable',
  'usergroups.enable', 'usergroups.list', 'usergroups.users.list', 'usergroups.users.update', 'users.conversations', 'users.info',
  'users.list', 'users.lookupByEmail', 'views.open', 'views.publish', 'views.push', 'views.update',
];

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder that holds the method descriptions, e.g. specs/slack-methods');

const contracts = {};
for (const method of METHODS) {
  const spec = JSON.parse(readFileSync(join(folder, `${method}.json`), 'utf8'));
  const tier = /^Tier (\d)/.exec(spec.rate_limit?.label ?? '')?.[1];
  contracts[method] = {
    args: Object.fromEntries(Object.entries(spec.args ?? {}).map(([name, arg]) => [name, { required: arg.required === true }])),
    scopes: (spec.scopes?.bot ?? []).map((scope) => scope.name),
    errors: Object.keys(spec.errors ?? {}).sort(),
    tier: tier ? Number(tier) : null,
  };
}

writeFileSync(new URL('slack-methods.json', import.meta.url), `${JSON.stringify(contracts, null, 2)}\n`);

const lines = Object.entries(contracts).map(([method, contract]) => `  '${method}': ${JSON.stringify(contract)},`);
writeFileSync(
  new URL('../../src/simulator/slack/method-contracts.ts', import.meta.url),
  `/** What Slack's own method descriptions say: arguments, bot scopes, errors, rate tier; made by test/contracts/extract-slack.mjs. */

export interface MethodContract {
  readonly args: Readonly<Record<string, { readonly required: boolean }>>;
  readonly scopes: readonly string[];
  readonly errors: readonly string[];
  /** Rate limit tier 1 to 4; null where Slack says "special". */
  readonly tier: number | null;
}

export const METHOD_CONTRACTS: Readonly<Record<string, MethodContract>> = {
${lines.join('\n')}
};
`,
);
