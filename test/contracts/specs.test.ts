/** The facts committed here against the vendors' descriptions they were taken from, where those are at hand. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { METHOD_CONTRACTS } from '../../src/simulator/slack/method-contracts.ts';

const specs = join(__dirname, '../../../shared/specs');
const root = join(__dirname, '../..');

interface MethodSpec {
  readonly args?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly scopes?: { readonly bot?: readonly { readonly name: string }[] };
  readonly errors?: Readonly<Record<string, string>>;
}

if (existsSync(specs)) {
  describe('the committed facts of Slack', () => {
    it.each(Object.entries(METHOD_CONTRACTS))('%s: arguments, scopes and errors as described', (method, contract) => {
      const spec = JSON.parse(readFileSync(join(specs, 'slack-methods', `${method}.json`), 'utf8')) as MethodSpec;
      const args = Object.entries(spec.args ?? {}).map(([name, { required }]) => [name, { required: required === true }]);
      expect(contract.args).toEqual(Object.fromEntries(args));
      expect(contract.scopes).toEqual((spec.scopes?.bot ?? []).map(({ name }) => name));
      expect(contract.errors).toEqual(Object.keys(spec.errors ?? {}).toSorted());
    });
  });

  describe('the manifests', () => {
    const schema = JSON.parse(readFileSync(join(specs, 'slack-manifest.schema.json'), 'utf8')) as object;
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

    it.each(['manifest.yml', 'manifest.en.yml'])('%s fits Slack’s manifest schema', (file) => {
      const valid = validate(parse(readFileSync(join(root, file), 'utf8')));
      expect(validate.errors ?? []).toEqual([]);
      expect(valid).toBe(true);
    });

    it('a manifest that does not fit is noticed', () => {
      expect(validate({ display_information: { name: 7 } })).toBe(false);
    });
  });
} else {
  describe('the committed facts of Slack', () => {
    it.skip('not run: ../shared/specs (the vendors’ descriptions) is not here', () => {});
  });
}
