/** The scanner that the house rules stand on. */

import { argumentsAt, codeOnly, importsOf, linesWith } from './support/scan.ts';

const specifiers = (text: string) => importsOf(text).map(({ specifier }) => specifier);

describe('the scanner', () => {
  it('finds every form of import', () => {
    const text = [
      "import { a } from './a.ts';",
      "import b, * as c from './b.ts';",
      "import type { D } from './d.ts';",
      'import {',
      '  type E,',
      '  f, // from here',
      "} from './e.ts';",
      "export { g } from './g.ts';",
      "export type * from './h.ts';",
      "export * as i from './i.ts';",
      "import './j.ts';",
      "const k = await import('./k.ts');",
      "type L = import('./l.ts').L;",
      "const m = require('./m.ts');",
      'const n = `${await import("./n.ts")}`;',
      "export const o = 1; import { p } from './p.ts';",
    ].join('\n');
    expect(specifiers(text)).toEqual('abdeghijklmnp'.split('').map((letter) => `./${letter}.ts`));
    expect(importsOf(text).find(({ specifier }) => specifier === './e.ts')?.line).toBe(7);
  });

  it('does not take strings, comments and regular expressions for imports', () => {
    const text = [
      "// import { a } from './a.ts';",
      "/* import './b.ts'; */",
      'const text = "import { c } from \'./c.ts\'";',
      "const page = `import './d.ts'; ${text} export * from './e.ts'`;",
      "const quote = /['\"]/; const half = 4 / 2; const more = /[/'\"]import '.\\/f.ts'/.test(text) / 2;",
      "export const from = 'x'; requirement('./g.ts'); deps.import('./h.ts');",
    ].join('\n');
    expect(specifiers(text)).toEqual([]);
  });

  it('keeps length, lines and the code inside a template', () => {
    const text = 'const a = `x ${now({ b: `}` })} y`; // 当番\nconst c = "📘";\n';
    const code = codeOnly(text);
    expect(code).toHaveLength(text.length);
    expect(code.split('\n')[0]?.trimEnd()).toBe('const a = `  ${now({ b: ` ` })}  `;');
    expect(code.split('\n')[1]).toBe('const c = "  ";');
    expect(linesWith("'Date.now()'\nDate.now()", /Date\.now\(/g)).toEqual([2]);
  });

  it('takes a call apart into its arguments', () => {
    const text = "log.warn({ a: [1, 2], b: f(x, ',') }, 'it, failed',)";
    expect(argumentsAt(text, codeOnly(text), 8)).toEqual(["{ a: [1, 2], b: f(x, ',') }", "'it, failed'"]);
  });
});
