/** A strict local Slack that speaks the wire: what people do in it, what can be seen of it, and what can go wrong with it. */
import type { SimulatedClock } from '../clock.ts';
import { directChannel, join, leave, pin, publish, react, remove, revise, unpin, unreact } from './acts.ts';
import { appMessage, knowBotOf } from './app-posts.ts';
import type { AppPost } from './app-posts.ts';
import type { Backend, Ephemeral } from './backend.ts';
import { buildBackend } from './build-backend.ts';
import type { Canvas } from './canvases.ts';
import type { SlackChannel } from './channels.ts';
import type { SlackUser, SlackUserGroup } from './directory.ts';
import type { Entry } from './element-values.ts';
import type { SentEvent } from './event-stream.ts';
import { Faults } from './faults.ts';
import type { FeedListener } from './feed.ts';
import { HttpDelivery } from './http-delivery.ts';
import { HttpServer } from './http-server.ts';
import type { CallRecord } from './http-server.ts';
import type { Identity } from './identity.ts';
import type { Press } from './interaction-payloads.ts';
import { Interactions } from './interactions.ts';
import type { CommandResult, InteractionResult } from './interactions.ts';
import { readManifest } from './manifest.ts';
import type { SlackManifest } from './manifest.ts';
import { escapeTyped, liveMentions, richTextOf } from './markup.ts';
import { isRoot } from './message-log.ts';
import type { SlackMessage } from './message-log.ts';
import { ViewInteractions } from './view-interactions.ts';
import type { ViewResult } from './view-interactions.ts';
import type { ShownView } from './views.ts';
import { fieldsOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export interface SlackWorldOptions {
  readonly clock: SimulatedClock;
  /** The text of manifest.yml: scopes, events, commands and shortcuts are taken from it. */
  readonly manifest: string;
  readonly teamId?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** HTTP mode: events, commands and interactions are POSTed here. Without it they go over sockets. */
  readonly eventsUrl?: string;
  readonly botUser?: { readonly id: string; readonly name: string };
  readonly port?: number;
  /** In one channel, default 1. */
  readonly messagesPerSecond?: number;
  /**
   * How many times faster than real time the clock flows while the app works, default 1: the limits on how fast it
   * answers (acknowledgements, trigger ids) are stretched by as much.
   */
  readonly pace?: number;
  /** Whether the per-minute tiers are enforced, default true. */
  readonly tiers?: boolean;
}

/** Lines that Slack itself writes, which `messages` leaves out. */
const NOTES = new Set([
  'channel_join',
  'channel_leave',
  'channel_topic',
  'channel_purpose',
  'channel_name',
  'channel_archive',
]);

export async function startSlack(options: SlackWorldOptions): Promise<SlackWorld> {
  const world = new SlackWorld(options);
  await world.listen(options.port ?? 0);
  return world;
}

export class SlackWorld {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly identity: Identity;
  readonly faults = new Faults();
  #calls: CallRecord[] = [];
  #port = 0;
  #eventsUrl: string | undefined;
  readonly #backend: Backend;
  readonly #http: HttpServer;
  readonly #delivery: HttpDelivery;
  readonly #interactions: Interactions;
  readonly #viewInteractions: ViewInteractions;

  /** Use startSlack, which also listens. */
  constructor(options: SlackWorldOptions) {
    const { clock, pace = 1 } = options;
    this.botToken = options.botToken ?? 'xoxb-1-toban-simulator';
    this.appToken = options.appToken ?? 'xapp-1-toban-simulator';
    this.signingSecret = options.signingSecret ?? '8f742231b10e8888abcd99yyyzzz85a5';
    this.#eventsUrl = options.eventsUrl;
    const bot = options.botUser ?? { id: 'U0TOBAN', name: 'toban' };
    this.identity = {
      teamId: options.teamId ?? 'T0TOBAN',
      teamDomain: 'toban-simulator',
      appId: 'A0TOBAN',
      botId: 'B0TOBAN',
      botUserId: bot.id,
      botName: bot.name,
      verificationToken: 'verification-token',
    };
    this.#delivery = new HttpDelivery({ clock, pace, signingSecret: this.signingSecret });
    this.#backend = buildBackend({
      clock,
      identity: this.identity,
      manifest: readManifest(options.manifest),
      tiers: options.tiers ?? true,
      pace,
      messagesPerSecond: options.messagesPerSecond ?? 1,
      origin: () => `http://127.0.0.1:${this.#port}`,
      postTo: (envelope) => (this.#eventsUrl ? this.#delivery.push(this.#eventsUrl, envelope) : undefined),
    });
    this.#http = new HttpServer({
      backend: this.#backend,
      tokens: this,
      faults: this.faults,
      record: (call) => this.#calls.push(call),
    });
    this.#interactions = new Interactions(this.#backend);
    this.#viewInteractions = new ViewInteractions(this.#backend);
    this.addUser({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' });
    this.addUser({ id: bot.id, name: bot.name, realName: bot.name, isBot: true });
    this.#backend.directory.bots.set(this.identity.botId, {
      id: this.identity.botId,
      appId: this.identity.appId,
      name: bot.name,
      userId: bot.id,
    });
  }

  async listen(port: number): Promise<void> {
    this.#port = await this.#http.listen(port);
  }

  /** The base for `slackApiUrl`. */
  get apiUrl(): string {
    return `${this.#backend.origin()}/api/`;
  }

  // The workspace

  addUser(user: SlackUser): void {
    this.#backend.directory.users.set(user.id, { deleted: false, isBot: false, ...user });
    this.#backend.feed.emit({ kind: 'user', id: user.id });
  }

  updateUser(id: string, patch: Partial<Omit<SlackUser, 'id'>>): void {
    const { directory, events, mint } = this.#backend;
    this.addUser({ ...directory.requireUser(id), ...patch });
    const user = directory.requireUser(id);
    const shown = { id, name: user.name, deleted: user.deleted, real_name: user.realName };
    events.emit('user_change', 'users:read', { type: 'user_change', user: shown, event_ts: mint.ts() });
  }

  addChannel(channel: {
    id: string;
    name: string;
    isPrivate?: boolean;
    members?: readonly string[];
    botIsMember?: boolean;
    isArchived?: boolean;
  }): void {
    const { channels, mint, identity, feed } = this.#backend;
    const members = [...(channel.members ?? []), ...(channel.botIsMember ? [identity.botUserId] : [])];
    const kind = channel.isPrivate ? 'private' : 'public';
    const added = channels.add({
      id: channel.id,
      name: channel.name,
      kind,
      members,
      creator: 'USLACKBOT',
      created: mint.seconds(),
    });
    added.isArchived = channel.isArchived ?? false;
    feed.emit({ kind: 'channel', channel: channel.id, what: 'added' });
  }

  addUserGroup(group: SlackUserGroup): void {
    this.#backend.directory.groups.set(group.id, group);
    this.#backend.feed.emit({ kind: 'group', id: group.id });
  }

  /** A person (or the bot) joins a channel. */
  joinChannel(channel: string, userId: string): void {
    join(this.#backend, this.#backend.channels.require(channel), userId);
  }

  leaveChannel(channel: string, userId: string): void {
    leave(this.#backend, this.#backend.channels.require(channel), userId);
  }

  /** A person opens the conversation with the app. Returns its id. */
  openDirect(userId: string): string {
    this.#backend.directory.requireUser(userId);
    return directChannel(this.#backend, [userId]).channel.id;
  }

  /** Looks up by id or name; undefined where there is none. */
  channel(idOrName: string): Readonly<SlackChannel> | undefined {
    return this.#backend.channels.all.get(idOrName) ?? this.#backend.channels.named(idOrName.replace(/^#/, ''));
  }

  get channels(): readonly Readonly<SlackChannel>[] {
    return [...this.#backend.channels.all.values()];
  }

  user(id: string): SlackUser | undefined {
    return this.#backend.directory.users.get(id);
  }

  get users(): readonly SlackUser[] {
    return [...this.#backend.directory.users.values()];
  }

  get userGroups(): readonly SlackUserGroup[] {
    return [...this.#backend.directory.groups.values()];
  }

  userGroup(id: string): SlackUserGroup | undefined {
    return this.#backend.directory.groups.get(id);
  }

  // What people and other apps do

  /** A post of another app. With a username and no user it has the older shape, subtype bot_message. */
  postAsApp(channel: string, post: AppPost): string {
    return this.#publish(channel, appMessage(this.#backend, post));
  }

  /** Typed text is escaped as a person's client does; mentions such as <@U1> count as picked from the list. */
  postAsUser(channel: string, userId: string, text: string, options: { readonly threadTs?: string } = {}): string {
    const { mint, directory } = this.#backend;
    directory.requireUser(userId);
    const escaped = escapeTyped(text);
    return this.#publish(channel, {
      user: userId,
      text: escaped,
      client_msg_id: mint.id('client-'),
      blocks: [richTextOf(escaped, mint.id('b'))],
      ...(options.threadTs ? { thread_ts: options.threadTs } : {}),
    });
  }

  /** A message event as given, with its channel and times replaced. */
  postRaw(channel: string, event: object): string {
    const { event_ts: _eventTs, channel_type: _channelType, ...kept } = structuredClone(fieldsOf(event));
    knowBotOf(this.#backend, kept);
    return this.#publish(channel, kept);
  }

  editMessage(channel: string, ts: string, patch: Fields): void {
    const message = this.#require(channel, ts);
    const edited = { user: message.user ?? message.bot_id ?? '', ts: this.#backend.mint.ts() };
    revise(this.#backend, { ...message, edited, ...patch });
  }

  deleteMessage(channel: string, ts: string): void {
    remove(this.#backend, this.#require(channel, ts));
  }

  react(userId: string, channel: string, ts: string, name: string): void {
    react(this.#backend, userId, this.#require(channel, ts), name);
  }

  unreact(userId: string, channel: string, ts: string, name: string): void {
    unreact(this.#backend, userId, this.#require(channel, ts), name);
  }

  pin(userId: string, channel: string, ts: string): void {
    pin(this.#backend, userId, this.#require(channel, ts));
  }

  unpin(userId: string, channel: string, ts: string): void {
    unpin(this.#backend, userId, this.#require(channel, ts));
  }

  /** Resolves when acknowledged, or when Slack gives up; answers land in `ephemerals` or the channel. */
  command(userId: string, channel: string, command: string, text = ''): Promise<CommandResult> {
    return this.#interactions.command(userId, channel, command, text);
  }

  press(userId: string, channel: string, ts: string, actionId: string, press: Press = {}): Promise<InteractionResult> {
    return this.#interactions.press(userId, channel, ts, actionId, press);
  }

  shortcut(userId: string, channel: string, ts: string, callbackId: string): Promise<InteractionResult> {
    return this.#interactions.shortcut(userId, channel, ts, callbackId);
  }

  globalShortcut(userId: string, callbackId: string): Promise<InteractionResult> {
    return this.#interactions.globalShortcut(userId, callbackId);
  }

  pressInView(userId: string, viewId: string, actionId: string, press: Press = {}): Promise<InteractionResult> {
    return this.#viewInteractions.press(userId, viewId, actionId, press);
  }

  viewChange(userId: string, viewId: string, actionId: string, selected: Entry): Promise<InteractionResult> {
    return this.#viewInteractions.press(userId, viewId, actionId, { selected });
  }

  submitView(userId: string, viewId: string, values: Readonly<Record<string, Entry>> = {}): Promise<ViewResult> {
    return this.#viewInteractions.submit(userId, viewId, values);
  }

  closeView(userId: string, viewId: string): Promise<InteractionResult> {
    return this.#viewInteractions.close(userId, viewId);
  }

  /** A person opens the app's home tab. */
  openHome(userId: string, channel: string): void {
    const view = this.home(userId);
    const event = {
      type: 'app_home_opened',
      user: userId,
      channel,
      tab: 'home',
      ...(view ? { view } : {}),
      event_ts: this.#backend.mint.ts(),
    };
    this.#backend.events.emit('app_home_opened', undefined, event);
  }

  // What can be seen

  /** Roots, oldest first, without the lines that Slack itself writes. */
  messages(channel: string): readonly SlackMessage[] {
    return this.history(channel).filter((message) => isRoot(message) && !NOTES.has(message.subtype ?? ''));
  }

  /** Everything in the channel, oldest first: roots, replies and Slack's own lines. */
  history(channel: string): readonly SlackMessage[] {
    return this.#backend.log.all(this.#backend.channels.require(channel).id);
  }

  /** The replies, without the root. */
  thread(channel: string, ts: string): readonly SlackMessage[] {
    return this.#backend.log.replies(this.#backend.channels.require(channel).id, ts);
  }

  message(channel: string, ts: string): SlackMessage | undefined {
    return this.#backend.log.find(this.#backend.channels.require(channel).id, ts);
  }

  get ephemerals(): readonly Ephemeral[] {
    return this.#backend.ephemerals;
  }

  /** Open modals, the topmost last. */
  views(userId: string): readonly ShownView[] {
    return this.#backend.views.of(userId).map((view) => this.#backend.views.onWire(view));
  }

  home(userId: string): ShownView | undefined {
    const view = this.#backend.views.home(userId);
    return view ? this.#backend.views.onWire(view) : undefined;
  }

  /** Ids and broadcasts that are live in this message as it now is; `firstMentions` of a message has those of its first post. */
  mentions(message: object): string[] {
    return liveMentions(fieldsOf(message));
  }

  file(
    id: string,
  ): { readonly name: string; readonly title: string; readonly content: Buffer | undefined } | undefined {
    return this.#backend.files.get(id);
  }

  get canvases(): readonly Canvas[] {
    return [...this.#backend.canvases.values()];
  }

  /** What the manifest installs: commands, shortcuts, home tab. */
  get manifest(): SlackManifest {
    return this.#backend.manifest;
  }

  get calls(): readonly Readonly<CallRecord>[] {
    return this.#calls;
  }

  clearCalls(): void {
    this.#calls = [];
  }

  /** Events that went to the app, with the outcome of each attempt. */
  get events(): readonly SentEvent[] {
    return this.#backend.events.sent;
  }

  on(listener: FeedListener): () => void {
    return this.#backend.feed.on(listener);
  }

  until<T>(
    predicate: () => T | undefined | null | false,
    what: string,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<T> {
    return this.#backend.feed.until(predicate, what, options.timeoutMs ?? 15_000);
  }

  // What goes wrong

  /** Closes every socket abruptly. */
  dropSockets(): void {
    this.#backend.sockets.drop();
  }

  disconnectSockets(reason: 'warning' | 'refresh_requested'): void {
    this.#backend.sockets.disconnect(reason);
  }

  refuseSockets(on: boolean): void {
    this.#backend.sockets.refused = on;
  }

  duplicateEvents(on: boolean): void {
    this.#backend.events.duplicate = on;
  }

  /** While on, events are lost; history still has what they told of. */
  holdEvents(on: boolean): void {
    this.#backend.events.hold = on;
  }

  redeliver(eventId: string): void {
    this.#backend.events.redeliver(eventId);
  }

  /** Whether something is under way between this Slack and the app. */
  get busy(): boolean {
    return this.#http.open > 0 || this.#backend.sockets.unacknowledged > 0;
  }

  get sockets(): number {
    return this.#backend.sockets.count;
  }

  /** HTTP mode from now on, or sockets again with undefined. */
  deliverTo(url: string | undefined): void {
    this.#eventsUrl = url;
  }

  /** Sends url_verification, as Slack does when a request URL is saved; true if the app echoed the challenge. */
  async verifyUrl(): Promise<boolean> {
    const challenge = this.#backend.mint.id('challenge');
    const payload = { token: this.identity.verificationToken, challenge, type: 'url_verification' };
    const receipt = await this.#backend.push({ type: 'events_api', payload });
    if (receipt.kind !== 'acked') return false;
    return receipt.payload === challenge || fieldsOf(receipt.payload)['challenge'] === challenge;
  }

  /** Never waits for the app: sockets and connections are cut. */
  async close(): Promise<void> {
    this.#backend.sockets.close();
    this.#delivery.close();
    await this.#http.close();
  }

  #publish(channel: string, fields: Fields): string {
    const { id } = this.#backend.channels.require(channel);
    const text = textOf(fields['text']);
    return publish(this.#backend, { ...fields, type: 'message', text, channel: id, ts: this.#backend.mint.ts() }).ts;
  }

  #require(channel: string, ts: string): SlackMessage {
    const message = this.message(channel, ts);
    if (!message) throw new Error(`No message ${ts} in ${channel}`);
    return message;
  }
}
