/** A postmortem: the review of an incident, or of anything else from which somebody wants to learn (P-03). */

export interface Postmortem {
  readonly id: string;
  /** Absent where somebody began one by themselves. */
  readonly incidentId?: string;
  readonly title: string;
  /** Slack id; absent where Toban began it by itself. */
  readonly createdBy?: string;
  /** Slack id of whoever finishes it. */
  readonly owner?: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** The draft as it was written. */
  readonly markdown: string;
  /** Where the draft's file goes. */
  readonly channel: string;
  readonly threadTs?: string;
  /** The file in Slack, once it was uploaded. */
  readonly fileId?: string;
  readonly fileUrl?: string;
  /** Of a private incident or a drill: it stands in no list and is not counted. */
  readonly private?: boolean;
  /** Whether the file stands in the channel. */
  readonly shared: boolean;
}
