/** What a company is told of an incident: the first report, follow-ups, the recovery (N-01, N-02). */

export type AnnouncementStage = 'first' | 'update' | 'recovery';

/** In the order in which a report says them; an empty one is being checked (N-03). */
export const REPORT_FIELDS = ['occurred', 'scope', 'happening', 'response'] as const;
export const RECOVERY_FIELDS = [
  'occurred',
  'recovered',
  'lasted',
  'scope',
  'happening',
  'mitigation',
  'followUp',
] as const;
export type AnnouncementField = (typeof REPORT_FIELDS)[number] | (typeof RECOVERY_FIELDS)[number];

export type AnnouncementFields = Readonly<Partial<Record<AnnouncementField, string>>>;

export function fieldsFor(stage: AnnouncementStage): readonly AnnouncementField[] {
  return stage === 'recovery' ? RECOVERY_FIELDS : REPORT_FIELDS;
}

/** What somebody wrote and has not sent yet. */
export interface AnnouncementDraft {
  readonly id: string;
  readonly incidentId: number;
  readonly stage: AnnouncementStage;
  readonly fields: AnnouncementFields;
  /** The promise: epoch ms. */
  readonly nextUpdateAt?: number;
  /** Slack id. */
  readonly by: string;
  readonly createdAt: number;
}
