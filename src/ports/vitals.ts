/** How Toban watches itself: who knows of something that can fail says how to see it, and the admins hear of it once (O-03). */

/** What is wrong, and what an admin can do about it; in the language of the workspace. */
export interface Complaint {
  readonly is: string;
  readonly todo: string;
}

export interface Vital {
  /** Unique: `handover`, `slack.line`. */
  readonly key: string;
  /** Undefined while all is well. Called every half minute; may throw, which counts as unknown. */
  check(): Complaint | undefined | Promise<Complaint | undefined>;
}

export interface Vitals {
  watchFor(vital: Vital): void;
  /** For what shows only when it fails: stands until `clear` of the key, or until it was not reported for an hour. */
  report(key: string, complaint: Complaint): void;
  clear(key: string): void;
  /** What ails now, for /healthz. */
  ailing(): readonly Ailment[];
}

export interface Ailment {
  readonly key: string;
  /** Epoch ms. */
  readonly since: number;
  readonly is: string;
}

/** Which complaints the admins know of, so that a restart does not tell them again. */
export interface VitalStore {
  load(): Promise<readonly Told[]>;
  save(told: Told): Promise<void>;
  remove(key: string): Promise<void>;
  /** Writes as a message would, and takes it back; rejects where the database cannot. */
  tryWriting(): Promise<void>;
  /** Free bytes on the database's disk. */
  freeBytes(): number;
}

export interface Told {
  readonly key: string;
  readonly since: number;
  readonly is: string;
}
