/** Draws Block Kit: every block that Slack's messages, modals and home tabs may hold. */

import { html, nothing } from '/lit-html/lit-html.js';
import { repeat } from '/lit-html/directives/repeat.js';
import { element, textOf } from './elements.js';
import { emoji } from './emoji.js';
import { markdown } from './markdown.js';
import { channelLink, dated, group, link, user } from './mrkdwn.js';
import { state } from './store.js';
import { say } from './words.js';

/** `place` says where the blocks stand: {channel, ts} of a message or {view}. */
export function blocks(list, place) {
  const idOf = (block, index) => `${block.block_id ?? index} ${block.type} ${block.element?.action_id ?? ''}`;
  return repeat(list ?? [], idOf, (block) => {
    const draw = DRAWN[block.type];
    return draw ? draw(block, place) : html`<p class="faint">${say().unsupported(block.type)}</p>`;
  });
}

const image = (one) => html`<img src=${one.image_url ?? ''} alt=${one.alt_text} loading="lazy" />`;
const inContext = (one) => (one.type === 'image' ? image(one) : html`<span>${textOf(one)}</span>`);

const section = (block, place) =>
  html`<div class="section">
    <div class="body">
      ${block.text ? html`<div class="text">${textOf(block.text)}</div>` : nothing}
      ${block.fields ? html`<div class="fields">${block.fields.map((field) => html`<div>${textOf(field)}</div>`)}</div>` : nothing}
    </div>
    ${block.accessory ? html`<div class="accessory">${block.accessory.type === 'image' ? image(block.accessory) : element(block.accessory, block.block_id, place)}</div>` : nothing}
  </div>`;

const actions = (block, place) =>
  html`<div class="actions">
    ${repeat(
      block.elements,
      (one) => one.action_id,
      (one) => element(one, block.block_id, place),
    )}
  </div>`;

function input(block, place) {
  const id = `input-${place.view}-${block.block_id}`.replace(/[^\w-]/g, '_');
  const problem = state.problems?.view === place.view ? state.problems.errors[block.block_id] : undefined;
  const inner = { ...place, input: true, dispatch: block.dispatch_action, id };
  return html`<div class="input ${problem ? 'wrong' : ''}">
    <label class="name" for=${id}
      >${textOf(block.label)}${block.optional ? html` <small>(${state.locale === 'ja' ? '任意' : 'optional'})</small>` : nothing}</label
    >
    ${element(block.element, block.block_id, inner, block.label.text)}
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
    ${block.hint ? html`<p class="hint">${textOf(block.hint)}</p>` : nothing}
  </div>`;
}

// Rich text

const styled = (content, { bold, italic, strike, code, underline } = {}) => {
  let out = content;
  if (code) out = html`<code>${out}</code>`;
  if (bold) out = html`<strong>${out}</strong>`;
  if (italic) out = html`<em>${out}</em>`;
  if (strike) out = html`<s>${out}</s>`;
  if (underline) out = html`<u>${out}</u>`;
  return out;
};

const INLINE = {
  text: (one) => one.text.split('\n').map((line, index) => [index > 0 ? html`<br />` : '', line]),
  link: (one) => link(one.url, one.text ?? one.url),
  user: (one) => user(one.user_id),
  usergroup: (one) => group(one.usergroup_id),
  channel: (one) => channelLink(one.channel_id),
  broadcast: (one) => html`<span class="mention me">@${one.range}</span>`,
  emoji: (one) => emoji(one.name),
  date: (one) => html`<time>${dated(one.timestamp, one.format)}</time>`,
  color: (one) => one.value,
};
const inline = (list) => list.map((one) => styled(INLINE[one.type]?.(one) ?? '', one.style));

const RICH = {
  rich_text_section: (one) => html`<p>${inline(one.elements)}</p>`,
  rich_text_quote: (one) => html`<blockquote>${inline(one.elements)}</blockquote>`,
  rich_text_preformatted: (one) => html`<pre tabindex="0">${one.elements.map((each) => each.text ?? each.url)}</pre>`,
  rich_text_list: (one) => {
    const items = one.elements.map((item) => html`<li>${inline(item.elements)}</li>`);
    const style = `margin-left:${(one.indent ?? 0) * 1.5}em`;
    return one.style === 'ordered'
      ? html`<ol style=${style} start=${(one.offset ?? 0) + 1}>
          ${items}
        </ol>`
      : html`<ul style=${style}>
          ${items}
        </ul>`;
  },
};
const richText = (block) => html`<div class="rich">${block.elements.map((one) => RICH[one.type]?.(one) ?? '')}</div>`;

// Tables and cards

const cell = (one) => (one.type === 'rich_text' ? richText(one) : (one.text ?? one.value));

const table = (block) => {
  const [head, ...rows] = block.rows;
  const align = (index) =>
    `text-align:${block.column_settings?.[index]?.align ?? (block.rows[1]?.[index]?.type === 'raw_number' ? 'right' : 'left')}`;
  return html`<div class="table" tabindex="0">
    <table>
      ${
        block.caption
          ? html`<caption>
              ${block.caption}
            </caption>`
          : nothing
      }
      <thead>
        <tr>
          ${head.map((one, index) => html`<th scope="col" style=${align(index)}>${cell(one)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((one, index) => html`<td style=${align(index)}>${cell(one)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

/** Figures as bars: every chart is read by its values. */
const chart = ({ title, chart: drawn }) => {
  const points =
    drawn.segments ??
    drawn.series.flatMap((one) =>
      one.data.map((point) => ({ ...point, label: `${point.label} ${drawn.series.length > 1 ? one.name : ''}` })),
    );
  const most = Math.max(1, ...points.map((point) => point.value));
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    ${points.map((point) => html`<div><span>${point.label}</span><b style="width:${(60 * point.value) / most}%"></b><span>${point.value}</span></div>`)}
  </figure>`;
};

const card = (block, place) =>
  html`<div class="card">
    ${block.hero_image ? image(block.hero_image) : nothing}
    ${block.title ? html`<p><strong>${textOf(block.title)}</strong></p>` : nothing}
    ${[block.subtitle, block.body, block.subtext].map((one) => (one ? html`<p>${textOf(one)}</p>` : nothing))}
    ${block.actions ? html`<div class="actions">${block.actions.map((one) => element(one, block.block_id, place))}</div>` : nothing}
  </div>`;

const STATES = { pending: '○', in_progress: '◐', complete: '✓', error: '✕' };
const task = (block) =>
  html`<div class="card">
    <p>${STATES[block.status]} ${block.title}</p>
    ${block.details ? richText(block.details) : nothing}${block.output ? richText(block.output) : nothing}
  </div>`;

const DRAWN = {
  section,
  actions,
  input,
  context: (block) => html`<div class="context">${block.elements.map(inContext)}</div>`,
  header: (block) => html`<h4 class="header">${textOf(block.text)}</h4>`,
  divider: () => html`<hr />`,
  image: (block) =>
    html`<figure>
      ${block.title ? html`<figcaption>${textOf(block.title)}</figcaption>` : nothing}${image(block)}
    </figure>`,
  rich_text: richText,
  markdown: (block) => html`<div class="markdown">${markdown(block.text)}</div>`,
  table,
  data_table: table,
  data_visualization: chart,
  card,
  carousel: (block, place) =>
    html`<div class="carousel" tabindex="0">${block.elements.map((one) => card(one, place))}</div>`,
  container: (block, place) =>
    html`<div class="card">
      ${block.title ? html`<p><strong>${textOf(block.title)}</strong></p>` : nothing}${blocks(block.child_blocks, place)}
    </div>`,
  context_actions: actions,
  task_card: task,
  plan: (block) =>
    html`<div class="card">
      <p><strong>${block.title}</strong></p>
      ${(block.tasks ?? []).map(task)}
    </div>`,
  alert: (block) => html`<p class="alert ${block.level ?? 'default'}" role="status">${textOf(block.text)}</p>`,
  video: (block) => html`<p>${link(block.title_url ?? block.video_url, block.title.text)}</p>`,
};
