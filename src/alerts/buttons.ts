/** What can be done from an alert's message: at most two rows, so that a phone shows them whole. */

import type { ActionsBlock, Button, Overflow } from '@slack/types';
import { ACTION } from '../blockkit/action-ids.ts';
import { actions, button, confirm, overflow } from '../blockkit/blocks.ts';
import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { AlertWords } from './messages.ts';
import type { RespondWords } from './respond/messages.ts';

/** The action ids of the buttons that lead from an alert to the response to it. */
export interface IncidentButtons {
  readonly openWarRoom: string;
  readonly declare: string;
}

export interface Offer {
  readonly alert: Alert;
  readonly incident: PagerIncident | undefined;
  readonly runbooks: boolean;
  readonly incidentButtons?: IncidentButtons | undefined;
}

/** PagerDuty goes on calling while this is true, whatever the tool says. */
export function isOpen(incident: PagerIncident | undefined): boolean {
  return incident !== undefined && incident.status !== 'resolved';
}

/** In the menu of the row. */
const WORK = ['take', 'reassign', 'snooze', 'note', 'rejoin'] as const;

export function buttonRows(offer: Offer, words: AlertWords, own: RespondWords): readonly ActionsBlock[] {
  return [workRow(offer, words, own), helpRow(offer, words)].filter((row) => row.length > 0).map(actions);
}

/** The state of the alert itself. */
function workRow({ alert, incident }: Offer, words: AlertWords, own: RespondWords): readonly (Button | Overflow)[] {
  const value = alert.id;
  const buttons: (Button | Overflow)[] = [];
  const open = isOpen(incident);
  if (alert.resolvedAt !== undefined && !open) return [];
  if (alert.acknowledgedAt === undefined) {
    buttons.push(
      button({ text: words.buttons.acknowledge, actionId: ACTION.acknowledgeAlert, value, style: 'primary' }),
    );
  }
  if (open) buttons.push(button({ text: words.buttons.escalate, actionId: ACTION.escalateAlert, value }));
  buttons.push(button({ text: own.help, actionId: ACTION.askForHelp, value, confirm: confirm(own.helpConfirm) }));
  if (open) {
    buttons.push(
      button({
        text: words.buttons.resolve,
        actionId: ACTION.resolveAlert,
        value,
        confirm: confirm(words.resolveConfirm),
      }),
      overflow(
        ACTION.workOnAlert,
        WORK.map((verb) => ({ text: own[verb], value: `${verb}:${value}` })),
      ),
    );
  }
  // Taken off its incident by hand: the way back.
  if (!incident && alert.joinedBy === 'hand') {
    buttons.push(button({ text: own.rejoin, actionId: ACTION.workOnAlert, value: `rejoin:${value}` }));
  }
  return buttons;
}

/** What helps with it. */
function helpRow({ alert, incident, runbooks, incidentButtons }: Offer, words: AlertWords): readonly Button[] {
  const value = alert.id;
  const over = alert.resolvedAt !== undefined && !isOpen(incident);
  const buttons: Button[] = [];
  if (incidentButtons && !over) {
    buttons.push(
      button({ text: words.buttons.warRoom, actionId: incidentButtons.openWarRoom, value }),
      button({ text: words.buttons.declare, actionId: incidentButtons.declare, value }),
    );
  }
  if (runbooks) buttons.push(button({ text: words.buttons.runbook, actionId: ACTION.showRunbook, value }));
  return buttons;
}
