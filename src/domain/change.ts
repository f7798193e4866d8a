/** A change to what runs: a deploy, a merge, a configuration that somebody switched. */

export interface Change {
  /** Epoch ms. */
  readonly at: number;
  /** One line, foreign text. */
  readonly summary: string;
  readonly url?: string;
}
