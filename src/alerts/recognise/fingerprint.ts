/** One key for everything that one alert ever says, and another for every other alert. */

import { createHash } from 'node:crypto';
import type { Facts } from './facts.ts';
import { fold } from './folding.ts';
import { normaliseTitle } from './normalise-title.ts';
import type { ToolHint } from './tool-hint.ts';

/** Fields that name what is broken: a rule fires for many hosts under one title. */
const ENTITY = new Set(
  (
    'host hostname instance instance_id node pod container entity target resource device database db queue bucket function volume ' +
    'service application app namespace cluster region monitor url endpoint site check job ' +
    'ホスト ホスト名 サーバ サーバー リソース 対象 対象ホスト インスタンス サービス ジョブ 監視対象 監視項目'
  ).split(' '),
);
const MAX_ENTITIES = 12;

function entities(facts: Facts, title: string): string[] {
  const found = new Set<string>();
  for (const { name, value } of facts.pairs) {
    const said = normaliseTitle(value.slice(0, 200));
    if (found.size >= MAX_ENTITIES) break;
    if (ENTITY.has(name) && said !== '' && !title.includes(said)) found.add(`${name}=${said}`);
  }
  return [...found].sort();
}

export function fingerprintOf(facts: Facts, hint: ToolHint | undefined, title: string): string {
  const origin = hint?.tool ?? facts.author.appId ?? facts.author.botId ?? fold(facts.author.name);
  const own = hint?.identity?.(facts, title);
  const normal = normaliseTitle(title);
  const identity = own === undefined ? ['title', normal, ...entities(facts, normal)] : ['id', own];
  return `${hint?.tool ?? 'other'}:${createHash('sha256')
    .update([origin, ...identity].join('\n'))
    .digest('hex')
    .slice(0, 32)}`;
}
