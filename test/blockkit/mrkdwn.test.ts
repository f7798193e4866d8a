import { clip, escapeMrkdwn, linkTo, plain } from '../../src/blockkit/mrkdwn.ts';

describe('mrkdwn', () => {
  it.each([
    ['<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['<!subteam^S1|x>', '&lt;!subteam^S1|x&gt;'],
    ['a\r\nb\u0007', 'a\nb'],
    ['x\u202Ey', 'xy'],
  ])('escapes %j', (text, expected) => {
    expect(escapeMrkdwn(text)).toBe(expected);
  });

  it('keeps @here and @channel from coming alive, and leaves addresses alone', () => {
    expect(escapeMrkdwn('@here @channel @Everyone')).not.toMatch(/@(?:here|channel|everyone)/i);
    expect(escapeMrkdwn('a@example.com')).toBe('a@example.com');
  });

  it('links web addresses only, and neither side can break out', () => {
    expect(linkTo('https://a.example/?a=1&b=2', 'A|B')).toBe('<https://a.example/?a=1&amp;b=2|A|B>');
    expect(linkTo('https://a.example/><!channel>|x', '<!here>\n')).toBe(
      '<https://a.example/%3E%3C!channel%3E%7Cx|&lt;!here&gt;>',
    );
    expect(linkTo('javascript:alert(1)', 'x')).toBe('x');
    expect(linkTo('https://a.example', '')).toBe('<https://a.example|https://a.example>');
  });

  it('clips without half letters or half entities', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('ab😀cd', 4)).toBe('ab…');
    expect(clip('ab&amp;cd', 6)).toBe('ab…');
    expect(clip('abc', 0)).toBe('');
  });

  it('makes one plain line', () => {
    expect(plain(' a\n\t b\u0000 ')).toBe('a b');
  });
});
