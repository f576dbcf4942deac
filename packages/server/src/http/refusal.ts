/**
 * The one way in which a route says no. `message` reaches staff: plain polite Japanese, without numbers or names.
 * Everything else that is thrown becomes a 500 (error-mapper.ts).
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}
