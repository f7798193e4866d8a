/** The runbooks that an alert names itself: by field, by annotation, by the label or the path of a link. */

import type { Facts } from './facts.ts';
import { fold } from './folding.ts';

const NAMED =
  /^(?:.{0,30}[\s_-])?(?:run ?book|playbook)s?(?:[\s_-]?(?:url|link|id))?$|^(?:対応)?手順(?:書|url)?$|^.{0,20}(?:ランブック|手順書|対応手順)(?: ?(?:url|リンク))?$/;
const LABEL = /\brun ?book|playbook|ランブック|手順書|対応手順/;
const NOTHING =
  /^(?:-|–|—|none|n\/a|na|null|undefined|no value|<no value>|tbd|todo|なし|無し|未作成|未設定|未定|不明)$/;
const URLS = /https?:\/\/[^\s<>"'`|\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]{1,2000}/g;
const MAX = 10;

function fromValue(value: string, facts: Facts): string[] {
  const urls = value.match(URLS);
  if (urls !== null) return urls.map((url) => url.replace(/[.,;:!?)\]*_]{1,5}$/, ''));
  const behind = facts.links.filter(({ label, url }) => label === value && label !== url).map(({ url }) => url);
  if (behind.length > 0) return behind;
  const id = value.replace(/^[\s*_`]+|[\s*_`]+$/g, '');
  return id === '' || id.length > 120 || NOTHING.test(fold(id)) ? [] : [id];
}

export function readRunbookRefs(facts: Facts): string[] {
  const named = facts.pairs.filter(({ name }) => NAMED.test(name)).flatMap(({ value }) => fromValue(value, facts));
  const linked = facts.links
    .filter(
      ({ url, label }) => LABEL.test(fold(label === url ? '' : label)) || /\/runbooks?\//i.test(new URL(url).pathname),
    )
    .map(({ url }) => url);
  return [...new Set([...named, ...linked])].slice(0, MAX);
}
