/** The modal of a declaration: two fields that must be filled, and all else may wait (I-14). */

import type { KnownBlock, View } from '@slack/types';
import { CALLBACK } from '../../blockkit/action-ids.ts';
import { context, section } from '../../blockkit/blocks.ts';
import { checkboxes, modal, selectInput, textInput } from '../../blockkit/inputs.ts';
import { clip } from '../../blockkit/mrkdwn.ts';
import { IMPACTS, placeOf, SEVERITIES } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Team } from '../../domain/team.ts';
import { shownTitle } from '../status/views.ts';
import { incidentWords } from '../words.ts';
import { declareMessages } from './messages.ts';
import type { FormFacts } from './origin.ts';

export type DeclareForm =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly incident: Incident }
  | {
      readonly kind: 'ready';
      readonly facts: FormFacts;
      readonly title: string;
      /** Offered where the place does not say whose it is. */
      readonly teams: readonly Team[];
      /** What becomes of PagerDuty, one line. */
      readonly pager: string;
    };

export function declareModal(form: DeclareForm, style: TimeStyle): View {
  const words = declareMessages[style.locale];
  const frame = { callbackId: CALLBACK.declareIncident, title: words.title, close: words.close };
  if (form.kind === 'loading') return modal({ ...frame, blocks: [section(words.loading)] });
  if (form.kind === 'known') return modal({ ...frame, blocks: [section(alreadyText(form.incident, style))] });
  const shared = incidentWords[style.locale];
  const blocks: KnownBlock[] = [
    textInput({
      id: 'title',
      label: words.fieldTitle,
      initial: form.title,
      placeholder: words.titleHint,
      maxLength: 150,
    }),
    selectInput({
      id: 'severity',
      label: words.severity,
      hint: words.severityHint,
      choices: SEVERITIES.map((value) => ({ value, text: value, description: shared.severity[value] })),
    }),
    ...(form.teams.length > 0
      ? [
          selectInput({
            id: 'team',
            label: words.team,
            choices: form.teams.slice(0, 100).map(({ key, name }) => ({ value: key, text: name })),
            initial: form.teams[0]?.key ?? '',
          }),
        ]
      : []),
    selectInput({
      id: 'impact',
      label: words.impact,
      optional: true,
      choices: IMPACTS.map((value) => ({ value, text: shared.impact[value] })),
      initial: 'unknown',
    }),
    checkboxes({
      id: 'options',
      label: words.options,
      optional: true,
      choices: [
        { value: 'room', text: words.room },
        { value: 'private', text: words.private, description: words.privateHint },
        { value: 'drill', text: words.drill, description: words.drillHint },
        { value: 'call', text: words.call },
      ],
      initial: ['room'],
    }),
    context(clip(form.pager, 1000)),
  ];
  return modal({ ...frame, submit: words.submit, metadata: form.facts, blocks });
}

/** Where the incident is worked on that somebody is about to declare again; a private one is not told of. */
export function alreadyText(incident: Incident, style: TimeStyle): string {
  const words = declareMessages[style.locale];
  const place = incident.private ? undefined : placeOf(incident);
  const title = incident.private ? `#${incident.number}` : shownTitle(incident, style);
  return words.already(title, place ? `<#${place.channel}>` : `#${incident.number}`);
}
