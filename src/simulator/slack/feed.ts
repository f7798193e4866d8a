/** The live feed of everything that happens in the local Slack, for tests, the demo and a page that shows it. */

export type WorldEvent =
  | { readonly kind: 'message' | 'changed'; readonly channel: string; readonly ts: string; readonly message: object }
  | { readonly kind: 'deleted'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'ephemeral'; readonly channel: string; readonly user: string; readonly message: object }
  | {
      readonly kind: 'reaction';
      readonly channel: string;
      readonly ts: string;
      readonly user: string;
      readonly name: string;
      readonly added: boolean;
    }
  | { readonly kind: 'view'; readonly user: string; readonly change: ViewChange; readonly view: object }
  | { readonly kind: 'channel'; readonly channel: string; readonly what: string }
  | { readonly kind: 'user' | 'group' | 'canvas'; readonly id: string }
  | { readonly kind: 'call'; readonly call: object }
  | { readonly kind: 'socket'; readonly open: boolean; readonly count: number }
  | { readonly kind: 'delivery'; readonly type: string; readonly outcome: string; readonly eventId?: string };

export type ViewChange = 'opened' | 'updated' | 'pushed' | 'published' | 'closed';

export type FeedListener = (event: WorldEvent) => void;

export class Feed {
  readonly #listeners = new Set<FeedListener>();

  on(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Resolves as soon as `predicate` answers something truthy; looks again at each event and every few real milliseconds. */
  until<T>(predicate: () => T | undefined | null | false, what: string, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      let done = false;
      const finish = (act: () => void): void => {
        if (done) return;
        done = true;
        stop();
        clearInterval(poll);
        clearTimeout(deadline);
        act();
      };
      const look = (): void => {
        if (done) return;
        try {
          const found = predicate();
          if (found) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const stop = this.on(look);
      const poll = setInterval(look, 5);
      const deadline = setTimeout(() => {
        finish(() => reject(new Error(`Waited ${timeoutMs} ms in vain for: ${what}`)));
      }, timeoutMs);
      look();
    });
  }
}
