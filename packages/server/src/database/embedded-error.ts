/** The embedded PostgreSQL could not be started; `log` holds what it said. */
export class EmbeddedPostgresError extends Error {
  readonly code: 'init-failed' | 'start-failed' | 'data-in-use' | 'folder-closed';
  readonly log: string;

  constructor(code: EmbeddedPostgresError['code'], message: string, log = '') {
    super(log === '' ? message : `${message}\n${log}`);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
    this.log = log;
  }
}
