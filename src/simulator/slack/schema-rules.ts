/** Small rules that check a JSON value and say what is wrong and where, in the words that Slack uses. */
import { isFields, textOf } from './wire-values.ts';

export type Surface = 'message' | 'modal' | 'home';

export interface Check {
  readonly surface: Surface;
  readonly problems: string[];
}

export type Rule = (value: unknown, pointer: string, check: Check) => void;

export interface Shape {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
  /** What a list of properties cannot say. */
  readonly also?: Rule;
}

export function complain(check: Check, pointer: string, problem: string): void {
  check.problems.push(`${problem} [json-pointer:${pointer}]`);
}

export function text(limits: { min?: number; max?: number; pattern?: RegExp } = {}): Rule {
  return (value, pointer, check) => {
    if (typeof value !== 'string') return complain(check, pointer, 'must be a string');
    if (value.length < (limits.min ?? 0))
      complain(check, pointer, `must be more than ${(limits.min ?? 0) - 1} characters`);
    if (limits.max !== undefined && value.length > limits.max) {
      complain(check, pointer, `must be less than ${limits.max + 1} characters`);
    }
    if (limits.pattern && !limits.pattern.test(value)) complain(check, pointer, 'invalid format');
  };
}

export function integer(limits: { min?: number; max?: number } = {}): Rule {
  return (value, pointer, check) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return complain(check, pointer, 'must be an integer');
    if (value < (limits.min ?? -Infinity)) complain(check, pointer, `must be at least ${limits.min}`);
    if (value > (limits.max ?? Infinity)) complain(check, pointer, `must be at most ${limits.max}`);
  };
}

export const flag: Rule = (value, pointer, check) => {
  if (typeof value !== 'boolean') complain(check, pointer, 'must be a boolean');
};

export const number: Rule = (value, pointer, check) => {
  if (typeof value !== 'number') complain(check, pointer, 'must be a number');
};

export function oneOf(...allowed: readonly (string | number)[]): Rule {
  return (value, pointer, check) => {
    if (!allowed.some((candidate) => candidate === value))
      complain(check, pointer, `must be one of ${allowed.join(', ')}`);
  };
}

export function list(item: Rule, limits: { min?: number; max?: number } = {}): Rule {
  return (value, pointer, check) => {
    if (!Array.isArray(value)) return complain(check, pointer, 'must be an array');
    if (value.length < (limits.min ?? 0)) complain(check, pointer, `no fewer than ${limits.min} items allowed`);
    if (limits.max !== undefined && value.length > limits.max)
      complain(check, pointer, `no more than ${limits.max} items allowed`);
    for (const [index, entry] of value.entries()) item(entry, `${pointer}/${index}`, check);
  };
}

/** An object with just these properties; `type` is checked by whoever chose the shape. */
export function object(shape: Shape): Rule {
  const known: Readonly<Record<string, Rule>> = { ...shape.optional, ...shape.required };
  return (value, pointer, check) => {
    if (!isFields(value)) return complain(check, pointer, 'must be an object');
    for (const name of Object.keys(shape.required ?? {})) {
      if (value[name] === undefined || value[name] === null)
        complain(check, pointer, `missing required field: ${name}`);
    }
    for (const [name, entry] of Object.entries(value)) {
      if (name === 'type' || entry === undefined || entry === null) continue;
      const rule = known[name];
      if (rule) rule(entry, `${pointer}/${name}`, check);
      else complain(check, pointer, `invalid additional property: ${name}`);
    }
    shape.also?.(value, pointer, check);
  };
}

/** Chooses the rule by the object's `type`, and refuses types that are not in the table. */
export function byType(table: Readonly<Record<string, Rule>>): Rule {
  return (value, pointer, check) => {
    if (!isFields(value)) return complain(check, pointer, 'must be an object');
    const type = textOf(value['type']);
    const rule = Object.hasOwn(table, type) ? table[type] : undefined;
    if (!rule) return complain(check, `${pointer}/type`, `unsupported type: ${type || '(none)'}`);
    rule(value, pointer, check);
  };
}

/** Refuses the value on the other surfaces. */
export function only(surfaces: readonly Surface[], rule: Rule): Rule {
  return (value, pointer, check) => {
    if (!surfaces.includes(check.surface)) {
      return complain(check, `${pointer}/type`, `unsupported type: not available in a ${check.surface}`);
    }
    rule(value, pointer, check);
  };
}

/** Exactly one of these properties must be there. */
export function exactlyOne(...names: readonly string[]): Rule {
  return (value, pointer, check) => {
    const given = isFields(value) ? names.filter((name) => value[name] !== undefined) : [];
    if (given.length !== 1) complain(check, pointer, `exactly one of ${names.join(', ')} is required`);
  };
}

export function atLeastOne(...names: readonly string[]): Rule {
  return (value, pointer, check) => {
    if (!isFields(value) || names.every((name) => value[name] === undefined)) {
      complain(check, pointer, `missing required field: ${names.join(' or ')}`);
    }
  };
}

export function both(...rules: readonly Rule[]): Rule {
  return (value, pointer, check) => {
    for (const rule of rules) rule(value, pointer, check);
  };
}
