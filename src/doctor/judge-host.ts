/** Judges what was seen of the machine: Node, the database, the webhook route, the runbooks. */

import type { Facts } from './facts.ts';
import { fault, fine } from './finding.ts';
import type { Finding } from './finding.ts';
import { hostMessages } from './host-messages.ts';
import type { Setup } from './setup.ts';

const LITTLE_BYTES = 200 * 1024 * 1024;

export function judgeHost(setup: Setup, { host }: Facts): readonly Finding[] {
  const words = hostMessages[setup.style.locale];
  return [
    isOld(host.node)
      ? fault('host.node', 'fatal', words.oldNode(host.node))
      : fine('host.node', words.nodeFine(host.node)),
    ...judgeDatabase(setup, host.database),
    ...judgeWebhook(setup, host.webhook),
    ...judgeRunbooks(setup, host.runbooks),
  ];
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 22 || (major === 22 && minor < 18);
}

function judgeDatabase({ databaseUrl: url, style }: Setup, seen: Facts['host']['database']): readonly Finding[] {
  const words = hostMessages[style.locale];
  if (seen.kind === 'unwritable') return [fault('host.database', 'fatal', words.unwritable(url, seen.code))];
  if (seen.kind === 'newer') return [fault('host.database', 'fatal', words.newer(url, seen.migration))];
  if (seen.kind === 'damaged') return [fault('host.database', 'fatal', words.damaged(url, seen.detail))];
  const state = fine('host.database', seen.kind === 'fresh' ? words.databaseFresh(url) : words.databaseFine(url));
  if (seen.freeBytes >= LITTLE_BYTES) return [state];
  return [state, fault('host.disk', 'warning', words.littleSpace(Math.floor(seen.freeBytes / 1024 / 1024)))];
}

function judgeWebhook({ webhook, style }: Setup, seen: Facts['host']['webhook']): readonly Finding[] {
  if (!webhook || !seen) return [];
  const words = hostMessages[style.locale];
  const address = `http://${webhook.host}:${webhook.port}/pagerduty/webhook`;
  if (seen.kind !== 'answered') return [fault('host.webhook', 'warning', words.webhookSilent(address))];
  if (seen.value !== 401) return [fault('host.webhook', 'warning', words.webhookOff(address, seen.value))];
  return [fine('host.webhook', words.webhookFine)];
}

function judgeRunbooks({ runbooksDir, style }: Setup, seen: Facts['host']['runbooks']): readonly Finding[] {
  if (!seen) return [];
  const words = hostMessages[style.locale];
  if (seen.faults.length > 0) {
    return seen.faults.map(({ path, line, message }) =>
      fault('runbooks.pages', 'warning', words.runbook(line === undefined ? path : `${path}:${line}`, message)),
    );
  }
  if (seen.pages === 0) return [fault('runbooks.pages', 'warning', words.noRunbooks(runbooksDir))];
  return [fine('runbooks.pages', words.runbooksFine(seen.pages))];
}
