/** Finds the Markdown files below a folder, and says of each whether it may be read. */

import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { RunbookFault } from '../domain/runbook.ts';

/** Larger than any page that a person follows at night. */
const MAX_BYTES = 1024 * 1024;

export interface FoundFile {
  /** Inside the library, forward slashes, NFC: the runbook's identity. */
  readonly path: string;
  readonly location: string;
  /** Differs whenever the content may differ. */
  readonly stamp: string;
}

export interface Listing {
  readonly files: readonly FoundFile[];
  readonly faults: readonly RunbookFault[];
  /** Every folder that was listed, for watching. */
  readonly folders: readonly string[];
}

/** Files come in the order of their paths. Rejects only where `dir` itself cannot be listed. */
export async function listPages(dir: string): Promise<Listing> {
  const root = await realpath(dir);
  const files: FoundFile[] = [];
  const faults: RunbookFault[] = [];
  const folders: string[] = [];

  const visitFile = async (path: string, location: string, link: boolean): Promise<void> => {
    try {
      const target = link ? await realpath(location) : location;
      if (link && !target.startsWith(root + sep)) {
        faults.push({ path, message: 'the link leads out of the runbook folder and is not followed' });
        return;
      }
      const found = await stat(target, { bigint: true });
      if (found.isDirectory()) faults.push({ path, message: 'a link to a folder is not followed' });
      else if (!found.isFile()) faults.push({ path, message: 'this is not a regular file' });
      else if (found.size > MAX_BYTES) faults.push({ path, message: 'the file is larger than 1 MB' });
      else {
        const stamp = [target, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':');
        files.push({ path, location: target, stamp });
      }
    } catch (error) {
      faults.push({ path, message: `the file cannot be read (${codeOf(error)})` });
    }
  };

  const visitFolder = async (folder: string, prefix: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    folders.push(folder);
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = prefix + entry.name.normalize('NFC');
      const location = join(folder, entry.name);
      if (entry.isDirectory()) {
        await visitFolder(location, `${path}/`).catch((error: unknown) => {
          faults.push({ path, message: `the folder cannot be read (${codeOf(error)})` });
        });
      } else if (/\.md$/i.test(entry.name)) {
        await visitFile(path, location, entry.isSymbolicLink());
      } else if (entry.isSymbolicLink() && (await leadsToFolder(location))) {
        faults.push({ path, message: 'a link to a folder is not followed' });
      }
    }
  };

  await visitFolder(root, '');
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  return { files: files.toSorted(byPath), faults: faults.toSorted(byPath), folders };
}

async function leadsToFolder(location: string): Promise<boolean> {
  try {
    return (await stat(location)).isDirectory();
  } catch {
    return false;
  }
}

/** Node's own error word, such as ENOENT. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return 'unknown';
}
