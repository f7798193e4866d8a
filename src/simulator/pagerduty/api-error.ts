/** The errors of the REST API: a status, PagerDuty's own code, a message and its details. */

export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly details: readonly string[] | Readonly<Record<string, readonly string[]>>;

  constructor(status: number, code: number, message: string, details: ApiError['details'] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  body(): Record<string, unknown> {
    const none = Array.isArray(this.details) && this.details.length === 0;
    return { error: { message: this.message, code: this.code, ...(none ? {} : { errors: this.details }) } };
  }
}

export const invalidInput = (...details: string[]): ApiError =>
  new ApiError(400, 2001, 'Invalid Input Provided', details);
export const notFound = (): ApiError => new ApiError(404, 2100, 'Not Found');
export const unauthorized = (): ApiError => new ApiError(401, 2006, 'Unauthorized');
export const rateLimited = (): ApiError => new ApiError(429, 2020, 'Rate Limit Exceeded');
export const missingAbility = (ability: string): ApiError =>
  new ApiError(402, 2012, 'Account does not have the abilities to perform the action', [ability]);

const incidentMessages = {
  1001: 'Incident Already Resolved',
  1002: 'Incident Already Acknowledged',
  1005: 'Incident Data Has Been Updated Since',
  1006: 'Incident Cannot Be Escalated',
  1012: 'Incident Not Acknowledged',
  1013: 'Snooze Duration Invalid',
  1015: 'Escalation Policy Has No User On Call',
  1019: 'Incident Already Merged',
} as const;

/** A refusal that is about the state of an incident. */
export const incidentRefusal = (code: keyof typeof incidentMessages, ...details: string[]): ApiError =>
  new ApiError(400, code, incidentMessages[code], details);
export const requesterNotFound = (): ApiError => new ApiError(400, 1008, 'Requester User Not Found');
export const requesterNotAuthorized = (): ApiError => new ApiError(403, 1018, 'Requester User Not Authorized');
