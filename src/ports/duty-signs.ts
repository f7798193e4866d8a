/** Where Slack itself shows who is on call: user groups and channel topics. */

/** Every method throws ChatError. */
export interface DutySigns {
  /** Slack ids. */
  groupMembers(group: string): Promise<readonly string[]>;
  /** Replaces them; Slack allows no empty group. */
  setGroupMembers(group: string, slackIds: readonly string[]): Promise<void>;
  topic(channel: string): Promise<string>;
  setTopic(channel: string, topic: string): Promise<void>;
}
