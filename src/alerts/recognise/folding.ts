/** Text made comparable: one width, one case, nothing invisible. */

const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]|\u{34f}|\u{115f}|\u{3164}/gu;

/** Without what cannot be seen (zero-width, direction marks, controls): the letters stay as the sender wrote them. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '');
}

export function fold(text: string): string {
  return visible(text).normalize('NFKC').toLowerCase();
}

/** At most `max` characters, never half of one. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/** mrkdwn decoration and emoji codes at the start of a line, before the words. */
export function undecorated(line: string): string {
  return line.replace(
    /^(?:[\s*_~`>•·|\-–—]|:[a-z0-9_+'-]{1,60}:|\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})+/iu,
    '',
  );
}
