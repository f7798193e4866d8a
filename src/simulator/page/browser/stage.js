/** The stage hand's part of the page: the clock, alerts to fire, things to break, PagerDuty, and the wire. */

import { html, nothing } from '/lit-html/lit-html.js';
import { dayOf, time } from './mrkdwn.js';
import { act, busily, state, update } from './store.js';
import { say } from './words.js';

const pagerName = (id) =>
  state.pager.users.find((user) => user.id === id)?.name ??
  state.pager.services.find((one) => one.id === id)?.name ??
  '';

/** Milliseconds to the next 10:00 in Tokyo (01:00 UTC), a few seconds past it. */
function toMorning() {
  const day = 86_400_000;
  const past = (state.now - 3_600_000) % day;
  return day - past + 5000;
}

export function stagePart() {
  const words = say().stage;
  return html`<aside class="stage-part" aria-label=${words.title}>
    <div class="scroll" tabindex="0">
      ${clock(words)} ${alerts(words)} ${outages(words)} ${onCall(words)} ${incidents(words)} ${wire(words)}
    </div>
  </aside>`;
}

function clock(words) {
  const { moving } = state.stage;
  const move = (milliseconds, text) =>
    html`<button class="small-button" ?disabled=${moving} @click=${() => act('moveClock', { milliseconds })}>
      ${text}
    </button>`;
  return html`<section>
    <h2>${words.clock}</h2>
    <p class="clock" aria-live="off">
      <b>${time(state.now)}</b>
      <span>${dayOf(state.now)}</span>${moving ? html`<span class="spin" role="status">⏩</span>` : nothing}
    </p>
    <div class="row" role="group" aria-label=${words.ahead}>
      <span aria-hidden="true">▶▶</span
      >${move(60_000, words.moves.minute)}${move(300_000, words.moves.five)}${move(3_600_000, words.moves.hour)}${move(toMorning(), words.moves.morning)}
    </div>
  </section>`;
}

function alerts(words) {
  const { scenes, fired } = state.stage;
  const open = fired.filter((one) => !one.over);
  const channelOf = (scene) => state.channels.get(scene.channel)?.name ?? '';
  return html`<section>
    <h2>${words.fire}</h2>
    <ul class="scenes">
      ${scenes.map((scene, index) => {
        const standing = open.findLast((one) => one.scene === index);
        const press = standing
          ? () => act('recover', { id: standing.id })
          : () => busily(`fire ${index}`, () => act('fire', { scene: index }));
        return html`<li>
          <button
            class="scene ${standing ? 'standing' : ''}"
            data-scene=${index}
            title="#${channelOf(scene)}"
            @click=${press}
          >
            <b>${standing ? `✓ ${words.recover}` : scene.tool}</b><span>${scene.title}</span>
          </button>
        </li>`;
      })}
      <li>
        <button class="scene" title=${words.pageOnly} @click=${() => act('pageOnly', { title: words.pageOnlyTitle })}>
          <b>PagerDuty</b><span>${words.pageOnlyTitle}</span>
        </button>
      </li>
      <li>
        <button class="scene" @click=${() => act('storm')}><b>${words.storm}</b><span>${words.stormOf}</span></button>
      </li>
    </ul>
  </section>`;
}

function outages(words) {
  const { slackDown, pagerdutyDown } = state.stage;
  const toggle = (what, on, text) =>
    html`<button class="switch" role="switch" aria-checked=${on} @click=${() => act('down', { what, on: !on })}>
      <span class="knob" aria-hidden="true"></span>${text}
    </button>`;
  return html`<section>
    <h2>${words.outages}</h2>
    <div class="row">
      ${toggle('pagerduty', pagerdutyDown, words.pagerdutyDown)}${toggle('slack', slackDown, words.slackDown)}
    </div>
  </section>`;
}

function onCall(words) {
  return html`<section>
    <h2><span class="pd" aria-hidden="true">P</span>${words.onCall}</h2>
    <div class="policies">
      ${state.pager.policies.map(
        (policy) =>
          html`<table>
            <caption>
              ${policy.name}
            </caption>
            <tbody>
              ${policy.levels.map(
                (level, index) =>
                  html`<tr>
                    <th scope="row">${words.level(index + 1)}</th>
                    <td>
                      ${level.people.map(({ user, until }) => html`<span class="person">${pagerName(user)}${until ? html` <small>${words.until(time(until))}</small>` : nothing}</span>`)}
                      ${level.people.length === 0 ? html`<span class="faint">${words.nobody}</span>` : nothing}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
      )}
    </div>
  </section>`;
}

function incidents(words) {
  const { incidents: all } = state.pager;
  return html`<section>
    <h2>
      <span class="pd" aria-hidden="true">P</span
      >${words.incidents}${state.stage.pagerdutyDown ? html` <span class="down">${words.downNow}</span>` : nothing}
    </h2>
    ${all.length === 0 ? html`<p class="faint">${words.none}</p>` : nothing}
    ${all.slice(0, 12).map((one, index) => incident(one, index, words))}
  </section>`;
}

const MARKS = {
  trigger: '🔴',
  notify: '📞',
  acknowledge: '🟡',
  resolve: '🟢',
  escalate: '⏫',
  annotate: '📝',
  assign: '👤',
  reopen: '🔁',
};

function incident(one, index, words) {
  const mine = state.cast.find(({ id }) => id === state.me)?.pagerId;
  const hand = mine || one.assignees[0];
  const give = { incident: one.id, pagerId: hand };
  const open = one.status !== 'resolved';
  const toggled = (event) => event.target.open && update(() => (state.incident = one.id));
  return html`<article class="incident ${one.status}" data-incident=${one.id}>
    <p><span class="status">${words.status[one.status]}</span> <b>#${one.number}</b> ${one.title}</p>
    <p class="faint">
      ${pagerName(one.service)}${one.assignees.length > 0 ? ` → ${one.assignees.map(pagerName).join(', ')}` : ''}${one.priority ? ` · ${one.priority}` : ''}
    </p>
    ${
      open
        ? html`<div class="row">
            ${one.status === 'triggered' && hand ? html`<button class="small-button" @click=${() => act('pagerAcknowledge', give)}>📱 ${words.byPhone(pagerName(hand))}</button>` : nothing}
            <button class="small-button" @click=${() => act('pagerEscalate', { ...give, level: one.level + 1 })}>
              ${words.escalate}
            </button>
            <button class="small-button" @click=${() => act('pagerResolve', give)}>${words.resolve}</button>
          </div>`
        : nothing
    }
    <details ?open=${index === 0 || state.incident === one.id} @toggle=${toggled}>
      <summary>${words.log(one.log.length)}</summary>
      <ol class="log">
        ${one.log.toReversed().map((entry) => html`<li><time>${time(entry.at, true)}</time> <span aria-hidden="true">${MARKS[entry.type] ?? '·'}</span> ${entry.summary}</li>`)}
      </ol>
    </details>
  </article>`;
}

const NAMES = { slack: 'Slack', pagerduty: 'PagerDuty', toban: 'Toban' };

function wire(words) {
  return html`<section class="wire">
    <details>
      <summary><h2>${words.wire}</h2></summary>
      <p class="faint">${words.wireHint}</p>
      <ol>
        ${state.wire.map((line) => html`<li><time>${time(line.at, true)}</time> ${NAMES[line.from]} → ${NAMES[line.to]} <code>${line.what}</code> <small>${line.outcome}</small></li>`)}
      </ol>
    </details>
  </section>`;
}
