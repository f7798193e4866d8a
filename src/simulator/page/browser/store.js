/** What the page knows: the worlds as the server tells of them, and where the visitor is. */

export const state = {
  ready: false,
  connected: false,
  locale: 'ja',
  timeZone: 'Asia/Tokyo',
  now: 0,
  bot: {},
  domain: '',
  cast: [],
  users: new Map(),
  groups: new Map(),
  channels: new Map(),
  /** channel → ts → message */
  messages: new Map(),
  ephemerals: new Map(),
  views: new Map(),
  homes: new Map(),
  canvases: new Map(),
  installed: { commands: [], shortcuts: [], homeTab: false },
  stage: { scenes: [], fired: [], slackDown: false, pagerdutyDown: false, moving: false },
  pager: { users: [], services: [], policies: [], incidents: [] },
  wire: [],

  me: sessionStorage.getItem('me') ?? 'U0TANAKA',
  channel: 'C0ALERTS',
  /** What stands beside the channel: {kind: 'thread' | 'canvas' | 'pins', …} */
  side: undefined,
  /** On a phone, the one part that is seen: channels, messages, side, stage. */
  part: 'messages',
  home: false,
  reads: JSON.parse(sessionStorage.getItem('reads') ?? '{}'),
  shown: new Map(),
  toasts: [],
  busy: new Set(),
  picked: new Map(),
  problems: undefined,
  asked: undefined,
  draft: undefined,
  incident: undefined,
  tour: sessionStorage.getItem('tour') ?? 'welcome',
  theme: localStorage.getItem('theme') ?? 'auto',
};

let scheduled = false;
let render = () => {};

export function onUpdate(draw) {
  render = draw;
}

/** Changes the state and draws once for all changes up to the next frame. */
export function update(change) {
  change?.(state);
  if (scheduled) return;
  scheduled = true;
  nextFrame(() => {
    scheduled = false;
    render();
  });
}

/** A page in the background gets no frames. */
function nextFrame(run) {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else setTimeout(() => run(), 100);
}

const byId = (list) => new Map(list.map((one) => [one.id, one]));

const CHANGES = {
  all(all) {
    const { locale, timeZone, bot, domain, cast, installed, stage, pager, now } = all;
    Object.assign(state, { locale, timeZone, bot, domain, cast, installed, stage, pager, now, ready: true });
    for (const name of ['users', 'groups', 'channels', 'canvases']) state[name] = byId(all[name]);
    state.messages = new Map();
    for (const message of all.messages) messagesOf(message.channel).set(message.ts, message);
    state.ephemerals = new Map(all.ephemerals.map((one) => [one.ts, one]));
    state.views = new Map(Object.entries(all.views));
    state.homes = new Map(Object.entries(all.homes));
    if (!state.users.has(state.me)) state.me = cast[0].id;
    if (!state.channels.has(state.channel)) state.channel = all.channels[0]?.id;
    if (state.side?.ts && !messagesOf(state.side.channel).has(state.side.ts)) state.side = undefined;
    state.wire = [];
    markRead();
  },
  message(message) {
    const list = messagesOf(message.channel);
    const isNew = !list.has(message.ts);
    list.set(message.ts, message);
    if (isNew) heard(message);
  },
  gone(channel, ts) {
    messagesOf(channel).delete(ts);
    state.ephemerals.delete(ts);
  },
  ephemeral(message) {
    state.ephemerals.set(message.ts, message);
    if (message.user === state.me && message.channel === state.channel) markRead();
  },
  views(user, views, home) {
    state.views.set(user, views);
    state.homes.set(user, home);
  },
  channel(channel) {
    state.channels.set(channel.id, channel);
  },
  user(user) {
    state.users.set(user.id, user);
  },
  groups(groups) {
    state.groups = byId(groups);
  },
  canvases(canvases) {
    state.canvases = byId(canvases);
  },
  stage(stage) {
    state.stage = stage;
  },
  pager(pager) {
    state.pager = pager;
  },
  now(now) {
    state.now = now;
  },
  wire(line) {
    state.wire = [line, ...state.wire].slice(0, 80);
  },
};

/** Follows the server; the browser itself connects again. */
export function connect() {
  const source = new EventSource('/events');
  source.onopen = () => update((now) => (now.connected = true));
  source.onerror = () => update((now) => (now.connected = false));
  source.onmessage = ({ data }) =>
    update(() => {
      for (const [what, ...values] of JSON.parse(data)) CHANGES[what]?.(...values);
    });
}

/** Lets the visitor act; faults of the act itself are shown. */
export async function act(what, given = {}) {
  const body = JSON.stringify({ do: what, user: state.me, ...given });
  let answer;
  try {
    const response = await fetch('/act', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    answer = await response.json();
  } catch (error) {
    answer = { ok: false, error: String(error) };
  }
  const fault = answer.ok ? answer.result?.error : answer.error;
  if (fault) toast({ kind: 'fault', text: fault });
  return answer.ok ? (answer.result ?? {}) : undefined;
}

/** Acts with a sign of work on the thing that was pressed. */
export async function busily(key, work) {
  if (state.busy.has(key)) return undefined;
  update(() => state.busy.add(key));
  try {
    return await work();
  } finally {
    update(() => state.busy.delete(key));
  }
}

export function messagesOf(channel) {
  const list = state.messages.get(channel) ?? new Map();
  state.messages.set(channel, list);
  return list;
}

export const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts;

export function repliesOf(channel, ts) {
  return [...messagesOf(channel).values()].filter((one) => one.thread_ts === ts && one.ts !== ts);
}

export function mentions(message, user = state.me) {
  return (message.firstMentions ?? []).some(
    (id) => id === user || state.groups.get(id)?.users.includes(user) || id === 'channel' || id === 'here',
  );
}

export function unread(channel) {
  const since = state.reads[state.me]?.[channel.id] ?? '';
  const fresh = [...messagesOf(channel.id).values()].filter((one) => one.ts > since && one.user !== state.me);
  const called = fresh.filter((one) => mentions(one) || channel.kind === 'im').length;
  return { any: fresh.some((one) => isRoot(one) && !one.subtype?.startsWith('channel_')), called };
}

export function markRead() {
  const last = [...messagesOf(state.channel).keys()].at(-1) ?? '';
  state.reads = { ...state.reads, [state.me]: { ...state.reads[state.me], [state.channel]: last } };
  sessionStorage.setItem('reads', JSON.stringify(state.reads));
}

export function go(channel, ts) {
  update(() => {
    state.channel = channel;
    state.home = false;
    const message = ts && messagesOf(channel).get(ts);
    const root = message && (message.thread_ts ?? message.ts);
    const threaded = root && (repliesOf(channel, root).length > 0 || !isRoot(message));
    state.side = threaded
      ? { kind: 'thread', channel, ts: root }
      : state.side?.channel === channel
        ? state.side
        : undefined;
    state.part = threaded ? 'side' : 'messages';
    state.target = ts;
    markRead();
  });
}

export function become(user) {
  sessionStorage.setItem('me', user);
  update(() => {
    state.me = user;
    state.problems = undefined;
    markRead();
  });
}

export function toast(one) {
  const id = `${Math.random()}`;
  update(() => (state.toasts = [...state.toasts.slice(-3), { id, ...one }]));
  setTimeout(() => update(() => (state.toasts = state.toasts.filter((other) => other.id !== id))), 8000);
}

/** A new message: read where the visitor looks, a notification where it calls them. */
function heard(message) {
  const looking = message.channel === state.channel && document.visibilityState === 'visible';
  if (looking) markRead();
  const channel = state.channels.get(message.channel);
  if (message.user === state.me || !channel?.members.includes(state.me)) return;
  if (!mentions(message) && channel.kind !== 'im') return;
  const wide = matchMedia('(min-width: 900px)').matches;
  const threaded = !isRoot(message);
  if (looking && wide && threaded && !state.side)
    state.side = { kind: 'thread', channel: message.channel, ts: message.thread_ts };
  const seen = looking && (threaded ? state.side?.ts === message.thread_ts : state.part === 'messages');
  if (!seen) toast({ kind: 'call', channel: message.channel, ts: message.ts });
}
