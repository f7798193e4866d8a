/** Every link inside a document of this project leads to a file that is there. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const documents = ['README.md', 'README.ja.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'bench/README.md'];

/** Targets of Markdown links that are no address. */
function relativeLinks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:[a-z]+:|#)/i.test(target))
    .map((target) => target.split('#')[0] ?? '');
}

const broken = (file: string, markdown: string) =>
  relativeLinks(markdown).filter((target) => !existsSync(join(root, dirname(file), target)));

describe('a link in a document', () => {
  it.each(documents)('%s leads somewhere', (file) => {
    expect(broken(file, readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });

  it('is found broken where the file is not there', () => {
    expect(broken('README.md', '[x](nowhere.md) [y](https://example.com) [z](LICENSE#top)')).toEqual(['nowhere.md']);
  });
});
