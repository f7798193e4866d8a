/** How much people talk in a thread, to suggest a war room once (I-09). */

export interface TalkStore {
  /** Counts a message once, however often it is told; returns what was said there so far. */
  countTalk(post: { channel: string; threadTs: string; ts: string; userId: string }): Promise<Talk>;
  /** `known` where the suggestion was made before. */
  suggested(channel: string, threadTs: string): Promise<'first' | 'known'>;
}

export interface Talk {
  readonly posts: number;
  /** Slack ids. */
  readonly people: readonly string[];
  readonly suggested: boolean;
}
