/** `npm run -s manifest`: the Slack manifest for the features that are wanted, as YAML or as a link that creates the app. */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { createAppAddress, cutManifest } from './doctor/manifest.ts';
import type { Manifest } from './doctor/manifest.ts';
import { FEATURE_NAMES, scopesFor } from './ports/rights.ts';
import type { FeatureName, Features } from './ports/rights.ts';

const USAGE = `Usage: npm run -s manifest -- [--lang ja|en] [--features ${FEATURE_NAMES.join(',')}] [--link | --scopes]

Prints the Slack manifest with the scopes of these features only (default: all), the address that creates the app
from it, or its scopes alone.`;

const print = (line: string) => void process.stdout.write(`${line}\n`);

function readOptions() {
  try {
    return parseArgs({
      options: {
        lang: { type: 'string', default: 'ja' },
        features: { type: 'string', default: FEATURE_NAMES.join(',') },
        link: { type: 'boolean', default: false },
        scopes: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'The options cannot be read.';
  }
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
  const file = new URL(options.lang === 'ja' ? '../manifest.yml' : '../manifest.en.yml', import.meta.url);
  const manifest = cutManifest(parse(readFileSync(file, 'utf8')) as Manifest, features);
  print(options.link ? createAppAddress(manifest) : stringify(manifest).trimEnd());
  return 0;
}

process.exitCode = main();
