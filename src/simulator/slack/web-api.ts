/** The Web API's front door: who calls, what may be called with what, and every call on record. */
import type { Methods } from './access.ts';
import type { Backend } from './backend.ts';
import { CHANNEL_KINDS } from './channels.ts';
import type { ChannelKind } from './channels.ts';
import { METHOD_CONTRACTS } from './method-contracts.ts';
import type { MethodContract } from './method-contracts.ts';
import { CANVAS_METHODS } from './methods-canvases.ts';
import { CHAT_METHODS } from './methods-chat.ts';
import { CONVERSATION_METHODS } from './methods-conversations.ts';
import { HISTORY_METHODS } from './methods-history.ts';
import { MARK_METHODS } from './methods-marks.ts';
import { PEOPLE_METHODS } from './methods-people.ts';
import { SURFACE_METHODS } from './methods-surfaces.ts';
import { Refusal, refusalWithMessages } from './refusal.ts';
import { flagOf, listOf, textOf } from './wire-values.ts';
import type { Answer, Fields } from './wire-values.ts';

/** Arguments that any method takes. */
const EVERYWHERE = new Set(['token', 'team_id']);
/** The SDK's filesUploadV2 sends the second name for the first. */
const ALSO_KNOWN: Readonly<Record<string, string>> = { alt_text: 'alt_txt' };
/** Arguments that a form carries as JSON. */
const NESTED = new Set([
  'attachments',
  'blocks',
  'channel_ids',
  'changes',
  'criteria',
  'document_content',
  'files',
  'metadata',
  'unfurled_attachments',
  'user_ids',
  'view',
]);

const SOCKET_METHODS: Methods = {
  'apps.connections.open': (_args, { sockets, origin, identity }) => {
    if (sockets.refused) throw new Refusal('internal_error');
    if (sockets.full) throw new Refusal('too_many_websockets');
    return { url: `${origin().replace(/^http/, 'ws')}/link/?ticket=${sockets.ticket()}&app_id=${identity.appId}` };
  },
};

export const METHODS: Methods = {
  ...CANVAS_METHODS,
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...HISTORY_METHODS,
  ...MARK_METHODS,
  ...PEOPLE_METHODS,
  ...SURFACE_METHODS,
  ...SOCKET_METHODS,
};

export interface Tokens {
  readonly botToken: string;
  readonly appToken: string;
}

/** Reads what a form carries as JSON; what is no JSON stays as it is and fails its own check later. */
export function readArguments(given: Fields): Fields {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      NESTED.has(name) && typeof value === 'string' ? parsed(value) : value,
    ]),
  );
}

/** Checks the call in the order in which Slack does, and makes it. Throws a Refusal. */
export function callMethod(method: string, args: Fields, token: string, tokens: Tokens, backend: Backend): Answer {
  const handler = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  const contract = METHOD_CONTRACTS[method];
  if (!handler || !contract) throw new Refusal('unknown_method', { req_method: method });
  checkToken(method, token, tokens);
  checkArguments(args, contract);
  checkScopes(method, args, contract, backend);
  backend.limits.countCall(method);
  return handler(args, backend);
}

function checkToken(method: string, token: string, tokens: Tokens): void {
  if (token === '') throw new Refusal('not_authed');
  if (token !== tokens.botToken && token !== tokens.appToken) throw new Refusal('invalid_auth');
  const wanted = method === 'apps.connections.open' ? tokens.appToken : tokens.botToken;
  if (token !== wanted) throw new Refusal('not_allowed_token_type');
}

function checkArguments(args: Fields, contract: MethodContract): void {
  const names = Object.keys(args).map((name) => ALSO_KNOWN[name] ?? name);
  const unknown = names.filter((name) => !EVERYWHERE.has(name) && !Object.hasOwn(contract.args, name));
  const missing = Object.entries(contract.args)
    .filter(([name, arg]) => arg.required && (args[name] === undefined || args[name] === null))
    .map(([name]) => name);
  const messages = [
    ...unknown.map((name) => `unknown argument: ${name} [json-pointer:/${name}]`),
    ...missing.map((name) => `missing required field: ${name} [json-pointer:/${name}]`),
  ];
  if (messages.length > 0) throw refusalWithMessages('invalid_arguments', messages);
}

function checkScopes(method: string, args: Fields, contract: MethodContract, backend: Backend): void {
  if (contract.scopes.length === 0) return;
  const byKind = contract.scopes.every((scope) => /^(channels|groups|im|mpim):/.test(scope));
  const kinds = byKind ? kindsOf(method, args, backend) : [];
  const groups = kinds.map((kind) =>
    contract.scopes.filter((scope) => scope.startsWith(`${CHANNEL_KINDS[kind].scope}:`)),
  );
  if (groups.some((group) => group.length === 0)) throw new Refusal('method_not_supported_for_channel_type');
  for (const group of groups.length > 0 ? groups : [contract.scopes]) {
    if (group.some((scope) => backend.manifest.scopes.has(scope))) continue;
    throw new Refusal('missing_scope', { needed: group.join(','), provided: [...backend.manifest.scopes].join(',') });
  }
}

/** The kinds of conversation that a call touches, each of which needs a scope of its own. */
function kindsOf(method: string, args: Fields, backend: Backend): ChannelKind[] {
  if (method === 'conversations.list' || method === 'users.conversations') {
    const types = listOf(args['types'] ?? 'public_channel');
    return KINDS.filter((kind) => types.includes(CHANNEL_KINDS[kind].listed));
  }
  if (method === 'conversations.create') return [flagOf(args['is_private']) ? 'private' : 'public'];
  if (method === 'conversations.open' && args['channel'] === undefined)
    return [listOf(args['users']).length > 1 ? 'mpim' : 'im'];
  const channel = backend.channels.all.get(textOf(args['channel']));
  return channel ? [channel.kind] : [];
}

const KINDS: readonly ChannelKind[] = ['public', 'private', 'im', 'mpim'];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
