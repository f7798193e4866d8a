/** The words of the whole bot, Japanese and English side by side: none missing, none foreign, none clumsy for a button (J-06, J-07). */

import { globSync } from 'node:fs';
import { join, relative } from 'node:path';

interface Catalogue {
  readonly ja: Record<string, unknown>;
  readonly en: Record<string, unknown>;
}

const ROOT = join(process.cwd(), 'src');
const JAPANESE = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
const catalogues = globSync('**/messages.ts', { cwd: ROOT }).flatMap((file) => {
  const exported = jest.requireActual<Record<string, unknown>>(join(ROOT, file));
  return Object.entries(exported)
    .filter(([, value]) => typeof value === 'object' && value !== null && 'ja' in value && 'en' in value)
    .map(([name, value]) => [`${relative(ROOT, join(ROOT, file))} ${name}`, value as Catalogue] as const);
});

/** Every word by its path; a function with its number of parameters and what it says for plain values. */
function entries(node: unknown, path = ''): readonly (readonly [string, string, string])[] {
  if (typeof node === 'string') return [[path, 'text', node]];
  if (typeof node === 'function')
    return [[path, `function of ${node.length}`, said(node as (...args: unknown[]) => unknown)]];
  return Object.entries(node as object).flatMap(([key, value]) => entries(value, path ? `${path}.${key}` : key));
}

function said(words: (...args: unknown[]) => unknown): string {
  for (const value of ['X', 2, ['X', 'Y']]) {
    try {
      return String(words(...Array.from({ length: words.length }, () => value)));
    } catch {
      // Takes another kind of value.
    }
  }
  throw new Error(`no value fits: ${words.toString()}`);
}

it('J-06 finds the catalogues of the features', () => {
  expect(catalogues.length).toBeGreaterThanOrEqual(4);
});

describe.each(catalogues)('the words of %s', (_name, { ja, en }) => {
  it('J-06 are the same in both languages, with the same parameters', () => {
    const keys = (node: unknown) => entries(node).map(([path, kind]) => `${path}: ${kind}`);
    expect(keys(en)).toEqual(keys(ja));
  });

  it('J-06 are never empty, and English has no Japanese in it', () => {
    for (const [path, , text] of [...entries(ja), ...entries(en)]) {
      // A cover that has no state to tell says nothing of it.
      if (!/^(?:state|audit)\./.test(path)) expect(`${path}=${text}`).not.toMatch(/=$/);
    }
    expect(entries(en).filter(([, , text]) => JAPANESE.test(text))).toEqual([]);
  });

  it('J-07 have no bold that breaks next to Japanese, and no full-width digits', () => {
    expect(entries(ja).filter(([, , text]) => /\*[^*\n]+\*|[０-９]/.test(text))).toEqual([]);
  });

  it('J-07 say です・ます without apology or excess', () => {
    expect(
      entries(ja).filter(([, , text]) => /させていただ|申し訳|いただけます|くださいませ|である。/.test(text)),
    ).toEqual([]);
  });

  it('J-07 label buttons with short nouns', () => {
    // The two that the field itself writes as verbs.
    const fixed = ['ICやります', '担当する'];
    const labels = [...entries(ja), ...entries(en)].filter(
      ([path, , text]) => path.includes('buttons.') && !fixed.includes(text),
    );
    for (const [, , text] of labels) {
      expect(text.length).toBeLessThanOrEqual(75);
      // Both are what people say there, and fixed.
      if (!['ICやります', '担当する'].includes(text)) expect(text).not.toMatch(/[。.!！]$|ます$|する$/);
    }
  });
});
