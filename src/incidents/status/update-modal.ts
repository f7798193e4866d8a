/** The modal that changes state, severity and impact together. */

import type { View } from '@slack/types';
import { CALLBACK } from '../../blockkit/action-ids.ts';
import { modal, selectInput, textInput } from '../../blockkit/inputs.ts';
import { IMPACTS, MITIGATIONS, SEVERITIES } from '../../domain/incident.ts';
import type { Incident, IncidentState } from '../../domain/incident.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import { incidentWords } from '../words.ts';
import { statusMessages } from './messages.ts';

/** What the form was filled with: only what the person changed is theirs. */
export interface UpdateFacts {
  readonly incidentId: number;
  readonly before: Readonly<Record<'state' | 'mitigation' | 'severity' | 'impact' | 'impact_text', string>>;
}

function shownValues({ state, mitigation, severity, impact, impactText }: Incident): UpdateFacts['before'] {
  return { state, mitigation: mitigation ?? '', severity, impact, impact_text: impactText ?? '' };
}

/** The all clear has its own way. */
const CHOOSABLE: readonly IncidentState[] = ['detected', 'confirmed', 'investigating', 'mitigating'];

export function updateModal(incident: Incident, style: TimeStyle): View {
  const words = statusMessages[style.locale].update;
  const shared = incidentWords[style.locale];
  return modal({
    callbackId: CALLBACK.updateIncident,
    title: words.title,
    submit: words.submit,
    close: words.close,
    metadata: { incidentId: incident.id, before: shownValues(incident) } satisfies UpdateFacts,
    blocks: [
      selectInput({
        id: 'state',
        label: words.state,
        choices: CHOOSABLE.map((value) => ({ value, text: shared.state[value] })),
        initial: incident.state,
      }),
      selectInput({
        id: 'mitigation',
        label: words.mitigation,
        optional: true,
        choices: MITIGATIONS.map((value) => ({ value, text: shared.mitigation[value] })),
        ...(incident.mitigation ? { initial: incident.mitigation } : {}),
      }),
      selectInput({
        id: 'severity',
        label: words.severity,
        hint: words.severityHint,
        choices: SEVERITIES.map((value) => ({ value, text: value, description: shared.severity[value] })),
        initial: incident.severity,
      }),
      selectInput({
        id: 'impact',
        label: words.impact,
        choices: IMPACTS.map((value) => ({ value, text: shared.impact[value] })),
        initial: incident.impact,
      }),
      textInput({
        id: 'impact_text',
        label: words.impactText,
        optional: true,
        placeholder: words.impactHint,
        maxLength: 300,
        ...(incident.impactText ? { initial: incident.impactText } : {}),
      }),
    ],
  });
}
