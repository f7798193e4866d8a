/** YAML text → plain value, guarded against a file that is broken or too large. */

import { LineCounter, parseDocument } from 'yaml';
import type { Fault } from './fault.ts';

// No honest file comes near these: `yaml` compares every two keys of a block, and aliases multiply what they stand for.
const MAX_CHARACTERS = 200_000;
const MAX_ALIASES = 100;
/** One slip often brings a trail of syntax faults behind it. */
const MAX_SYNTAX_FAULTS = 10;

type YamlReading =
  { readonly kind: 'parsed'; readonly raw: unknown } | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

/** `path` only names the file in the faults. */
export function parseYaml(source: string, path: string): YamlReading {
  const refused = (message: string): YamlReading => ({ kind: 'refused', faults: [{ where: path, message }] });
  if (source.length > MAX_CHARACTERS)
    return refused('is larger than 200 kB; expected a short YAML file; make it smaller');
  try {
    const lines = new LineCounter();
    // prettyErrors would quote the line at fault, and with it whatever secret stands there by mistake.
    const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const faults = [...document.errors, ...document.warnings].slice(0, MAX_SYNTAX_FAULTS).map((error): Fault => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { where: `${path}:${line}:${col}`, message: syntaxMessage(error) };
    });
    if (faults.length > 0) return { kind: 'refused', faults };
    return { kind: 'parsed', raw: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    const cause = error instanceof Error ? oneLine(error.message) : 'unknown cause';
    return refused(`cannot be read as YAML: ${cause}; expected plain YAML with few anchors; write it out without them`);
  }
}

const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the same key stands twice in one block; expected it once; remove one of the two',
  TAB_AS_INDENT: 'a tab indents this line; expected spaces; replace the tab with spaces',
  BAD_DIRECTIVE: 'a line that begins with % is a directive to YAML; expected none; remove it or put the text in quotes',
  MULTIPLE_DOCS: 'a second document begins here; expected one document; remove the line ---',
};

function syntaxMessage({ code, message }: { readonly code: string; readonly message: string }): string {
  const cause = oneLine(message);
  return SYNTAX_MESSAGES[code] ?? `is not valid YAML: ${cause}; correct this line or the one before it`;
}

/** What stands in quotes comes from the file, and might be a secret. */
function oneLine(message: string): string {
  return message
    .replaceAll(/"(?:[^"\\]|\\.)*"?/gs, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}
