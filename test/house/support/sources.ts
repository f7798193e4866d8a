/** The files that the house rules are asked of: name → text, from the disk or made up by a test. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Path with `/`, seen from the folder that was read → text. */
export type Sources = Readonly<Record<string, string>>;

export const ROOT = join(__dirname, '../../..');

/** What .gitignore names, and what git itself keeps. */
const IGNORED = /^(?:node_modules|data|coverage|\.git|\.env|toban\.yml|.*\.log)$/;

export function sourcesUnder(folder: string, keep: (path: string) => boolean): Sources {
  const top = join(ROOT, folder);
  const found: [string, string][] = [];
  const walk = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (IGNORED.test(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) {
        const name = relative(top, path).split(sep).join('/');
        if (keep(name)) found.push([name, readFileSync(path, 'utf8')]);
      }
    }
  };
  walk(top);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const src = (): Sources => sourcesUnder('src', (path) => path.endsWith('.ts'));
