/** A supervised part did not come up, or another supervisor already runs on the same folder. */
export class SupervisorError extends Error {
  readonly code: 'start-failed' | 'not-ready' | 'already-running' | 'stopping';
  /** The part concerned; empty when it is the supervisor itself. */
  readonly part: string;

  constructor(code: SupervisorError['code'], part: string, message: string) {
    super(message);
    this.name = 'SupervisorError';
    this.code = code;
    this.part = part;
  }
}
