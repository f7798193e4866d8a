/** Alertmanager and Grafana alerting, which share the `[FIRING:1] Name (labels)` title and the list of labels. */

import { valueOf } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { fold } from '../folding.ts';
import type { ToolHint } from '../tool-hint.ts';
import { linkMatches } from '../tool-hint.ts';

const TITLE = /^\W{0,10}(?::[a-z_]{1,40}:\s?)?\[(?:firing|resolved)(?::\d{1,6})?(?:, ?resolved:\d{1,6})?\]/i;
const GRAFANA_LINK = /\/alerting\/(?:grafana\/|silence\/|list\b|groups\b|[^/]{1,60}\/view\b)/i;
const ALERTMANAGER_LINK = /\/#\/(?:alerts|silences)\b/i;
// These go with the rule or the sender, not with what is broken, and may differ between firing and recovery.
const NOT_IDENTITY = new Set(['severity', 'prometheus', 'ref_id', 'datasource_uid', 'priority']);

function fingerprintLabel(facts: Facts): string | undefined {
  const value = valueOf(facts, ['fingerprint']);
  return value !== undefined && /^[0-9a-f]{8,64}$/i.test(value) ? value.toLowerCase() : undefined;
}

/** `name = value` lines of Grafana's and the usual Alertmanager templates, of every alert in the post. */
function labels(facts: Facts): string[] {
  const found = new Set<string>();
  let inside = false;
  for (const raw of facts.lines) {
    const line = raw.replace(/[*`]/g, '').trim();
    if (/^labels\s?:$/i.test(line)) inside = true;
    else if (/^(?:annotations\s?:|source\s?:|silence\s?:|value\s?:)/i.test(line)) inside = false;
    else if (inside) {
      const pair = /^[-•]\s{0,3}([\w.-]{1,100})\s?[=:]\s?(.{1,500})$/.exec(line);
      if (pair?.[1] !== undefined && !NOT_IDENTITY.has(pair[1])) found.add(`${pair[1]}=${fold(pair[2] ?? '')}`);
    }
  }
  return [...found].sort();
}

function keys(facts: Facts): string[] {
  const name = valueOf(facts, ['alertname']);
  const all = labels(facts);
  const print = fingerprintLabel(facts);
  return [
    ...(print === undefined ? [] : [print]),
    ...(name === undefined ? [] : [name]),
    ...(all.length === 0 || name === undefined ? [] : [`${name}{${all.join(',')}}`.slice(0, 1_000)]),
  ];
}

function identity(facts: Facts): string | undefined {
  const all = labels(facts);
  return fingerprintLabel(facts) ?? (all.length === 0 ? undefined : all.join(','));
}

const title = (facts: Facts): string | undefined => facts.heads.find((line) => TITLE.test(line));

export const grafana: ToolHint = {
  tool: 'grafana',
  sentBy: ({ by }) => by.includes('grafana'),
  looksLike: (facts) => linkMatches(facts, GRAFANA_LINK).length > 0 || valueOf(facts, ['grafana_folder']) !== undefined,
  title,
  keys: () => [],
  identity,
};

export const alertmanager: ToolHint = {
  tool: 'alertmanager',
  sentBy: ({ by }) => /alert ?manager|prometheus/.test(by),
  looksLike: (facts) => title(facts) !== undefined || linkMatches(facts, ALERTMANAGER_LINK).length > 0,
  title,
  keys,
  identity,
};
