/** What the doctor found at one place: what is, what should be, and what to do. */

/** `fatal`: Toban does not work so. `unknown`: could not be looked at, because something else is in the way. */
export type Weight = 'fatal' | 'warning' | 'unknown' | 'fine';

export interface Advice {
  readonly is: string;
  readonly should: string;
  readonly todo: string;
}

export interface Finding {
  /** `slack.scopes`: part and subject, stable for machines. */
  readonly check: string;
  readonly weight: Weight;
  readonly is: string;
  /** Both absent where all is well. */
  readonly should?: string;
  readonly todo?: string;
}

export function fault(check: string, weight: Exclude<Weight, 'fine'>, advice: Advice): Finding {
  return { check, weight, ...advice };
}

export function fine(check: string, is: string): Finding {
  return { check, weight: 'fine', is };
}

export function worst(findings: readonly Finding[]): Weight {
  for (const weight of ['fatal', 'warning', 'unknown'] as const) {
    if (findings.some((finding) => finding.weight === weight)) return weight;
  }
  return 'fine';
}
