/** Reads loosely typed wire values: what arrives by form or JSON is text, flag, list or object only after a look. */

export type Fields = Readonly<Record<string, unknown>>;
export type Answer = Record<string, unknown>;

export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Undefined where the value is absent or empty, so that `??` can follow. */
export function optionalText(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

export function flagOf(value: unknown, fallback = false): boolean {
  if (value === undefined || value === null || value === '') return fallback;
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** An array, or Slack's comma separated form of one. */
export function listOf(value: unknown): string[] {
  const parts = Array.isArray(value) ? value.map(textOf) : textOf(value).split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
