/** Starts and ends tasks: who does what, since when (I-10). */

import type { Incident, Task } from '../../domain/incident.ts';
import type { IncidentDeps } from '../deps.ts';
import { record } from '../record.ts';

export async function startTask(
  incident: Incident,
  order: { readonly who: string; readonly text: string; readonly by: string },
  deps: IncidentDeps,
): Promise<Incident> {
  // Two who start at once each take the next number: the later one looks again.
  for (let current = incident; ;) {
    const task = current.tasks.length + 1;
    const change = { kind: 'task_started', task, who: order.who, text: order.text } as const;
    const appended = await record(current, change, deps, {
      by: order.by,
      guard: ({ tasks }) => tasks.length + 1 === task,
    });
    if (appended.kind === 'appended') return appended.incident;
    current = appended.incident;
  }
}

export type Ended =
  | { readonly kind: 'ended'; readonly task: Task }
  | { readonly kind: 'none' }
  /** More than one may be meant. */
  | { readonly kind: 'which'; readonly tasks: readonly Task[] };

/** Ends the task of that number, or the only running one of the person. */
export async function endTask(
  incident: Incident,
  order: { readonly by: string; readonly task?: number },
  deps: IncidentDeps,
): Promise<Ended> {
  const running = incident.tasks.filter(({ doneAt }) => doneAt === undefined);
  const own = running.filter(({ who }) => who === order.by);
  const meant = order.task === undefined ? own : running.filter(({ id }) => id === order.task);
  const [task, ...more] = meant;
  if (!task) return running.length > 0 ? { kind: 'which', tasks: running } : { kind: 'none' };
  if (more.length > 0) return { kind: 'which', tasks: meant };
  const change = { kind: 'task_done', task: task.id, who: task.who, text: task.text } as const;
  await record(incident, change, deps, {
    by: order.by,
    guard: ({ tasks }) => tasks.some(({ id, doneAt }) => id === task.id && doneAt === undefined),
  });
  return { kind: 'ended', task };
}
