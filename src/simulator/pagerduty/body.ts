/** Reads the body of a write, collecting everything that is wrong with it before refusing it. */
import { invalidInput } from './api-error.ts';

export class Body {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #faults: string[];

  private constructor(value: unknown, path: string, faults: string[]) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) faults.push(`${path || 'The request body'} must be an object.`);
    this.#value = isObject ? (value as Record<string, unknown>) : {};
    this.#path = path;
    this.#faults = faults;
  }

  static read(value: unknown): Body {
    return new Body(value, '', []);
  }

  /** Refuses the request if anything was wrong so far. */
  check(): void {
    if (this.#faults.length > 0) throw invalidInput(...new Set(this.#faults));
  }

  fault(text: string): void {
    this.#faults.push(text);
  }

  has(name: string): boolean {
    return this.#value[name] !== undefined;
  }

  isNull(name: string): boolean {
    return this.#value[name] === null;
  }

  /** Names nothing but these. */
  only(...names: readonly string[]): this {
    for (const name of Object.keys(this.#value)) {
      if (!names.includes(name)) this.#faults.push(`${this.#name(name)} is not a known field.`);
    }
    return this;
  }

  require(...names: readonly string[]): this {
    for (const name of names) {
      if (!this.has(name)) this.#faults.push(`${this.#name(name)} is required.`);
    }
    return this;
  }

  /** The field if it is a string; anything else is no fault yet. */
  string(name: string): string | undefined {
    const value = this.#value[name];
    return typeof value === 'string' ? value : undefined;
  }

  text(name: string, longest = Infinity): string | undefined {
    const value = this.#value[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') this.#faults.push(`${this.#name(name)} must be a string.`);
    else if (value.trim() === '') this.#faults.push(`${this.#name(name)} cannot be empty.`);
    else if (value.length > longest) this.#faults.push(`${this.#name(name)} must be at most ${longest} characters.`);
    else return value;
    return undefined;
  }

  choice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value);
    if (found === undefined) this.#faults.push(`${this.#name(name)} must be one of ${allowed.join(', ')}.`);
    return found;
  }

  whole(name: string): number | undefined {
    const value = this.#value[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    this.#faults.push(`${this.#name(name)} must be a whole number.`);
    return undefined;
  }

  object(name: string): Body {
    return new Body(this.#value[name], this.#name(name), this.#faults);
  }

  list(name: string): Body[] {
    const value = this.#value[name];
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => new Body(item, `${this.#name(name)}[${index}]`, this.#faults));
    }
    if (value !== undefined) this.#faults.push(`${this.#name(name)} must be an array.`);
    return [];
  }

  /** The id in a reference such as `{ id, type: 'user_reference' }`. */
  reference(name: string, ...kinds: readonly string[]): string | undefined {
    if (!this.has(name) || this.isNull(name)) return undefined;
    const reference = this.object(name);
    reference.require('id', 'type');
    reference.choice(
      'type',
      kinds.flatMap((kind) => [`${kind}_reference`, kind]),
    );
    return reference.text('id');
  }

  #name(name: string): string {
    return this.#path ? `${this.#path}.${name}` : name;
  }
}
