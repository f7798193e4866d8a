/** Gives the links under an alert the alert's own time range (R-12). */

/** A dashboard shows how it was before. */
const BEFORE_MS = 30 * 60_000;

/**
 * Fills `{from}` and `{to}` (epoch ms), `{from_s}` and `{to_s}` (epoch s), `{from_iso}` and `{to_iso}`, and
 * `{service}`; a Grafana dashboard or Explore address without a range gets one. `to` is now, or the end of the alert.
 */
export function withTimeRange(url: string, alert: { firedAt: number; until: number; service?: string }): string {
  const from = alert.firedAt - BEFORE_MS;
  const to = Math.round(Math.max(alert.until, alert.firedAt));
  const values: Readonly<Record<string, string>> = {
    from: String(from),
    to: String(to),
    from_s: String(Math.floor(from / 1000)),
    to_s: String(Math.ceil(to / 1000)),
    from_iso: new Date(from).toISOString(),
    to_iso: new Date(to).toISOString(),
    service: encodeURIComponent(alert.service ?? ''),
  };
  const filled = url.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  if (filled !== url || !/^https?:\/\/[^/]*grafana[^/]*\/(?:d|explore)\b/i.test(url) || /[?&]from=/.test(url)) {
    return filled;
  }
  const [address = '', hash] = url.split('#', 2);
  const range = `${address.includes('?') ? '&' : '?'}from=${from}&to=${to}`;
  return `${address}${range}${hash === undefined ? '' : `#${hash}`}`;
}
