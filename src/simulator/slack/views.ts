/** The modals that are open and the home tabs that are published, with their stacks, hashes and entered values. */
import { elementsOf } from './block-kit.ts';
import { stateValues } from './element-values.ts';
import type { Feed, ViewChange } from './feed.ts';
import type { Identity, Mint } from './identity.ts';
import { Refusal } from './refusal.ts';
import { checkView } from './view-rules.ts';
import { itemsOf, optionalText, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

/** A root and two more. */
const DEEPEST_STACK = 3;

/** A view as it goes over the wire. */
export interface ShownView extends Fields {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly blocks: readonly Fields[];
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly external_id: string;
  readonly hash: string;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
  readonly state: { readonly values: Fields };
}

export interface StandingView {
  readonly id: string;
  readonly user: string;
  readonly rootId: string;
  readonly previousId: string | null;
  given: Fields;
  blocks: readonly Fields[];
  hash: string;
  readonly entered: Map<string, Fields>;
}

/** Gives ids to blocks and elements that came without, as Slack does. */
export function withIds(blocks: unknown, mint: Mint): Fields[] {
  const copy = structuredClone(itemsOf(blocks)) as Record<string, unknown>[];
  for (const block of copy) {
    block['block_id'] ??= mint.id('b');
    for (const element of elementsOf(block)) {
      if (!textOf(element['type']).startsWith('rich_text') && ACTS.test(textOf(element['type'])))
        element['action_id'] ??= mint.id('a');
    }
  }
  return copy;
}

const ACTS = /button|select|picker|input|checkboxes|overflow/;

export class Views {
  readonly #identity: Identity;
  readonly #mint: Mint;
  readonly #feed: Feed;
  #open: StandingView[] = [];
  readonly #homes = new Map<string, StandingView>();

  constructor(identity: Identity, mint: Mint, feed: Feed) {
    this.#identity = identity;
    this.#mint = mint;
    this.#feed = feed;
  }

  /** The modals of one person, the topmost last. */
  of(user: string): readonly StandingView[] {
    return this.#open.filter((view) => view.user === user);
  }

  home(user: string): StandingView | undefined {
    return this.#homes.get(user);
  }

  find(id: string): StandingView | undefined {
    return [...this.#open, ...this.#homes.values()].find((view) => view.id === id);
  }

  open(user: string, given: unknown): StandingView {
    return this.#stand(user, checkView(given, 'modal'), undefined, 'opened');
  }

  push(below: StandingView | undefined, given: unknown): StandingView {
    if (!below) throw new Refusal('not_found');
    const view = checkView(given, 'modal');
    if (this.#open.filter((other) => other.rootId === below.rootId).length >= DEEPEST_STACK)
      throw new Refusal('push_limit_reached');
    return this.#stand(below.user, view, below, 'pushed');
  }

  update(
    wanted: {
      readonly id?: string | undefined;
      readonly externalId?: string | undefined;
      readonly hash?: string | undefined;
    },
    given: unknown,
  ): StandingView {
    const found = wanted.id ? this.find(wanted.id) : this.#byExternalId(wanted.externalId);
    if (!found) throw new Refusal('not_found');
    if (wanted.hash !== undefined && wanted.hash !== found.hash) throw new Refusal('hash_conflict');
    const view = checkView(given, found.given['type'] === 'home' ? 'home' : 'modal');
    const other = this.#byExternalId(optionalText(view['external_id']));
    if (other && other !== found) throw new Refusal('duplicate_external_id');
    found.given = view;
    found.blocks = withIds(view['blocks'], this.#mint);
    found.hash = this.#hash();
    this.#tell(found, 'updated');
    return found;
  }

  publish(user: string, given: unknown, hash: string | undefined): StandingView {
    const view = checkView(given, 'home');
    const before = this.#homes.get(user);
    if (hash !== undefined && hash !== before?.hash) throw new Refusal('hash_conflict');
    const id = before?.id ?? this.#mint.id('V');
    const standing = {
      id,
      user,
      rootId: id,
      previousId: null,
      given: view,
      blocks: withIds(view['blocks'], this.#mint),
      hash: this.#hash(),
      entered: new Map(),
    };
    this.#homes.set(user, standing);
    this.#tell(standing, 'published');
    return standing;
  }

  /** Closes the view and all above it; with `whole`, its stack. */
  close(view: StandingView, whole = false): void {
    const stack = this.#open.filter((other) => other.rootId === view.rootId);
    const closing = whole ? stack : stack.slice(stack.indexOf(view));
    this.#open = this.#open.filter((other) => !closing.includes(other));
    for (const closed of closing) this.#tell(closed, 'closed');
  }

  isOpen(view: StandingView): boolean {
    return this.#open.includes(view);
  }

  onWire(view: StandingView): ShownView {
    const { given } = view;
    return {
      id: view.id,
      team_id: this.#identity.teamId,
      type: given['type'] === 'home' ? 'home' : 'modal',
      blocks: view.blocks,
      private_metadata: textOf(given['private_metadata']),
      callback_id: textOf(given['callback_id']),
      state: { values: stateValues(view.blocks, view.entered) },
      hash: view.hash,
      ...(given['title'] ? { title: given['title'] } : {}),
      clear_on_close: given['clear_on_close'] === true,
      notify_on_close: given['notify_on_close'] === true,
      close: given['close'] ?? null,
      submit: given['submit'] ?? null,
      previous_view_id: view.previousId,
      root_view_id: view.rootId,
      app_id: this.#identity.appId,
      external_id: textOf(given['external_id']),
      app_installed_team_id: this.#identity.teamId,
      bot_id: this.#identity.botId,
    };
  }

  #stand(user: string, given: Fields, below: StandingView | undefined, change: ViewChange): StandingView {
    if (this.#byExternalId(optionalText(given['external_id']))) throw new Refusal('duplicate_external_id');
    const id = this.#mint.id('V');
    const view: StandingView = {
      id,
      user,
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
      given,
      blocks: withIds(given['blocks'], this.#mint),
      hash: this.#hash(),
      entered: new Map(),
    };
    this.#open = [...this.#open, view];
    this.#tell(view, change);
    return view;
  }

  #byExternalId(externalId: string | undefined): StandingView | undefined {
    if (!externalId) return undefined;
    return [...this.#open, ...this.#homes.values()].find((view) => view.given['external_id'] === externalId);
  }

  #hash(): string {
    return `${this.#mint.ts()}.${this.#mint.id('h')}`;
  }

  #tell(view: StandingView, change: ViewChange): void {
    this.#feed.emit({ kind: 'view', user: view.user, change, view: this.onWire(view) });
  }
}
