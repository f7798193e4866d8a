/** The box to write in: Enter sends, "/" completes commands, "@" completes people. */

import { html, nothing } from '/lit-html/lit-html.js';
import { act, state, update } from './store.js';
import { say } from './words.js';

/** place → {options, at} while something can be completed. */
const open = new Map();

/** The words that the manifest names, and those of which the app has told this person. */
function hintsOf({ command, usageHint }) {
  const named = usageHint
    .replace(/[[\]]/g, '')
    .split('|')
    .map((hint) => hint.trim());
  const told = [...state.ephemerals.values()]
    .filter((one) => one.user === state.me)
    .flatMap((one) => [...JSON.stringify([one.text, one.blocks]).matchAll(/(\/[\w-]+) ([a-z]+)/g)])
    .filter(([, of]) => of === command)
    .map(([, , word]) => word);
  return [...new Set([...named, ...told])];
}

function optionsFor(text) {
  const command = /^(\/\S*)$/.exec(text);
  if (command)
    return state.installed.commands
      .filter((one) => one.command.startsWith(command[1]))
      .map((one) => ({ text: `${one.command} `, shown: one.command, about: one.description }));
  const word = /^(\/\S+) (\S*)$/.exec(text);
  const known = word && state.installed.commands.find((one) => one.command === word[1]);
  if (known)
    return hintsOf(known)
      .filter((hint) => hint.startsWith(word[2]) && hint !== '')
      .map((hint) => ({
        text: `${known.command} ${hint.split(' ')[0]} `,
        shown: `${known.command} ${hint}`,
        about: '',
      }));
  const mention = /(^|\s)@(\S*)$/.exec(text);
  if (!mention) return [];
  const people = [...state.users.values()].filter((user) => user.id !== 'USLACKBOT' && !user.deleted);
  return [...people.map((one) => ({ handle: one.name, name: one.realName })), ...state.groups.values()]
    .filter(({ handle, name }) => handle.startsWith(mention[2]) || name.startsWith(mention[2]))
    .slice(0, 8)
    .map(({ handle, name }) => ({
      text: `${text.slice(0, text.length - mention[2].length)}${handle} `,
      shown: `@${handle}`,
      about: name,
    }));
}

/** @name becomes what Slack's own client sends for it. */
function withMentions(text) {
  if (text.startsWith('/')) return text;
  return text.replace(/(^|\s)@([\w.-]+)/g, (whole, before, name) => {
    const user = [...state.users.values()].find((one) => one.name === name);
    const group = [...state.groups.values()].find((one) => one.handle === name);
    if (user) return `${before}<@${user.id}>`;
    return group ? `${before}<!subteam^${group.id}>` : whole;
  });
}

export async function send(channel, text, threadTs) {
  const result = await act('say', { channel, text: withMentions(text), threadTs });
  if (result?.ts) update(() => (state.target = undefined));
  return result;
}

export function composer(channel, threadTs) {
  const words = say();
  const id = threadTs ? 'write-thread' : 'write';
  const completion = open.get(id);
  const name = threadTs ? words.thread : channel.name ? `#${channel.name}` : 'Toban';
  const box = () => document.getElementById(id);

  const look = () => {
    const options = optionsFor(box().value);
    // After a blank the text may stand as it is: Enter sends it unless a word was gone to.
    if (options.length > 0) open.set(id, { options, at: box().value.endsWith(' ') ? -1 : 0 });
    else open.delete(id);
    update();
  };
  const shut = () => {
    if (open.delete(id)) update();
  };
  const pick = (option) => {
    box().value = option.text;
    box().focus();
    look();
  };
  const submit = () => {
    const text = box().value.trim();
    if (text === '') return;
    box().value = '';
    open.delete(id);
    update();
    void send(channel.id, text, threadTs);
  };
  const key = (event) => {
    if (event.isComposing) return;
    // As it is now: the next frame may not be drawn yet.
    const current = open.get(id);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (current && step) {
      event.preventDefault();
      const { options, at } = current;
      open.set(id, { options, at: (Math.max(at, step < 0 ? 0 : -1) + step + options.length) % options.length });
      return update();
    }
    const chosen = current?.options[event.key === 'Tab' ? Math.max(0, current.at) : current.at];
    const same = chosen?.text.trim() === box().value.trim();
    if (chosen && (event.key === 'Tab' || (event.key === 'Enter' && !same))) {
      event.preventDefault();
      return pick(chosen);
    }
    if (event.key === 'Escape') {
      return shut();
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
    return undefined;
  };

  return html`<div class="composer">
    ${
      completion
        ? html`<ul class="completion" role="listbox" id="${id}-list" aria-label=${words.hint}>
            ${completion.options.map(
              (option, index) =>
                html`<li
                  role="option"
                  id="${id}-${index}"
                  aria-selected=${index === completion.at}
                  @mousedown=${(event) => (event.preventDefault(), pick(option))}
                >
                  <b>${option.shown}</b> <span>${option.about}</span>
                </li>`,
            )}
          </ul>`
        : nothing
    }
    <textarea
      id=${id}
      rows="1"
      aria-haspopup="listbox"
      aria-controls="${id}-list"
      aria-autocomplete="list"
      aria-activedescendant=${completion && completion.at >= 0 ? `${id}-${completion.at}` : nothing}
      aria-label=${words.write(name)}
      placeholder=${words.write(name)}
      title=${words.hint}
      ?disabled=${channel.isArchived}
      @input=${look}
      @keydown=${key}
      @blur=${shut}
    ></textarea>
    <button class="send" aria-label=${words.send} title=${words.send} ?disabled=${channel.isArchived} @click=${submit}>
      ➤
    </button>
  </div>`;
}
