import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

const KEPT = /^\s*\/\* keep the plan of ([a-z-]+) \*\//;

/**
 * A lent connection that prepares statements which begin with the comment `keep the plan of <name>` once for its whole life (PostgreSQL's
 * PREPARE). For statements that are written often and take longer to plan than to carry out: their text must always be the same, and at
 * most as many names may exist as plans are to be held by each connection.
 */
export class PlanKeepingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new TypeError('no cursors here');
    return this.#run(text, parameters);
  }

  release(): void {
    this.#client.release();
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = KEPT.exec(text)?.[1];
    const values = [...parameters];
    const result = await this.#client.query(name === undefined ? { text, values } : { name, text, values });
    return { command: commandOf(result.command), rowCount: result.rowCount ?? 0, rows: result.rows };
  }
}

/** Kysely asks only whether rows were changed. */
function commandOf(command: string): PostgresQueryResult<unknown>['command'] {
  switch (command) {
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
      return command;
    default:
      return 'SELECT';
  }
}
