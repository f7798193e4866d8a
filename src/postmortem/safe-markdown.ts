/** Foreign text inside a Markdown page: one line of letters that starts nothing, links nowhere and mentions nobody. */

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** For the running text of a line and for the cell of a table. */
export function safeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(CONTROL, '')
    .trim()
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^(?=(?:#{1,6}|[-+=]+|\d{1,9}[.)])(?:\s|$))/, '\u200b');
}

/** `[label](url)` where it is a web address, else the label alone. */
export function safeLink(label: string, url: string | undefined): string {
  const target = url?.trim() ?? '';
  if (!/^https?:\/\/[^\s]+$/i.test(target)) return safeMarkdown(label);
  return `[${safeMarkdown(label)}](${target.replace(/[()<>\\|]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)})`;
}
