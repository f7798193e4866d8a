// Takes from PagerDuty's OpenAPI document the facts that the simulator is held to, and prints them as JSON:
//   node test/contracts/extract-pagerduty.mjs ../shared/specs/REST.openapiv3.json > test/contracts/pagerduty.json
import { readFileSync } from 'node:fs';

const specPath = process.argv[2];
if (!specPath) {
  console.error('Give the path of REST.openapiv3.json (github.com/PagerDuty/api-schema).');
  process.exit(1);
}
const spec = JSON.parse(readFileSync(specPath, 'utf8'));

/** The operations the simulator speaks. */
const wanted = `
GET /abilities
GET /change_events
GET /change_events/{id}
GET /escalation_policies
GET /escalation_policies/{id}
GET /incidents
POST /incidents
PUT /incidents
GET /incidents/{id}
PUT /incidents/{id}
GET /incidents/{id}/alerts
GET /incidents/{id}/log_entries
PUT /incidents/{id}/merge
GET /incidents/{id}/notes
POST /incidents/{id}/notes
GET /incidents/{id}/outlier_incident
GET /incidents/{id}/past_incidents
GET /incidents/{id}/related_change_events
GET /incidents/{id}/related_incidents
POST /incidents/{id}/responder_requests
POST /incidents/{id}/snooze
POST /incidents/{id}/status_updates
GET /log_entries
GET /log_entries/{id}
GET /oncalls
GET /priorities
GET /schedules
GET /schedules/{id}
GET /schedules/{id}/overrides
POST /schedules/{id}/overrides
DELETE /schedules/{id}/overrides/{override_id}
GET /schedules/{id}/users
GET /services
GET /services/{id}
GET /services/{id}/change_events
GET /teams
GET /users
GET /users/me
GET /users/{id}
GET /users/{id}/contact_methods
GET /v3/schedules
GET /v3/schedules/{id}
GET /v3/schedules/{id}/custom_shifts
POST /v3/schedules/{id}/custom_shifts
GET /v3/schedules/{id}/overrides
POST /v3/schedules/{id}/overrides
GET /v3/schedules/{id}/overrides/{override_id}
DELETE /v3/schedules/{id}/overrides/{override_id}
`
  .trim()
  .split('\n');

const sorted = (names) => names.toSorted((a, b) => (a < b ? -1 : 1));

function resolve(node) {
  let found = node;
  while (found?.$ref) {
    found = found.$ref
      .slice(2)
      .split('/')
      .reduce((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], spec);
  }
  return found;
}

/** The properties and required names of a schema, its allOf parts together. */
function shape(node) {
  const schema = resolve(node) ?? {};
  const parts = (schema.allOf ?? []).map(shape);
  return {
    type: schema.type,
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
    required: [...parts.flatMap((part) => part.required), ...(schema.required ?? [])],
  };
}

function jsonSchema(container) {
  return resolve(container)?.content?.['application/json']?.schema;
}

/** `incident`, `incident.title`: what a body must have, two levels deep. */
function requiredFields(schema) {
  const { required, properties } = shape(schema);
  return required.flatMap((name) => [name, ...shape(properties[name]).required.map((inner) => `${name}.${inner}`)]);
}

const operations = wanted.map((line) => {
  const [method, path] = line.split(' ');
  const item = spec.paths[path];
  const operation = item?.[method.toLowerCase()];
  if (!operation) throw new Error(`The document does not have ${line}`);
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
  const named = (place, required) =>
    parameters.filter((one) => one.in === place && (!required || one.required)).map((one) => one.name);
  const includes = parameters.find((one) => one.name === 'include[]');
  const success = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
  const response = jsonSchema(operation.responses[success[0]]);
  const body = jsonSchema(operation.requestBody);
  return {
    method,
    path,
    requiredQuery: sorted(named('query', true)),
    query: sorted(named('query', false)),
    includes: includes ? sorted(resolve(resolve(includes.schema).items ?? includes.schema).enum ?? []) : [],
    requiredHeaders: sorted(named('header', true)),
    requiredBody: body ? sorted([...new Set(requiredFields(body))]) : [],
    status: success.map(Number),
    responseKeys: response ? (shape(response).type === 'array' ? 'array' : sorted(Object.keys(shape(response).properties))) : [],
  };
});

console.log(JSON.stringify({ source: `${spec.info.title} ${spec.info.version}`, operations }, null, 2));
