/** Validates what the simulator really answers against PagerDuty's OpenAPI schemas, where that document is at hand. */
import { Ajv, type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import contract from '../contracts/pagerduty.json' with { type: 'json' };
import { startScene, type Scene, type Wire } from './pagerduty-scene.ts';

const specPath = join(__dirname, '../../../shared/specs/REST.openapiv3.json');

/** Their schemas refuse even the document's own examples, or cannot be compiled at all. */
const unusable: readonly string[] = [];

const isLogEntryType = (value: unknown): boolean => typeof value === 'string' && value.endsWith('_log_entry');

/**
 * The document, made usable: every property may be null, as it is in what the API answers; one of several is enough,
 * since its alternatives overlap; and the kinds of log entry are open, since it contradicts itself about them
 * (`acknowledge_log_entry` in one place, `acknowledgement_log_entry` in another).
 */
function relaxed(node: Wire): Wire {
  if (Array.isArray(node)) return node.map(relaxed);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, Wire> = {};
  for (const [key, value] of Object.entries<Wire>(node)) {
    if (key === 'nullable' || key === 'example' || key === 'examples' || key === 'discriminator') continue;
    if (key === 'enum' && Array.isArray(value) && value.every(isLogEntryType)) continue;
    if (key === 'properties' && typeof value === 'object') {
      copy[key] = Object.fromEntries(
        Object.entries(value).map(([name, schema]) => [name, { anyOf: [{ type: 'null' }, relaxed(schema)] }]),
      );
    } else copy[key === 'oneOf' ? 'anyOf' : key] = relaxed(value);
  }
  return copy;
}

interface Compiled {
  readonly name: string;
  readonly validate: ValidateFunction | undefined;
}

function compile(): Map<string, Compiled> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false });
  ajv.addSchema(relaxed(JSON.parse(readFileSync(specPath, 'utf8'))), 'pd');
  return new Map(
    contract.operations.map(({ method, path, status }): [string, Compiled] => {
      const pointer = [
        'paths',
        path,
        method.toLowerCase(),
        'responses',
        String(status[0]),
        'content',
        'application/json',
        'schema',
      ]
        .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
        .join('/');
      const name = `${method} ${path}`;
      try {
        return [name, { name, validate: ajv.compile({ $ref: `pd#/${pointer}` }) }];
      } catch {
        return [name, { name, validate: undefined }];
      }
    }),
  );
}

interface Request {
  readonly name: string;
  readonly query?: string;
  readonly body?: Wire;
}

const times = { start_time: '2026-03-02T13:00:00Z', end_time: '2026-03-02T14:00:00Z' };
const member = (user_id: string): Wire => ({ type: 'user_member', user_id });
const week = 'since=2026-03-01T00:00:00Z&until=2026-03-09T00:00:00Z';

/** One request for each operation with a body; without includes, of which the schemas know only the references. */
const requests = (shift: string): readonly Request[] => [
  { name: 'GET /abilities' },
  { name: 'GET /change_events' },
  { name: 'GET /change_events/{id}' },
  { name: 'GET /services/{id}/change_events' },
  { name: 'GET /escalation_policies' },
  { name: 'GET /escalation_policies/{id}' },
  { name: 'GET /users' },
  { name: 'GET /users/{id}' },
  { name: 'GET /users/me' },
  { name: 'GET /users/{id}/contact_methods' },
  { name: 'GET /teams' },
  { name: 'GET /services' },
  { name: 'GET /services/{id}' },
  { name: 'GET /priorities' },
  { name: 'GET /schedules', query: `include[]=final_schedule&${week}` },
  { name: 'GET /schedules/{id}', query: week },
  { name: 'GET /schedules/{id}/users', query: week },
  { name: 'GET /schedules/{id}/overrides', query: `${week}&editable=true` },
  {
    name: 'POST /schedules/{id}/overrides',
    body: {
      overrides: [{ start: times.start_time, end: times.end_time, user: { id: 'PDANA', type: 'user_reference' } }],
    },
  },
  { name: 'GET /v3/schedules' },
  { name: 'GET /v3/schedules/{id}', query: `include[]=final_schedule&${week}` },
  { name: 'GET /v3/schedules/{id}/custom_shifts', query: week },
  {
    name: 'POST /v3/schedules/{id}/custom_shifts',
    body: {
      custom_shifts: [
        { type: 'custom_shift', ...times, assignments: [{ type: 'shift_assignment', member: member('PDANA') }] },
      ],
    },
  },
  {
    name: 'POST /v3/schedules/{id}/overrides',
    body: {
      overrides: [
        {
          type: 'override_shift',
          custom_shift_id: shift,
          ...times,
          overridden_member: member('PCHEN'),
          overriding_member: member('PDANA'),
        },
      ],
    },
  },
  { name: 'GET /v3/schedules/{id}/overrides', query: week },
  { name: 'GET /v3/schedules/{id}/overrides/{override_id}' },
  { name: 'GET /oncalls' },
  {
    name: 'POST /incidents',
    body: { incident: { type: 'incident', title: 'By hand', service: { id: 'PPAY', type: 'service_reference' } } },
  },
  { name: 'GET /incidents' },
  { name: 'GET /incidents/{id}' },
  { name: 'GET /incidents/{id}/alerts' },
  { name: 'POST /incidents/{id}/notes', body: { note: { content: 'Looking' } } },
  { name: 'GET /incidents/{id}/notes' },
  { name: 'POST /incidents/{id}/status_updates', body: { message: 'We are on it' } },
  {
    name: 'POST /incidents/{id}/responder_requests',
    body: {
      requester_id: 'PAIKO',
      message: 'Please help',
      responder_request_targets: [{ responder_request_target: { id: 'PCHEN', type: 'user_reference' } }],
    },
  },
  { name: 'GET /incidents/{id}/outlier_incident' },
  { name: 'GET /incidents/{id}/past_incidents', query: 'total=true' },
  { name: 'GET /incidents/{id}/related_incidents' },
  { name: 'GET /incidents/{id}/related_change_events' },
  { name: 'PUT /incidents/{id}', body: { incident: { type: 'incident', status: 'acknowledged' } } },
  { name: 'POST /incidents/{id}/snooze', body: { duration: 600 } },
  { name: 'PUT /incidents/{id}/merge', body: { source_incidents: [{ id: 'OTHER', type: 'incident_reference' }] } },
  { name: 'GET /incidents/{id}/log_entries' },
  { name: 'GET /log_entries' },
  { name: 'GET /log_entries/{id}' },
  { name: 'PUT /incidents', body: { incidents: [{ id: 'INCIDENT', type: 'incident_reference', status: 'resolved' }] } },
];

function ids(scene: Scene): Record<string, string> {
  const { world } = scene;
  const incident = world.trigger({ service: 'PPAY', title: 'Card payments fail', priority: 'PP1' });
  const old = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
  world.resolve(old, 'PBEN');
  return {
    incident,
    other: world.trigger({ service: 'PPAY', title: 'Card payments slow' }),
    change: world.addChangeEvent({ summary: 'Deploy 42', service: 'PPAY' }),
    log: world.logEntries(incident)[0]?.id ?? '',
    layerOverride: world.addOverride('PSWEEK', {
      user: 'PDANA',
      start: '2026-03-02T11:00:00Z',
      end: '2026-03-02T12:00:00Z',
    }),
    shiftOverride: world.addOverride('PSSHIFT', {
      user: 'PDANA',
      start: '2026-03-02T11:00:00Z',
      end: '2026-03-02T12:00:00Z',
    }),
  };
}

function pathOf(name: string, known: Record<string, string>): string {
  const id = [
    ['/users/', 'PAIKO'],
    ['/v3/schedules/', 'PSSHIFT'],
    ['/schedules/', 'PSWEEK'],
    ['/escalation_policies/', 'PEPAY'],
    ['/services/', 'PPAY'],
    ['/change_events/', known['change']],
    ['/incidents/', known['incident']],
    ['/log_entries/', known['log']],
  ].find(([prefix]) => name.includes(` ${prefix}`))?.[1];
  return name.replace('{id}', id ?? '').replace('{override_id}', known['shiftOverride'] ?? '');
}

if (existsSync(specPath)) {
  describe('the simulated PagerDuty, against PagerDuty’s own schemas', () => {
    it(`answers every operation as its schema says (${unusable.length} skipped)`, async () => {
      const scene = await startScene({ userTokens: { own: 'PAIKO' } });
      try {
        const schemas = compile();
        const known = ids(scene);
        const shifts = await scene.ask('GET /v3/schedules/PSSHIFT/custom_shifts', { query: week });
        const skipped: string[] = [];
        const faults: string[] = [];
        const asked = new Set<string>();
        for (const { name, query = '', body } of requests(shifts.body.custom_shifts[0].id)) {
          const sent =
            body &&
            JSON.parse(
              JSON.stringify(body)
                .replace('INCIDENT', known['incident'] ?? '')
                .replace('OTHER', known['other'] ?? ''),
            );
          const headers = name === 'GET /users/me' ? { authorization: 'Bearer own' } : {};
          const told = await scene.ask(pathOf(name, known), {
            query,
            headers,
            from: 'aiko@example.com',
            ...(sent ? { body: sent } : {}),
          });
          asked.add(name);
          if (told.status >= 300) faults.push(`${name}: ${told.status} ${JSON.stringify(told.body)}`);
          const validate = schemas.get(name)?.validate;
          if (!validate) skipped.push(name);
          else if (!validate(told.body)) {
            const errors = (validate.errors ?? [])
              .filter((one) => one.keyword !== 'anyOf' && one.params['type'] !== 'null')
              .map((one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`);
            faults.push(`${name}: ${[...new Set(errors)].slice(0, 12).join('; ')}`);
          }
        }
        expect(faults).toEqual([]);
        expect(skipped).toEqual(unusable);
        const answering = contract.operations
          .filter((one) => one.method !== 'DELETE')
          .map((one) => `${one.method} ${one.path}`);
        expect([...asked].toSorted()).toEqual(answering.toSorted());
      } finally {
        await scene.world.close();
      }
    });
  });
} else {
  test.skip('not run: ../shared/specs/REST.openapiv3.json (PagerDuty’s OpenAPI document) is not here', () => {});
}
