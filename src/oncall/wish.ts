/** Reads what follows a word of /oncall: a number of days, a team, either or both. */

import type { Team } from '../domain/team.ts';

export type Wish =
  | { readonly kind: 'wish'; readonly teams: readonly Team[]; readonly days: number | undefined }
  | { readonly kind: 'no-such-team'; readonly word: string };

/** PagerDuty tells two months ahead. */
const MOST_DAYS = 60;
const DAYS = /^(\d{1,3})(?:日間?|d|days?)?$/i;

/** All teams where none is named. */
export function readWish(rest: string, teams: readonly Team[]): Wish {
  const words = rest.trim().split(/\s+/).filter(Boolean);
  const number = words.find((word) => DAYS.test(word));
  const days = number === undefined ? undefined : Math.min(MOST_DAYS, Math.max(1, Number.parseInt(number, 10)));
  const name = words
    .filter((word) => word !== number)
    .join(' ')
    .toLowerCase();
  const wanted = name === '' ? teams : teams.filter((team) => isNamed(team, name));
  return wanted.length === 0 ? { kind: 'no-such-team', word: name } : { kind: 'wish', teams: wanted, days };
}

function isNamed(team: Team, name: string): boolean {
  return team.key.toLowerCase() === name || team.name.normalize('NFKC').toLowerCase() === name;
}
