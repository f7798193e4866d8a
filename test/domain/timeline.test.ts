/** What an incident's events make of its timeline (L-02, L-03, L-04). */

import type { IncidentChange, IncidentEvent } from '../../src/domain/incident-event.ts';
import { noteOf, spanOf, timelineOf } from '../../src/domain/timeline.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}:00+09:00`);
const message = { channel: 'C1', ts: '1.1' };

/** Numbered in the order in which they are given. */
const told = (...events: readonly (readonly [time: string, change: IncidentChange, by?: string])[]): IncidentEvent[] =>
  events.map(([time, change, by], index) => ({
    id: index + 1,
    incidentId: 1,
    at: at(time),
    ...(by ? { by } : {}),
    change,
  }));

const declared: IncidentChange = { kind: 'declared', title: 'x', severity: 'SEV2', impact: 'yes', drill: false };
const fired: IncidentChange = { kind: 'alert_changed', status: 'fired', title: 'cpu' };
const acknowledged: IncidentChange = { kind: 'pager_changed', status: 'acknowledged', name: '田中 健' };
const resolved: IncidentChange = { kind: 'pager_changed', status: 'resolved' };
const cleared: IncidentChange = { kind: 'state_changed', from: 'mitigating', to: 'cleared' };
const pin = (pinnedBy: string): IncidentChange => ({ kind: 'note', text: '切り戻し', source: message, pinnedBy });
const shown = (events: readonly IncidentEvent[]) => timelineOf(events).map(({ id, phase }) => `${id} ${phase}`);

describe('the timeline', () => {
  it('L-02 calls an alert 発生, its acknowledgement 発見, what people do 対応, the end 復旧, by time', () => {
    const events = told(
      ['02:12', declared],
      ['02:10', fired],
      ['02:11', acknowledged],
      ['03:01', resolved],
      ['03:05', cleared],
    );
    expect(shown(events)).toEqual(['2 occurred', '3 found', '1 action', '4 recovered', '5 recovered']);
    expect(spanOf(timelineOf(events))).toEqual({
      occurredAt: at('02:10'),
      foundAt: at('02:11'),
      recoveredAt: at('03:01'),
    });
  });

  it('L-02 calls the declaration 発見 where no alert noticed it, and the all clear the recovery', () => {
    const events = told(['02:12', declared], ['03:05', cleared]);
    expect(shown(events)).toEqual(['1 found', '2 recovered']);
    expect(spanOf(timelineOf(events))).toEqual({ foundAt: at('02:12'), recoveredAt: at('03:05') });
  });

  it('L-04 sorts a corrected time anew, and keeps what it was', () => {
    const events = told(
      ['02:12', declared],
      ['02:10', fired],
      ['02:40', { kind: 'time_moved', event: 2, from: at('02:10'), to: at('01:50') }],
      ['02:41', { kind: 'time_moved', event: 1, from: at('02:12'), to: at('01:40') }],
      ['02:42', { kind: 'time_moved', event: 2, from: at('01:50'), to: at('01:30') }],
    );
    const [first, second] = timelineOf(events);
    expect(first).toMatchObject({ id: 2, at: at('01:30'), movedFrom: at('02:10'), events: [2, 3, 5] });
    expect(second).toMatchObject({ id: 1, at: at('01:40'), movedFrom: at('02:12'), events: [1, 4] });
  });

  it('L-03 has a message once whoever pins it, and until the last pin goes', () => {
    const removed = (unpinnedBy?: string): IncidentChange => ({
      kind: 'note_removed',
      ...message,
      ...(unpinnedBy ? { unpinnedBy } : {}),
    });
    const twice = told(['02:20', pin('U1')], ['02:20', pin('U2')]);
    expect(timelineOf(twice)).toMatchObject([{ id: 1, events: [1, 2] }]);
    expect(noteOf(twice, message)?.pinnedBy).toEqual(['U1', 'U2']);
    const one = [...twice, ...told(['02:21', removed('U1')]).map((event) => ({ ...event, id: 3 }))];
    expect(shown(one)).toEqual(['1 action']);
    const none = [...one, ...told(['02:22', removed('U2')]).map((event) => ({ ...event, id: 4 }))];
    expect(shown(none)).toEqual([]);
    const again = [...none, ...told(['02:20', pin('U2')]).map((event) => ({ ...event, id: 5 }))];
    expect(shown(again)).toEqual(['1 action']);
    const deleted = [...again, ...told(['02:23', removed()]).map((event) => ({ ...event, id: 6 }))];
    expect(shown(deleted)).toEqual([]);
  });

  it('L-03 follows an edit', () => {
    const changed: IncidentChange = { kind: 'note_changed', ...message, text: '切り戻しを中止' };
    expect(timelineOf(told(['02:20', pin('U1')], ['02:25', changed]))).toMatchObject([
      { at: at('02:20'), change: { text: '切り戻しを中止' }, events: [1, 2] },
    ]);
  });

  it('L-03 keeps what was written without a message', () => {
    const note: IncidentChange = { kind: 'note', text: 'エラー率が上昇', phase: 'occurred' };
    expect(shown(told(['02:00', note], ['02:00', note], ['02:12', declared]))).toEqual([
      '1 occurred',
      '2 occurred',
      '3 found',
    ]);
  });

  it('leaves no event without a row, but for the notes that were removed', () => {
    const events = told(
      ['02:12', declared],
      ['02:12', { kind: 'renumbered', number: 8 }],
      ['02:20', pin('U1')],
      ['02:30', { kind: 'time_moved', event: 3, from: 0, to: 1 }],
    );
    expect(
      timelineOf(events)
        .flatMap((entry) => entry.events)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2, 3, 4]);
  });
});
