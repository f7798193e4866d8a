/** A page of steps, and a scored candidate for an alert. */

export interface RunbookLink {
  readonly title: string;
  readonly url: string;
}

export interface Runbook {
  /** Path inside the library with forward slashes, the runbook's identity: `aurora-replica-lag.md`. */
  readonly path: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly services: readonly string[];
  readonly owner?: string;
  readonly severity?: string;
  readonly firstChecks: readonly string[];
  readonly links: readonly RunbookLink[];
  /** `YYYY-MM-DD`. */
  readonly reviewedAt?: string;
  /** The page below its front matter, Markdown. */
  readonly body: string;
}

export interface RunbookSuggestion {
  readonly runbook: Runbook;
  /** 0 to 1, higher is better; comparable within one answer. */
  readonly score: number;
  /** The keywords that matched, as they stand in the runbook. */
  readonly matched: readonly string[];
  /** `named`: the alert itself names the runbook. */
  readonly because: 'named' | 'keywords';
}

/** A file of the library that cannot be used as it is. */
export interface RunbookFault {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}
