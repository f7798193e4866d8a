/** The import graph of src, and the rules about who may import whom. */

import { posix } from 'node:path';
import { importsOf } from './scan.ts';
import type { Sources } from './sources.ts';

export interface Edge {
  readonly from: string;
  readonly line: number;
  /** A path in src, or a package's specifier. */
  readonly to: string;
  readonly kind: 'file' | 'package';
}

export const FEATURES = [
  'oncall',
  'handover',
  'alerts',
  'runbooks',
  'incidents',
  'postmortem',
  'insights',
  'doctor',
  'vitals',
  'feeds',
  'cover',
];
export const ADAPTERS = ['slack', 'pagerduty', 'store', 'http', 'logging', 'timing', 'config', 'calendar'];
const GROUND = ['domain', 'ports', 'blockkit'];
export const FOLDERS = [...GROUND, ...FEATURES, ...ADAPTERS, 'simulator'];
/** The roof and the entries join the wings. */
export const ROOF = [
  'app.ts',
  'closing-incidents.ts',
  'war-rooms.ts',
  'team-watch.ts',
  'main.ts',
  'demo.ts',
  'demo-stage.ts',
  'match.ts',
  'runbook-shelf.ts',
  'runbooks-lint.ts',
  'manifest.ts',
  'planning-shifts.ts',
  'doctor.ts',
  'db.ts',
  'examining.ts',
  'watching-itself.ts',
  'main.ts',
  'demo.ts',
  'demo-stage.ts',
  'demo-story.ts',
  'match.ts',
  'manifest.ts',
  'company-calendar.ts',
  'handing-over.ts',
  'telling-admins.ts',
];
/** They alone start both worlds. */
const DEMO = ['demo.ts', 'demo-stage.ts', 'demo-story.ts'];
/** Parts of the roof that know no wing. */
export const BEAMS = ['in-turn.ts', 'demo-words.ts'];

export function edgesOf(sources: Sources): readonly Edge[] {
  return Object.entries(sources).flatMap(([from, text]) =>
    importsOf(text).map(({ specifier, line }): Edge => {
      if (!specifier.startsWith('.')) return { from, line, to: specifier, kind: 'package' };
      return { from, line, to: posix.join(posix.dirname(from), specifier), kind: 'file' };
    }),
  );
}

/** The top-level folder, or the file's own name where it stands in src itself. */
export function placeOf(path: string): string {
  return path.split('/')[0] ?? path;
}

const show = ({ from, line, to }: Edge, why: string) => `src/${from}:${line} imports ${to}: ${why}`;

/** Files and folders that no list places. */
export function unplaced(sources: Sources): readonly string[] {
  const places = new Set(Object.keys(sources).map(placeOf));
  return [...places]
    .filter((place) => ![...FOLDERS, ...ROOF, ...BEAMS].includes(place))
    .map((place) => `src/${place} stands in no list of test/house/support/graph.ts: say there what it may import`);
}

/** Imports of files that are not there: a slip of the scanner or of the code, either way the graph has a hole. */
export function dangling(sources: Sources): readonly string[] {
  return edgesOf(sources)
    .filter(({ kind, to }) => kind === 'file' && !(to in sources))
    .map((edge) => show(edge, 'there is no such file'));
}

/** Rules 1 and 2. */
export function wrongImports(sources: Sources): readonly string[] {
  return edgesOf(sources).flatMap((edge) => {
    const why = whyWrong(edge);
    return why === undefined ? [] : [show(edge, why)];
  });
}

function whyWrong({ from, to, kind }: Edge): string | undefined {
  const here = placeOf(from);
  const there = placeOf(to);
  if (ROOF.includes(here)) return kind === 'file' && there === 'match.ts' ? 'nobody imports an entry' : undefined;
  if (here === 'simulator') return undefined;
  if (kind === 'package') {
    if (here === 'domain') return 'the domain needs no package';
    if (['ports', 'blockkit'].includes(here) && to !== '@slack/types') return `${here} may import @slack/types only`;
    return undefined;
  }
  if (here === there && !BEAMS.includes(here)) return undefined;
  const allowed = allowedPlaces(here);
  return allowed.includes(there) ? undefined : `${here} may import ${['itself', ...allowed].join(', ')} only`;
}

function allowedPlaces(here: string): readonly string[] {
  if (here === 'ports' || here === 'blockkit') return ['domain'];
  if (here === 'slack') return ['domain', 'ports', 'blockkit'];
  if (FEATURES.includes(here)) return ['domain', 'ports', 'blockkit'];
  if (ADAPTERS.includes(here) || BEAMS.includes(here)) return ['domain', 'ports'];
  return [];
}

/** Rule 3. */
export function mixedWorlds(sources: Sources): readonly string[] {
  return edgesOf(sources).flatMap((edge) => {
    const { from, to, kind } = edge;
    if (placeOf(from) !== 'simulator') {
      if (kind !== 'file' || placeOf(to) !== 'simulator' || DEMO.includes(from)) return [];
      return [show(edge, 'the bot knows nothing of the simulator; only the demo starts both')];
    }
    if (kind === 'file') return placeOf(to) === 'simulator' ? [] : [show(edge, 'the simulator imports itself only')];
    if (to.startsWith('node:') || to === 'ws' || to === 'yaml') return [];
    return [show(edge, 'the simulator speaks HTTP and WebSocket with node, ws and yaml alone')];
  });
}

/** Rule 4: the first circle that is found, as a path, or undefined. */
export function circle(sources: Sources): string | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to, kind } of edgesOf(sources)) {
    if (kind === 'file') next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string | undefined => {
    const since = path.indexOf(file);
    if (since >= 0) return [...path.slice(since), file].join(' → ');
    if (done.has(file)) return undefined;
    path.push(file);
    for (const to of next.get(file) ?? []) {
      const found = visit(to);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of Object.keys(sources)) {
    const found = visit(file);
    if (found) return found;
  }
  return undefined;
}
