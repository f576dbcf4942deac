export type TelephoneErrorCode =
  | 'SIP_SYNTAX'
  | 'SDP_SYNTAX'
  | 'WAV_SYNTAX'
  | 'NOT_ANSWERED'
  | 'WRONG_STATE'
  | 'TONE_NOT_HEARD'
  | 'KEY_NOT_SENT'
  | 'CLOSED';

/** The one error class of the telephone. Messages carry no number, name or key. */
export class TelephoneError extends Error {
  readonly code: TelephoneErrorCode;
  /** The final SIP status where one is known. */
  readonly sipCode: number | null;

  constructor(code: TelephoneErrorCode, message: string, sipCode: number | null = null) {
    super(message);
    this.name = 'TelephoneError';
    this.code = code;
    this.sipCode = sipCode;
  }
}
