/** Where this room writes what operators must know; pino's logger fits. Never a number, a text or a password. */
export interface SmsLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Wall time; part of the house's clock. */
export interface SmsClock {
  now(): Date;
}
