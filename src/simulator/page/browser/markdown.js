/** Markdown as markdown blocks and canvases hold it: headings, lists, tables, code, quotes, emphasis, links. */

import { html } from '/lit-html/lit-html.js';
import { emoji } from './emoji.js';
import { link, user } from './mrkdwn.js';

const INLINE =
  /`([^`]+)`|\[([^\]]*)\]\(([^)\s]+)\)|!?\[\]\(@([A-Z0-9]+)\)|<@([A-Z0-9]+)>|\*\*(.+?)\*\*|__(.+?)__|(?<![\w*])\*(?! )([^*\n]+?)\*|(?<![\w_])_([^_\n]+?)_(?!\w)|~~(.+?)~~|(https?:\/\/[^\s<>)]+)|:([a-z0-9_+-]+):|\\([\\`*_{}[\]()#+.!|~-])/g;

function inline(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
    const [, code, label, url, person, mention, bold, bold2, italic, italic2, strike, address, name, sign] = found;
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (url !== undefined) parts.push(link(url, label));
    else if (person ?? mention) parts.push(user(person ?? mention));
    else if (bold ?? bold2) parts.push(html`<strong>${inline(bold ?? bold2)}</strong>`);
    else if (italic ?? italic2) parts.push(html`<em>${inline(italic ?? italic2)}</em>`);
    else if (strike) parts.push(html`<s>${inline(strike)}</s>`);
    else if (address) parts.push(link(address));
    else parts.push(sign ?? emoji(name));
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

const cells = (line) =>
  line
    .replace(/^\s*\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => inline(cell.trim()));

const KINDS = [
  ['blank', /^\s*$/],
  ['heading', /^(#{1,6})\s+(.*)$/],
  ['rule', /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/],
  ['fence', /^\s*```/],
  ['quote', /^\s*> ?(.*)$/],
  ['task', /^(\s*)[-*+]\s+\[([ xX])\]\s+(.*)$/],
  ['bullet', /^(\s*)[-*+•]\s+(.*)$/],
  ['number', /^(\s*)(\d+)[.)]\s+(.*)$/],
  ['table', /^\s*\|.*\|\s*$/],
];

const kindOf = (line) => KINDS.find(([, pattern]) => pattern.test(line))?.[0] ?? 'text';
const partsOf = (kind, line) => KINDS.find(([name]) => name === kind)[1].exec(line);

export function markdown(source) {
  const lines = String(source ?? '').split('\n');
  const out = [];
  let at = 0;
  const run = (kind) => {
    const taken = [];
    while (at < lines.length && kindOf(lines[at]) === kind) taken.push(lines[at++]);
    return taken;
  };
  while (at < lines.length) {
    const kind = kindOf(lines[at]);
    if (kind === 'blank') at += 1;
    else if (kind === 'rule') {
      at += 1;
      out.push(html`<hr />`);
    } else if (kind === 'heading') out.push(heading(partsOf(kind, lines[at++])));
    else if (kind === 'fence') {
      at += 1;
      const code = [];
      while (at < lines.length && kindOf(lines[at]) !== 'fence') code.push(lines[at++]);
      at += 1;
      out.push(html`<pre tabindex="0">${code.join('\n')}</pre>`);
    } else if (kind === 'quote') {
      const inner = run(kind).map((line) => partsOf(kind, line)[1]);
      out.push(html`<blockquote>${markdown(inner.join('\n'))}</blockquote>`);
    } else if (kind === 'table') out.push(table(run(kind)));
    else if (kind === 'task' || kind === 'bullet' || kind === 'number') out.push(list(kind, run(kind)));
    else out.push(html`<p>${run('text').map((line, index) => [index > 0 ? html`<br />` : '', inline(line)])}</p>`);
  }
  return out;
}

function heading([, signs, text]) {
  if (signs.length === 1) return html`<h3 class="h1">${inline(text)}</h3>`;
  return signs.length === 2 ? html`<h4 class="h2">${inline(text)}</h4>` : html`<h5 class="h3">${inline(text)}</h5>`;
}

function list(kind, lines) {
  const items = lines.map((line) => {
    const parts = partsOf(kind, line);
    const done = kind === 'task' && parts[2] !== ' ';
    const box = kind === 'task' ? (done ? '☑ ' : '☐ ') : '';
    return html`<li style="margin-left:${parts[1].length * 0.5}em">${box}${inline(parts.at(-1))}</li>`;
  });
  if (kind === 'number')
    return html`<ol start=${partsOf(kind, lines[0])[2]}>
      ${items}
    </ol>`;
  return html`<ul class=${kind}>
    ${items}
  </ul>`;
}

function table(lines) {
  const [head, ...rest] = lines;
  const rows = rest.filter((line) => !/^[\s|:-]+$/.test(line));
  return html`<div class="table" tabindex="0">
    <table>
      <thead>
        <tr>
          ${cells(head).map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (line) =>
            html`<tr>
              ${cells(line).map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
