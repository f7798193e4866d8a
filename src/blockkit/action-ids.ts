/** Every action id and callback id that a message or a modal of Toban carries: noun.verb (CONTRACT). */

export const ACTION = {
  acknowledgeAlert: 'alert.acknowledge',
  escalateAlert: 'alert.escalate',
  resolveAlert: 'alert.resolve',
  showRunbook: 'runbook.show',
  showFullRunbook: 'runbook.show_full',
  runbookHelpful: 'runbook.helpful',
  runbookWrong: 'runbook.wrong',
  tickItem: 'checklist.tick',
  untickItem: 'checklist.untick',
} as const;

export const CALLBACK = {
  escalateAlert: 'alert.escalate',
} as const;
