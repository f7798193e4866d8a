/** The hand of the code: names, purpose comments, length, exports, log lines. */

import { argumentsAt, codeOnly, lineAt, linesWith } from './support/scan.ts';
import { src } from './support/sources.ts';
import type { Sources } from './support/sources.ts';

const sources = src();

const EMPTY_WORDS = /^(?:services?|managers?|helpers?|utils?|utilit(?:y|ies)|common|types?)$/;

/** Files over 200 lines: the most that each may have, and why it is one file. */
const LONG: Readonly<Record<string, readonly [most: number, why: string]>> = {
  'app.ts': [420, 'the roof: one place that says what goes with what'],
  'alerts/receive-post.ts': [325, 'what becomes of a post is one decision, read from top to bottom'],
  'config/environment.ts': [225, 'one schema: a name, its check and its words stand together'],
  'config/toban-file.ts': [300, 'one schema: every key of the file stands in it'],
  'config/config.ts': [320, 'one noun: everything that the bot is told, and how the file becomes it'],
  'store/alert-store.ts': [220, "one port's questions, each a statement"],
  'slack/outbox.ts': [405, 'one state machine: pending, sending, sent'],
  'pagerduty/mapping.ts': [250, "one vendor's JSON, read in one place"],
  'simulator/pagerduty/pagerduty-world.ts': [325, 'the face of the whole world that stories and the demo speak to'],
  'simulator/pagerduty/webhooks.ts': [250, 'subscriptions, signing and redelivery are one queue'],
  'simulator/slack/acts.ts': [275, 'everything that a person can do, in one list'],
  'simulator/slack/block-elements.ts': [275, "a table of Slack's elements"],
  'simulator/slack/block-kit.ts': [300, "a table of Slack's blocks"],
  'simulator/slack/http-server.ts': [240, 'one server: reading, dispatching and answering a call'],
  'simulator/slack/interactions.ts': [240, 'presses, commands and shortcuts share one acknowledgement'],
  'simulator/slack/method-contracts.ts': [1000, "generated from Slack's own method descriptions"],
  'simulator/slack/methods-conversations.ts': [230, 'one family of methods'],
  'simulator/slack/slack-world.ts': [500, 'the face of the whole world that stories and the demo speak to'],
};

function emptyNames(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    // The last word says what it is: `service-name` is a name.
    const inPath = path
      .replace(/(?:\.test)?\.\w+$/, '')
      .split('/')
      .filter((part) => EMPTY_WORDS.test((part.split(/[.-]/).at(-1) ?? '').toLowerCase()))
      .map((part) => `${path}: "${part}" in a file's name`);
    const code = codeOnly(text);
    const inClasses = [...code.matchAll(/\bclass\s+(\w+)/g)].flatMap(({ 1: name = '', index }) => {
      const words = name.split(/(?=[A-Z])|_/);
      return EMPTY_WORDS.test((words.at(-1) ?? '').toLowerCase()) ? [`${path}:${lineAt(text, index)}: ${name}`] : [];
    });
    return [...inPath, ...inClasses];
  });
}

/** The purpose comment: one sentence, before anything else. */
function withoutPurpose(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const comment = /^\/\*\* ([\s\S]*?)\*\//
      .exec(text)?.[1]
      ?.replace(/\s*\n \* ?/g, ' ')
      .trim();
    if (comment === undefined) return [`${path} does not open with /** … */`];
    if (comment.split(' ').length < 3 || !/[.!?]$/.test(comment)) return [`${path} opens with no sentence: ${comment}`];
    return /[.!?][)"']? +[A-Z]/.test(comment) ? [`${path} opens with more than one sentence: ${comment}`] : [];
  });
}

function tooLong(files: Sources, allowed: typeof LONG): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n').length;
    const most = allowed[path]?.[0] ?? 200;
    return lines > most ? [`${path} has ${lines} lines; ${most} are the most: take a part out of it`] : [];
  });
}

function wordsNotOurs(files: Sources): readonly string[] {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g, 'a default export'],
    [/\benum\s+\w+\s*\{/g, 'an enum'],
    [/(?<![\w.])console\s*[.[]/g, 'console'],
  ];
  return Object.entries(files).flatMap(([path, text]) =>
    rules.flatMap(([pattern, what]) => linesWith(text, pattern).map((line) => `${path}:${line}: ${what}`)),
  );
}

/** Log calls whose first argument is no object or whose message is put together. */
function movingMessages(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const code = codeOnly(text);
    return [...code.matchAll(/\blog(?:\.child\([^)]*\))?\.(?:info|warn|error|debug)\(/g)].flatMap((match) => {
      const [fields = '', message = '', ...rest] = argumentsAt(text, code, match.index + match[0].length - 1);
      const fine = fields.startsWith('{') && /^'(?:[^'\\]|\\.)+'$|^"(?:[^"\\]|\\.)+"$/.test(message);
      return fine && rest.length === 0 ? [] : [`${path}:${lineAt(text, match.index)}: ${message || fields}`];
    });
  });
}

const one = (text: string): Sources => ({ 'alerts/a.ts': text });

describe('names', () => {
  it('say what a thing is: no Service, Manager, Helper, Utils, common, types', () => {
    expect(emptyNames(sources)).toEqual([]);
  });

  it('are found empty', () => {
    expect(emptyNames({ 'alerts/types.ts': '', 'common/a.ts': '', 'slack/slack-utils.ts': '' })).toHaveLength(3);
    expect(emptyNames(one('class AlertManager {}\nexport class Helper {}'))).toHaveLength(2);
    expect(emptyNames({ 'alerts/alert-service.test.ts': '', 'alerts/service-name.ts': '' })).toHaveLength(1);
    expect(emptyNames(one('class ServiceDirectory {} // class Manager'))).toEqual([]);
  });
});

describe('every file of src', () => {
  it('opens with one sentence of purpose', () => {
    expect(withoutPurpose(sources)).toEqual([]);
  });

  it('is found without one', () => {
    expect(withoutPurpose(one("import x from 'y';"))).toHaveLength(1);
    expect(withoutPurpose(one('/** Alerts */\n'))).toHaveLength(1);
    expect(withoutPurpose(one('/** Says one thing. Says another. */'))).toHaveLength(1);
    expect(withoutPurpose(one('/**\n * Says one thing\n * about app.ts.\n */'))).toHaveLength(1);
    expect(withoutPurpose(one('/** Says one thing, v1.2 of it. */'))).toEqual([]);
  });

  it('has 200 lines at the most, but for those with a reason', () => {
    expect(tooLong(sources, LONG)).toEqual([]);
  });

  it('is found too long', () => {
    expect(tooLong(one('\n'.repeat(200) + 'x'), {})).toEqual([
      'alerts/a.ts has 201 lines; 200 are the most: take a part out of it',
    ]);
    expect(tooLong(one('\n'.repeat(199) + 'x\n'), {})).toEqual([]);
    expect(tooLong(one('\n'.repeat(200) + 'x'), { 'alerts/a.ts': [250, 'a table'] })).toEqual([]);
  });

  it('needs no reason that is left over', () => {
    const lengths = new Map(Object.entries(sources).map(([path, text]) => [path, text.trimEnd().split('\n').length]));
    expect(Object.keys(LONG).filter((path) => (lengths.get(path) ?? 0) <= 200)).toEqual([]);
  });

  it('has no default export, no enum and no console', () => {
    expect(wordsNotOurs(sources)).toEqual([]);
  });

  it('is found with one', () => {
    const text = "export default 1;\nexport { a as default };\nenum A { B }\nconsole.log('x');\nconsole['error'](1);";
    expect(wordsNotOurs(one(text))).toHaveLength(5);
    expect(wordsNotOurs(one("// console.log\nconst a = 'export default'; deps.console.x;"))).toEqual([]);
  });
});

describe('log lines', () => {
  it('are a static message with the data in fields', () => {
    expect(movingMessages(sources)).toEqual([]);
  });

  it.each([
    "log.info('started');",
    'log.warn({}, `lost ${channel}`);',
    "this.#log.error({ err }, 'failed: ' + code);",
    'deps.log.debug({ a: 1 }, message);',
    "log.info(fields, 'started');",
  ])('are found moving: %s', (text) => {
    expect(movingMessages(one(text))).toHaveLength(1);
  });

  it('are found where they are', () => {
    const text = "this.#deps.log.warn(\n  { err, a: f(b, c) },\n  'was lost; it’s tried again',\n);";
    expect(movingMessages(one(text))).toEqual([]);
    const calls = Object.values(sources).flatMap((file) => [...file.matchAll(/\blog\.(?:info|warn|error|debug)\(/g)]);
    expect(calls.length).toBeGreaterThan(20);
  });
});
