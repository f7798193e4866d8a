/** `npm run -s manifest`: the Slack manifest for the features that are wanted, as YAML or as a link that creates the app. */

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { createAppAddress, cutManifest } from './doctor/manifest.ts';
import type { Manifest } from './doctor/manifest.ts';
import { FEATURE_NAMES, scopesFor } from './ports/rights.ts';
import type { FeatureName, Features } from './ports/rights.ts';

const USAGE = `Usage: npm run -s manifest -- [--lang ja|en] [--features ${FEATURE_NAMES.join(',')}] [--link | --scopes]
       npm run -s manifest -- --write

Prints the Slack manifest with the scopes of these features only (default: all), the address that creates the app
from it, or its scopes alone. --write renews those addresses in README.md and README.ja.md.`;

/** The reference of a Markdown link: [create-app-ja], [create-app-ja-handover]. */
const REFERENCE = /^\[create-app-(ja|en)(-handover)?\]: .*$/gm;

const print = (line: string) => void process.stdout.write(`${line}\n`);

function readOptions() {
  try {
    return parseArgs({
      options: {
        lang: { type: 'string', default: 'ja' },
        features: { type: 'string', default: FEATURE_NAMES.join(',') },
        link: { type: 'boolean', default: false },
        scopes: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'The options cannot be read.';
  }
}

function manifestFor(lang: 'ja' | 'en', features: Features): Manifest {
  const file = new URL(lang === 'ja' ? '../manifest.yml' : '../manifest.en.yml', import.meta.url);
  return cutManifest(parse(readFileSync(file, 'utf8')) as Manifest, features);
}

function renew(document: URL): void {
  const text = readFileSync(document, 'utf8').replaceAll(REFERENCE, (_line, lang: 'ja' | 'en', small?: string) => {
    const features = Object.fromEntries(FEATURE_NAMES.map((name) => [name, !small || name === 'handover']));
    const address = createAppAddress(manifestFor(lang, features as Features));
    return `[create-app-${lang}${small ?? ''}]: ${address}`;
  });
  writeFileSync(document, text);
}

function main(): number {
  const options = readOptions();
  const complain = (line: string) => {
    process.stderr.write(`${line}\n\n${USAGE}\n`);
    return 2;
  };
  if (typeof options === 'string') return complain(options);
  if (options.help) {
    print(USAGE);
    return 0;
  }
  if (options.lang !== 'ja' && options.lang !== 'en') return complain(`--lang ${options.lang}: expected ja or en.`);
  const wanted = options.features.split(/[\s,]+/).filter((name) => name !== '');
  const unknown = wanted.find((name) => !FEATURE_NAMES.includes(name as FeatureName));
  if (unknown !== undefined) return complain(`--features: there is no feature ${unknown}.`);
  const features = Object.fromEntries(FEATURE_NAMES.map((name) => [name, wanted.includes(name)])) as Features;
  if (options.scopes) {
    for (const scope of scopesFor(features)) print(scope);
    return 0;
  }
  if (options.write) {
    for (const name of ['README.md', 'README.ja.md']) renew(new URL(`../${name}`, import.meta.url));
    return 0;
  }
  const manifest = manifestFor(options.lang, features);
  print(options.link ? createAppAddress(manifest) : stringify(manifest).trimEnd());
  return 0;
}

process.exitCode = main();
