/** Knocks at the webhook route for the doctor: without a signature, so that nothing comes of it. */

import type { Clock } from '../ports/clock.ts';
import type { Probe } from '../ports/probes.ts';

const WITHIN_MS = 3_000;

export async function probeWebhook(at: { host: string; port: number; clock: Clock }): Promise<Probe<number>> {
  const controller = new AbortController();
  const cancel = at.clock.setTimer(WITHIN_MS, () => controller.abort());
  try {
    const { status } = await fetch(`http://${reachable(at.host)}:${at.port}/pagerduty/webhook`, {
      method: 'POST',
      body: '{}',
      signal: controller.signal,
    });
    return { kind: 'answered', value: status };
  } catch {
    return { kind: 'silent', reason: 'no_answer' };
  } finally {
    cancel();
  }
}

/** An address to bind to may be none to call. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
