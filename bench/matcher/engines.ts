/** The matcher, and the yardsticks that stand beside it: fuse.js as most people set it up, and minisearch. */

import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { Runbook } from '../../src/domain/runbook.ts';
import { createMatcher } from '../../src/runbooks/matcher.ts';

export interface Answer {
  readonly paths: readonly string[];
  readonly silent: boolean;
}

export interface Engine {
  readonly name: string;
  readonly index: (runbooks: readonly Runbook[]) => (text: string) => Answer;
}

const MOST = 10;

export const ENGINES: readonly Engine[] = [
  {
    name: 'toban',
    index: (runbooks) => {
      const matcher = createMatcher(runbooks);
      return (text) => {
        const { suggestions, silent } = matcher.match({ text });
        return { paths: suggestions.map(({ runbook }) => runbook.path), silent };
      };
    },
  },
  {
    name: 'minisearch',
    index: (runbooks) => {
      const search = new MiniSearch<Runbook>({
        idField: 'path',
        fields: ['title', 'path', 'keywords', 'body'],
        searchOptions: { boost: { title: 3, path: 2, keywords: 3 }, fuzzy: 0.2 },
        tokenize: (text) => text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').split(/[^\p{L}\p{N}]+/u),
        extractField: (runbook, field) => {
          const value = runbook[field as keyof Runbook];
          return typeof value === 'string' ? value : JSON.stringify(value ?? '');
        },
      });
      search.addAll(runbooks);
      return (text) => {
        const found = search.search(text.slice(0, 2000)).slice(0, MOST);
        return { paths: found.map(({ id }) => String(id)), silent: found.length === 0 };
      };
    },
  },
  {
    name: 'fuse.js',
    index: (runbooks) => {
      const fuse = new Fuse(runbooks, { keys: ['title', 'keywords', 'path', 'body'], includeScore: true });
      return (text) => {
        // The whole alert finds nothing: people search with its first line.
        const found = fuse.search(text.split('\n', 1)[0]?.slice(0, 60) ?? '').slice(0, MOST);
        return { paths: found.map(({ item }) => item.path), silent: found.length === 0 };
      };
    },
  },
];
