/** The one way in which an incident changes: a pure step from one state of it to the next. */

import type { Incident, IncidentState, Mitigation, Task } from './incident.ts';
import type { IncidentChange } from './incident-event.ts';

/** The incident after a change: the only way in which one changes. */
export function applyChange(incident: Incident, change: IncidentChange, at: number): Incident {
  switch (change.kind) {
    case 'declared':
    case 'note':
    case 'note_changed':
    case 'note_removed':
    case 'time_moved':
    case 'alert_changed':
    case 'pager_assigned':
    case 'pager_changed':
      return incident;
    case 'announced':
      return withNextUpdate(incident, change.nextUpdateAt);
    case 'renumbered':
      return { ...incident, number: change.number };
    case 'retitled':
      return { ...incident, title: change.title };
    case 'state_changed':
      return withState(incident, change.to, change.mitigation, at);
    case 'severity_changed':
      return { ...incident, severity: change.to };
    case 'impact_changed':
      return { ...incident, impact: change.impact, ...(change.text === undefined ? {} : { impactText: change.text }) };
    case 'role_given':
      return { ...incident, roles: { ...incident.roles, [change.role]: change.to } };
    case 'task_started': {
      const task: Task = { id: change.task, who: change.who, text: change.text, startedAt: at };
      return { ...incident, tasks: [...incident.tasks, task] };
    }
    case 'task_done': {
      const tasks = incident.tasks.map((task) => (task.id === change.task ? { ...task, doneAt: at } : task));
      return { ...incident, tasks };
    }
    case 'on_call_changed':
      return { ...incident, onCall: change.to };
    case 'room_changed':
      return { ...incident, room: change.room };
    case 'pager_linked':
      return { ...incident, pager: change.pager };
  }
}

function withNextUpdate(incident: Incident, at: number | undefined): Incident {
  const { nextUpdateAt: _, ...rest } = incident;
  return at === undefined ? rest : { ...rest, nextUpdateAt: at };
}

function withState(incident: Incident, to: IncidentState, mitigation: Mitigation | undefined, at: number): Incident {
  const { clearedAt, completedAt, mitigation: before, ...rest } = incident;
  const isOver = to === 'cleared' || to === 'completed';
  const kept = mitigation ?? before;
  return {
    ...rest,
    state: to,
    ...(kept ? { mitigation: kept } : {}),
    ...(isOver ? { clearedAt: clearedAt ?? at } : {}),
    ...(to === 'completed' ? { completedAt: completedAt ?? at } : {}),
  };
}
