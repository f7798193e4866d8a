/** A fault of the configuration, and the words to point at it and to show what was found. */

export interface Fault {
  /** An environment name, a path such as `teams.sre.alert_channels[0].mention`, or `FILE:LINE:COLUMN`. */
  readonly where: string;
  /** One line: what is wrong, what is expected, what to do next. Never a secret. */
  readonly message: string;
}

export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((shown, step) => {
    if (typeof step === 'number') return `${shown}[${step}]`;
    const key = String(step);
    if (!/^[\p{L}\p{N}_-]+$/u.test(key)) return `${shown}[${JSON.stringify(key)}]`;
    return shown ? `${shown}.${key}` : key;
  }, '');
}

const LONGEST_SHOWN = 60;

/** What stood there, on one line; anything like a token stays hidden. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a block of keys';
  if (typeof value !== 'string') return String(value);
  if (/xox[a-z][-.]|xapp-|:\/\/[^/]*@/i.test(value)) return 'a secret (not shown; secrets belong in .env)';
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
}

/** ` (did you mean "…"?)` where a candidate is close to `word`, else nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`;
}

/** The candidate at most a few slips of the finger away from `word`. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  // A third of the word: enough for a slip, too little to turn one short word into another.
  let bestSlips = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const slips = editDistance(fold(word), fold(candidate));
    if (slips < bestSlips) [best, bestSlips] = [candidate, slips];
  }
  return best;
}

function fold(word: string): string {
  return word.slice(0, 100).toLowerCase().replaceAll(/[-\s]/g, '_');
}

/** Levenshtein's distance, two swapped neighbours counting once. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + change,
          swapped ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
