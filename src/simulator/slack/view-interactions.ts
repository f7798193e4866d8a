/** What people do in modals and home tabs: press, type, submit and close. */
import type { Backend } from './backend.ts';
import { elementsOf } from './block-kit.ts';
import { enteredValue, initialValue, isEmptyValue, keepsState, stateKey, valueProblem } from './element-values.ts';
import type { Entry } from './element-values.ts';
import { actionOf, commonFields, findElement } from './interaction-payloads.ts';
import type { FoundElement, Press } from './interaction-payloads.ts';
import { resultOf } from './interactions.ts';
import type { InteractionResult } from './interactions.ts';
import { Refusal } from './refusal.ts';
import type { ShownView, StandingView } from './views.ts';
import { fieldsOf, isFields, itemsOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export type ViewResult =
  | { readonly kind: 'closed' | 'cleared' }
  | { readonly kind: 'updated' | 'pushed'; readonly view: ShownView }
  /** By block_id; the modal stays open. `by` is the client for what Slack itself refuses before the app hears of it. */
  | { readonly kind: 'errors'; readonly by: 'app' | 'client'; readonly errors: Readonly<Record<string, string>> }
  /** No acknowledgement in time, or a response that Slack cannot use; the modal stays open. */
  | { readonly kind: 'failed'; readonly error: string; readonly messages: readonly string[] };

export class ViewInteractions {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Presses or changes an element of a view; an input tells the app only if it has dispatch_action. */
  async press(user: string, viewId: string, actionId: string, press: Press): Promise<InteractionResult> {
    const backend = this.#backend;
    const view = this.#require(user, viewId);
    const found = findElement(view.blocks, actionId, press, `View ${viewId}`);
    const { action, entered } = actionOf(backend, found, press);
    if (keepsState(found.element)) view.entered.set(stateKey(found.blockId, found.actionId), entered);
    const block = view.blocks.find((one) => one['block_id'] === found.blockId);
    if (block?.['type'] === 'input' && block['dispatch_action'] !== true) return { acked: true, ackedAfterMs: 0 };
    const shown = backend.views.onWire(view);
    const receipt = await this.#push({
      type: 'block_actions',
      ...commonFields(backend, user),
      container: { type: 'view', view_id: view.id },
      trigger_id: backend.triggers.issue(user, view.id),
      view: shown,
      state: shown.state,
      actions: [action],
    });
    return resultOf(receipt);
  }

  /** Fills in the inputs and presses Submit. `values` go by block_id or action_id. */
  async submit(user: string, viewId: string, values: Readonly<Record<string, Entry>>): Promise<ViewResult> {
    const backend = this.#backend;
    const view = this.#require(user, viewId);
    if (!view.given['submit']) throw new Error(`View ${viewId} has no submit button`);
    for (const [name, entry] of Object.entries(values)) this.#enter(view, name, entry);
    const errors = clientErrors(view);
    if (Object.keys(errors).length > 0) return { kind: 'errors', by: 'client', errors };
    const receipt = await this.#push({
      type: 'view_submission',
      ...commonFields(backend, user),
      trigger_id: backend.triggers.issue(user, view.id),
      view: backend.views.onWire(view),
      response_urls: this.#responseUrls(view),
    });
    const result = resultOf(receipt);
    if (!result.acked) return { kind: 'failed', error: result.error ?? 'operation_timeout', messages: [] };
    try {
      return this.#follow(view, fieldsOf(result.response));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const messages = itemsOf(fieldsOf(error.extra['response_metadata'])['messages']).map(textOf);
      return { kind: 'failed', error: error.code, messages };
    }
  }

  /** Closes the modal with its cross; the app hears of it if it asked to. */
  async close(user: string, viewId: string): Promise<InteractionResult> {
    const backend = this.#backend;
    const view = this.#require(user, viewId);
    const shown = backend.views.onWire(view);
    backend.views.close(view);
    if (view.given['notify_on_close'] !== true) return { acked: true, ackedAfterMs: 0 };
    return resultOf(
      await this.#push({ type: 'view_closed', ...commonFields(backend, user), view: shown, is_cleared: false }),
    );
  }

  #push(payload: Fields): ReturnType<Backend['push']> {
    if (!this.#backend.manifest.interactive)
      return Promise.resolve({ kind: 'unreachable', why: 'interactivity is off in the manifest' });
    return this.#backend.push({ type: 'interactive', payload });
  }

  /** Does what the acknowledgement says. */
  #follow(view: StandingView, response: Fields): ViewResult {
    const { views } = this.#backend;
    const action = response['response_action'];
    if (!views.isOpen(view)) return { kind: 'closed' };
    switch (action) {
      case undefined:
        views.close(view);
        return { kind: 'closed' };
      case 'clear':
        views.close(view, true);
        return { kind: 'cleared' };
      case 'update':
        return { kind: 'updated', view: views.onWire(views.update({ id: view.id }, response['view'])) };
      case 'push':
        return { kind: 'pushed', view: views.onWire(views.push(view, response['view'])) };
      case 'errors':
        return { kind: 'errors', by: 'app', errors: usableErrors(view, response['errors']) };
      default:
        throw new Refusal('invalid_response_action');
    }
  }

  #enter(view: StandingView, name: string, entry: Entry): void {
    const all: FoundElement[] = view.blocks.flatMap((block) =>
      elementsOf(block)
        .filter(keepsState)
        .map((element) => ({ blockId: textOf(block['block_id']), actionId: textOf(element['action_id']), element })),
    );
    const found = all.filter((one) => one.blockId === name || one.actionId === name);
    const [only] = found;
    if (!only || found.length > 1) {
      const there = all.map((one) => `${one.blockId}/${one.actionId}`).join(', ') || 'none';
      throw new Error(`View ${view.id} has ${only ? 'several inputs' : 'no input'} ${name}; it has: ${there}`);
    }
    view.entered.set(stateKey(only.blockId, only.actionId), enteredValue(only.element, entry));
  }

  /** Inputs with response_url_enabled give the app a place to answer. */
  #responseUrls(view: StandingView): Fields[] {
    const { triggers, origin } = this.#backend;
    return view.blocks.flatMap((block) =>
      elementsOf(block)
        .filter((element) => element['response_url_enabled'] === true)
        .map((element) => {
          const blockId = textOf(block['block_id']);
          const actionId = textOf(element['action_id']);
          const value = view.entered.get(stateKey(blockId, actionId)) ?? initialValue(element);
          const channel = textOf(value['selected_conversation'] ?? value['selected_channel']);
          const key = triggers.openResponse({
            channel,
            user: view.user,
            messageTs: undefined,
            threadTs: undefined,
            ephemeral: false,
          });
          return {
            block_id: blockId,
            action_id: actionId,
            channel_id: channel,
            response_url: `${origin()}/response/${key}`,
          };
        }),
    );
  }

  #require(user: string, viewId: string): StandingView {
    const view = this.#backend.views.find(viewId);
    if (!view || view.user !== user) throw new Error(`${user} has no open view ${viewId}`);
    return view;
  }
}

/** What Slack's client refuses before the app hears of it, by block_id. */
function clientErrors(view: StandingView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks.filter((one) => one['type'] === 'input')) {
    const element = fieldsOf(block['element']);
    const blockId = textOf(block['block_id']);
    const value = view.entered.get(stateKey(blockId, textOf(element['action_id']))) ?? initialValue(element);
    if (isEmptyValue(value)) {
      if (block['optional'] !== true) errors[blockId] = 'Please complete this required field';
      continue;
    }
    const problem = valueProblem(element, value);
    if (problem) errors[blockId] = problem;
  }
  return errors;
}

function usableErrors(view: StandingView, given: unknown): Record<string, string> {
  const inputs = new Set(
    view.blocks.filter((block) => block['type'] === 'input').map((block) => textOf(block['block_id'])),
  );
  if (!isFields(given) || Object.keys(given).length === 0) throw new Refusal('invalid_errors');
  for (const name of Object.keys(given)) {
    if (!inputs.has(name))
      throw new Refusal('invalid_errors', { response_metadata: { messages: [`[ERROR] no input block ${name}`] } });
  }
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, textOf(text)]));
}
