/** Who Toban is in this workspace, as auth.test says. */

export interface SelfIdentity {
  readonly userId: string;
  readonly botId?: string;
  readonly appId?: string;
  readonly teamId?: string;
}
