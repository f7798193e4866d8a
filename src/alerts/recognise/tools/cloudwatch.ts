/** CloudWatch alarms: by AWS Chatbot / Amazon Q Developer, by mail-like text, or by a home-made Lambda. */

import type { Facts } from '../facts.ts';
import { fold } from '../folding.ts';
import type { ToolHint } from '../tool-hint.ts';
import { linkMatches } from '../tool-hint.ts';

// The Slack app of AWS Chatbot, now Amazon Q Developer; it posts other notices too, so it proves nothing alone.
const AWS_APP = 'A6L22LZNH';
const CONSOLE =
  /^https:\/\/[a-z0-9.-]{0,80}console\.(?:aws\.amazon|amazonaws)\.com(?:\.cn)?\/cloudwatch\/[^#]{0,300}#alarms(?:v2)?:(?:alarm\/|\?~\(.{0,200}alarm=)?([^?&/~)]{1,255})/i;
const REGION = /[?&]region=([a-z0-9-]{1,25})/i;
const ARN = /\barn:aws[a-z-]{0,10}:cloudwatch:[a-z0-9-]{1,25}:\d{12}:alarm:[^\s"'<>|,;)]{1,255}/g;
const CARD = /cloudwatch (?:alarm|アラーム)\s{0,4}[|｜]\s{0,4}([^|｜\n]{1,255})/i;
const SENTENCE = /\bthe alarm (\S{1,255}) changed state to (\w{2,20})/i;
const QUOTED = /\b(?:ALARM|OK|INSUFFICIENT_DATA|INSUFFICIENT DATA): ["“]([^"”\n]{1,255})["”]/;

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

function alarmName(facts: Facts): string | undefined {
  for (const pattern of [SENTENCE, CARD, QUOTED]) {
    for (const line of facts.lines.slice(0, 20)) {
      // A card without a link may go on with the reading, two spaces further: "msk-lag  SumOffsetLag 830 > 50".
      const name = pattern
        .exec(line)?.[1]
        ?.split(/\s{2,}/)[0]
        ?.replace(/[*_`]+$/, '')
        .trim();
      if (name !== undefined && name !== '') return name;
    }
  }
  const linked = linkMatches(facts, CONSOLE)[0]?.[1];
  return linked === undefined ? undefined : decoded(linked);
}

function arns(facts: Facts): string[] {
  return [...new Set(facts.text.match(ARN) ?? [])].slice(0, 10);
}

export const cloudwatch: ToolHint = {
  tool: 'cloudwatch',
  sentBy: (facts) =>
    (facts.author.appId === AWS_APP || /\baws\b|amazon q|cloudwatch/.test(facts.by)) && alarmName(facts) !== undefined,
  looksLike: (facts) => alarmName(facts) !== undefined || arns(facts).length > 0,
  title: alarmName,
  state: (facts) => {
    const word = facts.lines.flatMap(
      (line) => SENTENCE.exec(line)?.[2] ?? QUOTED.exec(line)?.[0].split(':')[0] ?? [],
    )[0];
    if (word === undefined) return undefined;
    return fold(word) === 'ok' ? 'resolved' : 'firing';
  },
  keys: (facts) => {
    const name = alarmName(facts);
    return name === undefined ? arns(facts) : [name, ...arns(facts)];
  },
  identity: (facts) => {
    const name = alarmName(facts);
    if (name === undefined) return arns(facts)[0];
    const region = facts.links.flatMap(({ url }) => REGION.exec(url)?.[1] ?? [])[0];
    const account = /(?:account|アカウント)\s?[:：]\s?(\d{12})/.exec(facts.folded)?.[1];
    return `${name}|${region ?? ''}|${account ?? ''}`;
  },
};
