/** A small scanner of TypeScript text: what is code, what is a string or a comment, and what a file imports. */

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** A word after which a slash begins a regular expression, not a division. */
const BEFORE_REGEX = /(?:^|[^\w$.])(?:return|typeof|case|in|of|await|yield|throw|else|do|void|delete)$/;

/** The text with comments, string contents and regular expressions blanked; quotes, length and lines stay. */
export function codeOnly(text: string): string {
  const out = text.replace(/[^\n]/g, ' ').split('');
  const units = text.split('');
  /** Depths of `{` at which a template's `${` closes. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  let before = '';
  const keep = () => {
    const sign = units[at] ?? '';
    out[at] = sign;
    if (/\s/.test(sign)) {
      if (!before.endsWith(' ')) before += ' ';
    } else before += sign;
    at++;
  };
  const skipTo = (end: RegExp) => {
    while (at < units.length && !end.test(units[at] ?? '')) at += units[at] === '\\' ? 2 : 1;
  };
  const template = () => {
    while (at < units.length) {
      if (units[at] === '\\') at += 2;
      else if (units[at] === '`') return keep();
      else if (units[at] === '$' && units[at + 1] === '{') {
        templates.push(depth++);
        keep();
        return keep();
      } else at++;
    }
  };
  while (at < units.length) {
    const sign = units[at] ?? '';
    const pair = sign + (units[at + 1] ?? '');
    if (pair === '//') skipTo(/\n/);
    else if (pair === '/*') {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? units.length : end + 2;
    } else if (sign === "'" || sign === '"') {
      keep();
      skipTo(new RegExp(`[${sign}\\n]`));
      keep();
    } else if (sign === '`') {
      keep();
      template();
    } else if (sign === '/' && beginsRegex(before)) {
      at++;
      for (let inClass = false; at < units.length && units[at] !== '\n'; at++) {
        if (units[at] === '\\') at++;
        else if (units[at] === '[') inClass = true;
        else if (units[at] === ']') inClass = false;
        else if (units[at] === '/' && !inClass) break;
      }
      at++;
      before += ')';
    } else {
      if (sign === '{') depth++;
      if (sign === '}') depth--;
      const closes = sign === '}' && templates.at(-1) === depth;
      keep();
      if (closes) {
        templates.pop();
        template();
      }
    }
    if (before.length > 4000) before = before.slice(-40);
  }
  return out.join('');
}

function beginsRegex(before: string): boolean {
  const last = before.trimEnd();
  return !/[\w$)\]}'"`]$/.test(last) || BEFORE_REGEX.test(last);
}

/** Everything that a file imports: static, type-only, re-exported, dynamic, `import('x').T` and require. */
export function importsOf(text: string): readonly Import[] {
  const code = codeOnly(text);
  const forms =
    /(?:^|[^\w$.])(?:(?:import|export)\b(?:\s+type\b)?\s*[\w$*,{}\s]*?\bfrom\s*|import\s*\(\s*|import\s*|require\s*\(\s*)(['"`])/g;
  return [...code.matchAll(forms)].map((match) => {
    const start = match.index + match[0].length;
    const specifier = text.slice(start, code.indexOf(match[1] ?? '', start));
    return { specifier, line: lineAt(text, start) };
  });
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Where `pattern` (global) stands in the code of `text`, comments and strings left out. */
export function linesWith(text: string, pattern: RegExp): readonly number[] {
  return [...codeOnly(text).matchAll(pattern)].map(({ index }) => lineAt(text, index));
}

/** The arguments of the call whose opening bracket stands at `open` in `code`, as slices of `text`. */
export function argumentsAt(text: string, code: string, open: number): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < code.length; at++) {
    const sign = code[at] ?? '';
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if ((sign === ',' && depth === 1) || depth === 0) {
      found.push(text.slice(start, at).trim());
      start = at + 1;
      if (depth === 0) break;
    }
  }
  return found.filter((argument) => argument !== '');
}
