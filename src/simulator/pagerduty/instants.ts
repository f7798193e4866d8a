/** Instants as PagerDuty writes and reads them: whole seconds, UTC unless a time zone was asked for. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  return format;
}

/** Milliseconds that `zone` is ahead of UTC at `instant`. */
export function zoneOffset(instant: number, zone: string): number {
  const parts = formatFor(zone).formatToParts(instant);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/** The instant at which a clock on the wall in `zone` shows `wall` (epoch milliseconds read as if UTC). */
export function fromWall(wall: number, zone: string): number {
  const guess = wall - zoneOffset(wall, zone);
  return wall - zoneOffset(guess, zone);
}

export function toWall(instant: number, zone: string): number {
  return instant + zoneOffset(instant, zone);
}

export function isZone(zone: string): boolean {
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** `2015-10-06T21:30:42Z`, or with the offset of `zone`: `2015-10-06T17:30:42-04:00`. */
export function writeInstant(instant: number, zone?: string): string {
  const offset = zone ? zoneOffset(instant, zone) : 0;
  const text = new Date(instant + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${text}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Epoch milliseconds of an ISO 8601 text, undefined when it is none. Without an offset it is read as UTC. */
export function readInstant(text: string): number | undefined {
  const match = iso.exec(text);
  if (!match) return undefined;
  const value = Date.parse(match[1] && !match[4] ? `${text}Z` : text);
  return Number.isNaN(value) ? undefined : value;
}

/** As `readInstant`, for a scenario's own values: a mistake there is a mistake of the test. */
export function instantOf(value: string | number): number {
  const instant = typeof value === 'number' ? value : readInstant(value);
  if (instant === undefined) throw new Error(`Not an ISO 8601 instant: ${value}`);
  return instant;
}
