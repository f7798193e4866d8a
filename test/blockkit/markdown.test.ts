import { inlineMarkdown, markdownSections, markdownToMrkdwn } from '../../src/blockkit/markdown.ts';

const WIDE = { maxBlocks: 50, maxChars: 1_000_000 };
const texts = (markdown: string, limits = WIDE): string[] =>
  markdownSections(markdown, limits).blocks.map((block) => block.text?.text ?? '');

describe('a Markdown page in Slack', () => {
  it.each([
    ['## 初動', '初動'],
    ['- one', '• one'],
    ['  * two', '  • two'],
    ['1. first', '1. first'],
    ['2) second', '2) second'],
    ['- [ ] todo', '☐ todo'],
    ['- [x] done', '☑ done'],
    ['> quote', '> quote'],
    ['---', '──────────'],
    ['<!-- hidden -->shown', 'shown'],
    ['a<br>b', 'a b'],
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  ])('R-02 turns %j into %j', (markdown, expected) => {
    expect(markdownToMrkdwn(markdown)).toBe(expected);
  });

  it.each([
    ['**太字**です', '太字です'],
    ['これは*斜体*です', 'これは斜体です'],
    ['~~古い~~手順', '古い手順'],
    ['__init__ と snake_case_name', 'init と snake_case_name'],
    ['2*3*4', '2∗3∗4'],
    ['\\*そのまま\\*', '∗そのまま∗'],
    ['`SELECT *`を実行', '`SELECT *` を実行'],
    ['手順`kubectl`参照', '手順 `kubectl` 参照'],
    ['`` a ` b ``', '`a ` b`'],
    ['閉じない`コード', '閉じないˋコード'],
  ])('J-07 writes %j as %j', (markdown, expected) => {
    expect(inlineMarkdown(markdown)).toBe(expected);
  });

  it.each([
    ['[手順](https://a.example/x?a=1&b=2)を見る', '<https://a.example/x?a=1&amp;b=2|手順> を見る'],
    ['![図](https://a.example/x.png)', '<https://a.example/x.png|図>'],
    ['[wiki](https://a.example/A_(b))', '<https://a.example/A_(b)|wiki>'],
    ['<https://a.example>', '<https://a.example|https://a.example>'],
    ['https://a.example/x。次', '<https://a.example/x|https://a.example/x>。次'],
    ['[相対](./other.md)', '相対'],
    ['[悪い](javascript:alert(1))', '悪い'],
    ['[**太**い](https://a.example)', '<https://a.example|太い>'],
  ])('R-02 links %j', (markdown, expected) => {
    expect(inlineMarkdown(markdown)).toBe(expected);
  });

  it('keeps mentions in a page dead, in prose, code, links and tables', () => {
    const hostile = [
      '<!channel> <@U1> @here',
      '`<!channel>`',
      '```\n<!channel>\n```',
      '[<!channel>](https://a.example/<!here>)',
      '| <!channel> |',
      '<!everyone|x>',
      '[x](https://a.example/|<!channel>)',
    ].join('\n\n');
    expect(markdownToMrkdwn(hostile)).not.toMatch(/<[!@#]/);
  });

  it('R-02 keeps a command as it is, so that it can be copied', () => {
    const page =
      '1. run\n   ```bash\n   aws rds x \\\n     --query "a[?b==`c`] | **d**" && echo $HOME\n   ```\n2. next';
    expect(markdownToMrkdwn(page)).toBe(
      '1. run\n```\naws rds x \\\n  --query "a[?b==`c`] | **d**" &amp;&amp; echo $HOME\n```\n2. next',
    );
    expect(markdownToMrkdwn('~~~\n# no heading\n~~~')).toBe('```\n# no heading\n```');
    expect(markdownToMrkdwn('```\na\n```\n```\nb\n```')).toBe('```\na\n```\n```\nb\n```');
    expect(markdownToMrkdwn('| a |\n|---|\n| b |\nafter')).toBe('```\n| a |\n|---|\n| b |\n```\nafter');
    expect(markdownToMrkdwn('````\n```\n````')).not.toContain('```\n```\n```');
  });

  it('R-02 splits on line borders below 3000 characters, and a code block into whole ones', () => {
    const code = Array.from({ length: 300 }, (_, index) => `echo line ${index} & true`).join('\n');
    const parts = texts(`intro\n\n\`\`\`sh\n${code}\n\`\`\`\n\nend`);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(3000);
      expect((part.match(/```/g) ?? []).length % 2).toBe(0);
    }
    const lines = parts
      .join('\n')
      .split('\n')
      .filter((line) => line.startsWith('echo'));
    expect(lines).toEqual(code.replaceAll('&', '&amp;').split('\n'));
  });

  it('splits a line that no section can hold, never inside a link or an entity', () => {
    const line = `${'&'.repeat(900)} [x](https://a.example/${'y'.repeat(700)}) ${'😀'.repeat(3000)}`;
    for (const part of texts(line)) {
      expect(part.length).toBeLessThanOrEqual(3000);
      expect(part).not.toMatch(/&(?!amp;|lt;|gt;)|<[^>]*$|[\ud800-\udbff]$|^[\udc00-\udfff]/);
    }
  });

  it('stops at its limits and says so', () => {
    const page = Array.from({ length: 2000 }, (_, index) => `line ${index} ${'x'.repeat(80)}`).join('\n');
    const cut = markdownSections(page, { maxBlocks: 44, maxChars: 9500 });
    expect(cut.cut).toBe(true);
    expect(cut.blocks.length).toBeGreaterThan(1);
    expect(cut.blocks.reduce((sum, block) => sum + (block.text?.text.length ?? 0), 0)).toBeLessThanOrEqual(9500);
    expect(markdownSections(page, { maxBlocks: 2, maxChars: 99_999 }).blocks).toHaveLength(2);
    expect(markdownSections('', WIDE)).toEqual({ blocks: [], cut: false });
    expect(markdownSections('\n \n<!-- a\nb -->\n', WIDE)).toEqual({ blocks: [], cut: false });
  });

  it.each(['[', '[a](', '`', '*a', '<!--', '**', 'https://', '\\', '| ', '__a', '- [ ] '])(
    'reads a hostile page of %s to its end',
    (piece) => {
      // What grows faster than the page would outlast the test's own limit.
      expect(markdownSections(piece.repeat(20_000), { maxBlocks: 44, maxChars: 9500 }).blocks.length).toBeLessThan(45);
    },
  );
});
