/** The command_status values that this gateway tells apart (SMPP 3.4, 5.1.3). */
export const CommandStatus = {
  ok: 0x00,
  invalidMessageLength: 0x01,
  systemError: 0x08,
  invalidDestination: 0x0b,
  queueFull: 0x14,
  throttled: 0x58,
  /** To a deliver_sm: come again. */
  temporaryFailure: 0x64,
  /** To a deliver_sm: do not come again. */
  permanentFailure: 0x65,
} as const;

/** True where the gateway took nothing and asks to come later. */
export function asksToComeLater(status: number): boolean {
  return status === CommandStatus.throttled || status === CommandStatus.queueFull;
}
