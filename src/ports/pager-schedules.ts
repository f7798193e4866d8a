/** What the features ask of PagerDuty about schedules and escalation policies. */

import type { CoverChange, ScheduleKind, WrittenOverride } from '../domain/cover.ts';
import type { EscalationPolicy } from '../domain/escalation-policy.ts';
import type { Acting } from './pager.ts';

/** Who holds a schedule, overrides included, cut to the window that was asked for. Epoch ms. */
export interface RenderedShift {
  readonly responderId: string;
  readonly start: number;
  readonly end: number;
  /** What a shift-based schedule's override has to name; absent on a layer-based one. */
  readonly source?: { readonly rotation_id: string } | { readonly custom_shift_id: string };
}

export interface RenderedSchedule {
  readonly id: string;
  readonly kind: ScheduleKind;
  readonly shifts: readonly RenderedShift[];
}

export type OverrideOutcome =
  { readonly kind: 'made'; readonly override: WrittenOverride } | { readonly kind: 'refused'; readonly reason: string };

/** Every method throws PagerError. */
export interface PagerSchedules {
  /** The account's escalation policies, every page. */
  policies(): Promise<readonly EscalationPolicy[]>;
  /** Of either kind. */
  rendered(scheduleId: string, since: number, until: number): Promise<RenderedSchedule>;
  /** One outcome a change, in their order: some may be refused while others are made. */
  override(
    schedule: RenderedSchedule,
    changes: readonly CoverChange[],
    acting: Acting,
  ): Promise<readonly OverrideOutcome[]>;
  /** The override that makes a change stand; undefined where none does. */
  standing(schedule: RenderedSchedule, change: CoverChange): Promise<WrittenOverride | undefined>;
  /** `gone` where there is none; one that has begun is cut off now. */
  removeOverride(scheduleId: string, override: WrittenOverride, acting: Acting): Promise<'removed' | 'gone'>;
}
