/** Every change to an incident as a stored event: the source of the timeline and of the postmortem draft. */

import type { AnnouncementStage } from './announcement.ts';
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
  | {
      readonly kind: 'note';
      readonly text: string;
      readonly source?: Source;
      readonly phase?: Phase;
      /** Who pinned the message; `by` wrote it. */
      readonly pinnedBy?: string;
      /** What the app is called that wrote the message; `by` is absent then. */
      readonly app?: string;
    }
  /** A message on the timeline was edited by its author. */
  | { readonly kind: 'note_changed'; readonly channel: string; readonly ts: string; readonly text: string }
  /** A message was deleted, or `unpinnedBy` took their pin away. */
  | { readonly kind: 'note_removed'; readonly channel: string; readonly ts: string; readonly unpinnedBy?: string }
  /** Somebody corrected the time of an event. */
  | { readonly kind: 'time_moved'; readonly event: number; readonly from: number; readonly to: number }
  /** The alert from which it was declared, as its monitoring tool told of it. */
  | {
      readonly kind: 'alert_changed';
      readonly status: 'fired' | 'acknowledged' | 'recovered';
      readonly title: string;
      readonly source?: Source;
      /** Who acknowledged it, where that person is not in Slack. */
      readonly name?: string;
    }
  /** PagerDuty called other people: an escalation or a reassignment. */
  | { readonly kind: 'pager_assigned'; readonly names: readonly string[] }
  | {
      readonly kind: 'announced';
      /** 1 is the first report. */
      readonly number: number;
      readonly stage: AnnouncementStage;
      readonly fields: Readonly<Record<string, string>>;
      readonly nextUpdateAt?: number;
      /** The user groups that it mentioned. */
      readonly groups?: readonly string[];
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
