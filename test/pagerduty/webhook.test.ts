import { createHmac } from 'node:crypto';
import { readWebhook, verifySignature } from '../../src/pagerduty/webhook.ts';
import { userReference, webhookEvent } from './support/bodies.ts';

const body = Buffer.from(JSON.stringify({ text: '決済が遅い' }), 'utf8');
const sign = (secret: string, raw = body): string => `v1=${createHmac('sha256', secret).update(raw).digest('hex')}`;

describe("a webhook's signature (G-01)", () => {
  it('fits by any secret and any signature while one is rotated', () => {
    expect(verifySignature(body, sign('new'), ['old', 'new'])).toBe(true);
    expect(verifySignature(body, `${sign('other')},${sign('old')}`, ['old'])).toBe(true);
    expect(verifySignature(body, `${sign('old')}, ${sign('other')}`, ['new', 'old'])).toBe(true);
    expect(
      verifySignature(
        body,
        sign('old').replace(/[a-f]/g, (hex) => hex.toUpperCase()),
        ['old'],
      ),
    ).toBe(true);
  });

  it('is refused where it is of another secret, of another body, or no secret is set', () => {
    expect(verifySignature(body, sign('wrong'), ['right'])).toBe(false);
    expect(verifySignature(Buffer.concat([body, Buffer.from(' ')]), sign('right'), ['right'])).toBe(false);
    expect(verifySignature(body, sign('right'), [])).toBe(false);
    expect(verifySignature(body, sign(''), [''])).toBe(false);
  });

  const right = sign('right');
  it.each([
    undefined,
    '',
    ',',
    'v1=',
    'v1=zz',
    right.slice(0, -1),
    `${right}0`,
    right.replace('v1=', 'v0='),
    right.slice(3),
    `v1=v1=${right}`,
    'v1=' + '秘'.repeat(64),
  ])('is refused, not thrown at, where the header is malformed: %p', (header) => {
    expect(verifySignature(body, header, ['right'])).toBe(false);
  });
});

describe("a webhook's body", () => {
  const read = (value: object) => readWebhook(Buffer.from(JSON.stringify(value)));
  const suzuki = userReference('PU2', '鈴木');

  it('tells who acknowledged from the agent', () => {
    const event = webhookEvent('incident.acknowledged', { status: 'acknowledged', agent: suzuki });
    expect(read(event)).toMatchObject({
      kind: 'incident',
      eventId: event.event.id,
      eventType: 'incident.acknowledged',
      incident: { acknowledgers: [{ id: 'PU2', name: '鈴木' }], lastChangedBy: { id: 'PU2' } },
    });
  });

  it('credits nobody with the status where the event changed something else', () => {
    const event = webhookEvent('incident.priority_updated', { status: 'acknowledged', agent: suzuki });
    const result = read(event);
    expect(result).toMatchObject({ kind: 'incident', incident: { acknowledgers: [] } });
    expect(result).not.toHaveProperty('incident.lastChangedBy');
  });

  it('of a note is something else', () => {
    const incident = { id: 'PINC1', type: 'incident_reference' };
    const event = webhookEvent('incident.annotated', { data: { type: 'incident_note', incident, content: 'x' } });
    expect(read(event)).toEqual({ kind: 'other', eventType: 'incident.annotated', eventId: event.event.id });
  });

  it('of a service or of an unknown type is something else', () => {
    const service = read(webhookEvent('service.updated', { data: { type: 'service', id: 'PSVC1' } }));
    expect(service).toMatchObject({ kind: 'other', eventType: 'service.updated' });
    expect(read(webhookEvent('incident.new_thing', { data: { type: 'thing' } }))).toMatchObject({ kind: 'other' });
  });

  it('of the test button is a ping', () => {
    expect(read(webhookEvent('pagey.ping', { data: { type: 'ping', message: 'Hello' } }))).toEqual({ kind: 'ping' });
  });

  it('that does not fit is malformed by the name of the field, never thrown', () => {
    expect(readWebhook(Buffer.from('{"event":'))).toEqual({ kind: 'malformed', reason: 'The body is not JSON.' });
    expect(read({ event: { id: 'e', event_type: 'x' } })).toMatchObject({
      kind: 'malformed',
      reason: expect.stringContaining('event.occurred_at') as string,
    });
    expect(read([])).toMatchObject({ kind: 'malformed' });
    const event = webhookEvent('incident.triggered', { data: { type: 'incident', id: 'P1' } });
    expect(read(event)).toMatchObject({ kind: 'malformed', reason: expect.stringContaining('"status"') as string });
  });
});
