/** Text for Slack's mrkdwn: escaping so that nothing in it comes alive, links, and cuts that leave no broken character. */

/** Words that Slack may turn into a mention of everybody where they follow an `@`. */
const EVERYBODY = /@(?=(?:channel|here|everyone|group)\b)/gi;

/** A zero-width space: keeps `@channel` from being read as a mention, and shows nothing. */
const BREAK = '\u200b';

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes foreign text safe inside mrkdwn: `<!channel>`, `<@U…>` and `@here` stay letters.
 * Line breaks and tabs are kept, other control characters and direction overrides are dropped.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(EVERYBODY, `@${BREAK}`);
}

/** One line of text with no control characters, for `plain_text` objects and headings. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROL, '').replace(EVERYBODY, `@${BREAK}`).trim();
}

/** `<url|label>` where `url` is a web or mail address, else the label alone. Both may be foreign text. */
export function linkTo(url: string, label: string): string {
  const shown = escapeMrkdwn(plain(label === '' ? url : label));
  const target = url.trim();
  if (!/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(target)) return shown;
  // Slack decodes `&amp;` only; the signs that would end the link are percent-encoded.
  const safe = target.replace(/&/g, '&amp;').replace(/</g, '%3C').replace(/>/g, '%3E').replace(/\|/g, '%7C');
  return `<${safe}|${shown}>`;
}

/**
 * At most `max` UTF-16 units, the last of them `…` where something was cut; never half a surrogate pair or half an entity.
 * Clip before linking: a cut inside `<url|label>` is not mended.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 1) return '';
  const kept = text
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/&[a-z]{0,3}$/, '');
  return `${kept.trimEnd()}…`;
}

/** Keeps stars and backticks of foreign words from making anything bold or code: Slack's bold breaks next to Japanese (J-07). */
export function withoutMarks(mrkdwn: string): string {
  return mrkdwn.replaceAll('*', '∗').replaceAll('`', 'ˋ');
}
