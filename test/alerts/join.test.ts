/** What ties an alert to its incident or to its twin, and what must not. */

import type { Alert, AlertReading } from '../../src/domain/alert.ts';
import type { PagerIncident } from '../../src/domain/pager-incident.ts';
import { JOIN_WINDOW_MS, joinReason, sameTitle, twinReason } from '../../src/alerts/join.ts';

const AT = 1_700_000_000_000;

function reading(over: Partial<AlertReading> = {}): AlertReading {
  return {
    tool: 'cloudwatch',
    state: 'firing',
    title: 'prod-api-5xx-rate',
    severity: 'unknown',
    links: [],
    runbookRefs: [],
    pagerRefs: [],
    dedupKeys: [],
    fingerprint: 'f',
    text: '',
    ...over,
  };
}

function incident(over: Partial<PagerIncident> = {}): PagerIncident {
  return {
    id: 'Q1',
    number: 42,
    title: 'prod-api-5xx-rate',
    status: 'triggered',
    urgency: 'high',
    url: 'https://acme.pagerduty.com/incidents/Q1',
    serviceId: 'S',
    serviceName: 'api',
    escalationPolicyId: 'P',
    assignees: [],
    acknowledgers: [],
    createdAt: AT,
    changedAt: AT,
    ...over,
  };
}

function alert(said: AlertReading, over: Partial<Alert> = {}): Alert {
  return {
    id: 'C1:1',
    team: 'sre',
    channel: 'C1',
    reading: said,
    firedAt: AT,
    refires: 0,
    lastFiredAt: AT,
    level: 1,
    mention: { targets: [], level: 1, passedOver: [] },
    mentionedAt: AT,
    ...over,
  };
}

describe('an alert and an incident (A-06)', () => {
  it.each([
    ['a link with the id', { pagerRefs: ['Q1'], title: 'x' }, 'link'],
    ['a number', { pagerRefs: ['42'], title: 'x' }, 'link'],
    ['a link to another incident, the title notwithstanding', { pagerRefs: ['Q2'] }, undefined],
    ['the title', {}, 'title'],
    ['the title with the service in front', { title: '[api] prod-api-5xx-rate' }, 'title'],
    ['a title that only begins alike', { title: 'prod-api-5xx-rate-canary' }, undefined],
    ['a short title inside', { title: 'prod-api' }, undefined],
    ['an empty title', { title: '' }, undefined],
  ] as const)('are joined or not by %s', (_what, over, reason) => {
    expect(joinReason(reading(over), AT, incident())).toBe(reason);
  });

  it.each([
    ['equal', 'prod-alb-5xx', ['prod-alb-5xx'], 'dedup-key'],
    ['the name at the end of an ARN', 'arn:aws:cloudwatch:x:1:alarm:prod-alb-5xx', ['prod-alb-5xx'], 'dedup-key'],
    ['the name inside another', 'arn:aws:cloudwatch:x:1:alarm:prod-alb-5xx-canary', ['prod-alb-5xx'], undefined],
    ['a rule of many hosts', 'HighErrorRate{instance=web-1}', ['HighErrorRate'], undefined],
    ['a short number at the end', 'group:2', ['2'], undefined],
    ['no key', '', [''], undefined],
  ] as const)('are joined or not by a dedup key: %s', (_what, dedupKey, dedupKeys, reason) => {
    expect(joinReason(reading({ title: 'another', dedupKeys }), AT, incident({ dedupKey }))).toBe(reason);
  });

  it('are not joined by title when they are further apart than the window', () => {
    expect(joinReason(reading(), AT + JOIN_WINDOW_MS, incident())).toBe('title');
    expect(joinReason(reading(), AT + JOIN_WINDOW_MS + 1, incident())).toBeUndefined();
    expect(joinReason(reading(), AT - JOIN_WINDOW_MS - 1, incident())).toBeUndefined();
  });
});

describe('the service beside the title (A-06)', () => {
  const cpu = 'High CPU usage';
  it.each([
    ['another service speaks against a commonplace', { title: cpu, service: 'staging-worker' }, cpu, undefined],
    ['the same service', { title: cpu, service: 'API' }, cpu, 'title'],
    ['a longer name of it', { title: cpu, service: 'api-gateway' }, cpu, 'title'],
    ['no service in the alert', { title: cpu }, cpu, 'title'],
    [
      'a title that is no commonplace',
      { title: 'checkout latency p99 above objective', service: 'checkout' },
      'checkout latency p99 above objective',
      'title',
    ],
    [
      'a title that only stands in the other',
      { title: 'High CPU usage on node', service: 'checkout' },
      '[sre] High CPU usage on node of cluster',
      undefined,
    ],
  ])('%s', (_, said, title, reason) => {
    expect(joinReason(reading(said), AT, incident({ title }))).toBe(reason);
  });
});

describe('two messages of one alert (A-06)', () => {
  const tool = reading();
  const pager = reading({ tool: 'pagerduty', pagerRefs: ['Q1'] });

  it("are the tool's and PagerDuty's, whichever came first", () => {
    expect(twinReason(pager, AT, alert(tool), undefined)).toBe('title');
    expect(twinReason(tool, AT, alert(pager, { pagerIncidentId: 'Q1' }), incident())).toBe('title');
    expect(twinReason(pager, AT, alert(tool, { pagerIncidentId: 'Q1' }), incident())).toBe('link');
  });

  it('are not two of tools, however alike, also where one has an incident', () => {
    expect(twinReason(tool, AT, alert(tool), undefined)).toBeUndefined();
    expect(twinReason(tool, AT, alert(tool, { pagerIncidentId: 'Q1' }), incident())).toBeUndefined();
  });

  it("are not two of PagerDuty's with their own incidents", () => {
    const other = reading({ tool: 'pagerduty', pagerRefs: ['Q2'] });
    expect(twinReason(other, AT, alert(pager, { pagerIncidentId: 'Q1' }), incident())).toBeUndefined();
    expect(twinReason(other, AT, alert(tool, { pagerIncidentId: 'Q1' }), incident())).toBeUndefined();
  });
});

describe('titles', () => {
  it('are the same without their values, and not without their names', () => {
    expect(sameTitle('CPU 91% on db-1', 'cpu 97.5% on db-1')).toBe(true);
    expect(sameTitle('CPU 91% on db-1', 'CPU 91% on db-2')).toBe(false);
    expect(sameTitle('', '')).toBe(false);
    expect(sameTitle('決済APIの応答が遅延しています', '[payments] 決済APIの応答が遅延しています')).toBe(true);
  });
});
