/** The way to whoever runs Toban: a direct message to every admin, each thing once a day. */

export interface Admins {
  /** `what` names the matter: the same one is not told again on that day. Never rejects. */
  tell(what: string, text: string): Promise<void>;
}
