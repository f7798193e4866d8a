/** Every action id and callback id that a message or a modal of Toban carries: noun.verb (CONTRACT). */

export const ACTION = {
  acknowledgeAlert: 'alert.acknowledge',
  escalateAlert: 'alert.escalate',
  resolveAlert: 'alert.resolve',
  showRunbook: 'runbook.show',
  showFullRunbook: 'runbook.show_full',
  runbookHelpful: 'runbook.helpful',
  runbookWrong: 'runbook.wrong',
  runbookTakeBack: 'runbook.take_back',
  tickItem: 'checklist.tick',
  untickItem: 'checklist.untick',
  declareIncident: 'incident.declare',
  openWarRoom: 'incident.open_war_room',
  takeCommand: 'incident.take_command',
  giveRole: 'incident.give_role',
  startTask: 'incident.start_task',
  updateIncident: 'incident.update',
  pageIncident: 'incident.page',
  archiveRoom: 'incident.archive_room',
  confirmHandover: 'handover.confirm',
  writeHandoverNote: 'handover.write_note',
  showMyShifts: 'handover.show_shifts',
  askForSwap: 'handover.ask_swap',
} as const;

export const CALLBACK = {
  writeHandoverNote: 'handover.write_note',
  escalateAlert: 'alert.escalate',
  declareIncident: 'incident.declare',
  giveRole: 'incident.give_role',
  startTask: 'incident.start_task',
  updateIncident: 'incident.update',
} as const;
