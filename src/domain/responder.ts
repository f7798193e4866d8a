/** A person who may be paged, as PagerDuty knows them. */

export interface Responder {
  /** PagerDuty user id. */
  readonly id: string;
  readonly name: string;
  /** The e-mail of the PagerDuty account; absent where PagerDuty did not tell it. */
  readonly email?: string;
}
