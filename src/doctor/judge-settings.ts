/** Judges tokens, settings and admins: what can be told before anybody is asked. */

import type { SecretKind, SecretName } from '../ports/probes.ts';
import { fault, fine } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Facts } from './facts.ts';
import type { Setup } from './setup.ts';
import { settingsMessages } from './settings-messages.ts';

export function judgeSettings(setup: Setup, { slack }: Facts): readonly Finding[] {
  return [...judgeTokens(setup), ...judgeFaults(setup), ...judgeAdmins(setup, slack.unknownAdmins ?? [])];
}

const EXPECTED: Readonly<Record<SecretName, SecretKind>> = {
  SLACK_BOT_TOKEN: 'bot',
  SLACK_APP_TOKEN: 'app',
  SLACK_SIGNING_SECRET: 'plain',
  PAGERDUTY_TOKEN: 'plain',
};

/** Only these may be missing: one of the two is enough. */
const EITHER: readonly SecretName[] = ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'];

function judgeTokens({ secrets, style }: Setup): readonly Finding[] {
  const words = settingsMessages[style.locale];
  if (secrets.SLACK_BOT_TOKEN === 'app' && secrets.SLACK_APP_TOKEN === 'bot') {
    return [fault('settings.tokens', 'fatal', words.swapped())];
  }
  const findings: Finding[] = [];
  for (const name of Object.keys(EXPECTED) as SecretName[]) {
    const kind = secrets[name];
    const check = `settings.${name}`;
    if (kind === 'missing') {
      if (!EITHER.includes(name)) findings.push(fault(check, 'fatal', words.missing(name)));
    } else if (kind !== EXPECTED[name]) findings.push(fault(check, 'fatal', words.wrongKind(name, kind)));
  }
  if (EITHER.every((name) => secrets[name] === 'missing')) {
    findings.push(fault('settings.SLACK_APP_TOKEN', 'fatal', words.noLine()));
  }
  return findings.length > 0 ? findings : [fine('settings.tokens', words.tokensFine)];
}

/** Tokens have words of their own above. */
function judgeFaults({ faults, secrets, teams, style }: Setup): readonly Finding[] {
  const words = settingsMessages[style.locale];
  const others = faults.filter(({ where }) => {
    if (where === '.env') return false;
    const kind = secrets[where as SecretName];
    return kind === undefined || kind === EXPECTED[where as SecretName];
  });
  if (others.length === 0) return faults.length === 0 ? [fine('settings.file', words.settingsFine(teams.length))] : [];
  return others.map(({ where, message }) => {
    if (where === 'TOBAN_CONFIG' && message.startsWith('no file'))
      return fault('settings.file', 'fatal', words.noFile());
    // By its own rule a fault says what is; what is expected; what to do.
    const [what = '', should = '', ...todo] = message.split('; ');
    return fault('settings.file', 'fatal', words.badSetting(where, what, should, todo.join('; ')));
  });
}

function judgeAdmins({ admins, usable, style }: Setup, unknown: readonly string[]): readonly Finding[] {
  const words = settingsMessages[style.locale];
  if (!usable.file) return [];
  if (admins.length === 0) return [fault('settings.admins', 'warning', words.noAdmins())];
  if (unknown.length > 0) return unknown.map((id) => fault('settings.admins', 'warning', words.unknownAdmin(id)));
  return [fine('settings.admins', words.adminsFine(admins.length))];
}
