/** The page's own files and its one library, straight from the package: no build step. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const own = join(import.meta.dirname, 'browser');
/** The browser's build of it; Node itself is given the one in node/. */
const library = join(dirname(createRequire(import.meta.url).resolve('lit-html')), '..');
const kept = new Map<string, PageFile>();

/** The file behind a path of the URL, or undefined. */
export function pageFile(path: string): PageFile | undefined {
  const wanted = path === '/' ? '/index.html' : path;
  if (!/^(?:\/[a-z0-9][a-z0-9-]*)+\.(?:html|css|js|svg)$/.test(wanted)) return undefined;
  const known = kept.get(wanted);
  if (known) return known;
  const place = wanted.startsWith('/lit-html/') ? join(library, wanted.slice('/lit-html/'.length)) : join(own, wanted);
  const plain = read(place);
  if (!plain) return undefined;
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`;
  const file = { type: TYPES[extname(wanted)] ?? 'text/plain', etag, plain, zipped: gzipSync(plain) };
  kept.set(wanted, file);
  return file;
}

function read(place: string): Buffer | undefined {
  try {
    return readFileSync(place);
  } catch {
    return undefined;
  }
}
