/** Lets only so many requests run at once, and a person's click before the background's reading. */

export type Urgency = 'interactive' | 'background';

export interface Gate {
  /** Runs `task` when a place is free; places go to waiting interactive tasks first, else in the order of asking. */
  run<T>(urgency: Urgency, task: () => Promise<T>): Promise<T>;
}

/** `places` (≥ 1) is how many tasks may run at the same time. */
export function createGate(places: number): Gate {
  const waiting: Record<Urgency, (() => void)[]> = { interactive: [], background: [] };
  let free = places;

  const enter = (urgency: Urgency): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting[urgency].push(resolve));
  };
  // A place is handed straight to the next in line, so that nobody who asks in between can slip in.
  const leave = (): void => {
    const next = waiting.interactive.shift() ?? waiting.background.shift();
    if (next) next();
    else free += 1;
  };

  return {
    run: async (urgency, task) => {
      await enter(urgency);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
