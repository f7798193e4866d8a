/** Every change to an incident as a stored event: the source of the timeline and of the postmortem draft. */

import type { Impact, IncidentState, Mitigation, PagerLink, Role, Room, Severity, Source } from './incident.ts';
import type { PagerStatus } from './pager-incident.ts';

/** What happened; people are Slack ids, times epoch ms. */
export type IncidentChange =
  | {
      readonly kind: 'declared';
      readonly title: string;
      readonly severity: Severity;
      readonly impact: Impact;
      readonly drill: boolean;
    }
  /** The channel name of the number before was taken. */
  | { readonly kind: 'renumbered'; readonly number: number }
  | { readonly kind: 'retitled'; readonly title: string }
  | {
      readonly kind: 'state_changed';
      readonly from: IncidentState;
      readonly to: IncidentState;
      readonly mitigation?: Mitigation;
    }
  | { readonly kind: 'severity_changed'; readonly from: Severity; readonly to: Severity }
  | { readonly kind: 'impact_changed'; readonly impact: Impact; readonly text?: string }
  | { readonly kind: 'role_given'; readonly role: Role; readonly to: string; readonly from?: string }
  | { readonly kind: 'task_started'; readonly task: number; readonly who: string; readonly text: string }
  | { readonly kind: 'task_done'; readonly task: number; readonly who: string; readonly text: string }
  | { readonly kind: 'on_call_changed'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly kind: 'room_changed'; readonly room: Room }
  | { readonly kind: 'pager_linked'; readonly pager: PagerLink }
  /** PagerDuty's own incident moved on; `name` of whoever did it there, where known. */
  | { readonly kind: 'pager_changed'; readonly status: PagerStatus; readonly name?: string }
  /** Something somebody said or did that belongs on the timeline. */
  | { readonly kind: 'note'; readonly text: string; readonly source?: Source; readonly phase?: Phase }
  | {
      readonly kind: 'announced';
      /** 1 is the first report. */
      readonly number: number;
      readonly stage: 'first' | 'update' | 'recovery';
      readonly fields: Readonly<Record<string, string>>;
      readonly nextUpdateAt?: number;
    };

/** The timeline's first column: 発生, 発見, 対応, 復旧 (L-02). */
export type Phase = 'occurred' | 'found' | 'action' | 'recovered';

export interface NewIncidentEvent {
  /** Unique within the incident where set: the same happening, told twice, is kept once. */
  readonly key?: string;
  /** When it happened; it may be earlier than when it was told. */
  readonly at: number;
  /** Slack id; absent where Toban or PagerDuty did it. */
  readonly by?: string;
  readonly change: IncidentChange;
}

export interface IncidentEvent extends NewIncidentEvent {
  /** Ascending in the order of telling. */
  readonly id: number;
  readonly incidentId: number;
}
