/** How the documents are read: the tools of the other tests in this folder. */

import { codeSpans, firstColumn, names, tablesOf, unnamed } from './support/documents.ts';

const markdown = [
  'Set `PORT`, or ``a ` b``. `npm run demo` needs none.',
  '',
  '```sh',
  'npm test # `HOST`',
  '```',
  '',
  '| Scope | Why |',
  '|---|:--|',
  '| `chat:write`, `commands` | posts `x` |',
  '| none | a \\| b |',
  '',
  '| not a table |',
].join('\n');

describe('a document', () => {
  it('names what stands in backticks, as whole words', () => {
    expect(codeSpans(markdown)).toEqual(
      expect.arrayContaining(['PORT', 'a ` b', 'npm run demo', 'npm test # `HOST`', 'chat:write', 'x']),
    );
    expect(unnamed(markdown, ['PORT', 'HOST', 'demo', 'npm test', 'chat:write'])).toEqual([]);
    expect(unnamed(markdown, ['POR', 'write-x', 'dem', 'Scope', 'needs'])).toHaveLength(5);
    expect(names('the `?` and `/oncall now`', '?')).toBe(true);
  });

  it('has tables', () => {
    expect(tablesOf(markdown)).toEqual([
      {
        head: ['Scope', 'Why'],
        rows: [
          ['`chat:write`, `commands`', 'posts `x`'],
          ['none', 'a \\| b'],
        ],
      },
    ]);
    expect(firstColumn(markdown, /scope/i)).toEqual(['chat:write', 'commands']);
  });
});
