import pg from 'pg';
import { smsWaitingChannel } from './insert-sms.ts';

/**
 * A sender's own connection to PostgreSQL: listens for new texts, and holds the advisory lock that tells the other senders that
 * this one lives. PostgreSQL drops the lock when the process dies, however it dies. The lock is shared, so that a new connection need
 * not wait until PostgreSQL has noticed the end of the old one.
 */
export class SenderConnection {
  readonly #client: pg.Client;
  #open = true;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @param onWake called when texts may be waiting, and when the connection is lost */
  static async open(url: string, owner: string, onWake: () => void): Promise<SenderConnection> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'madoguchi sms',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const connection = new SenderConnection(client);
    const lost = () => {
      connection.#open = false;
      onWake();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', onWake);
    await client.connect();
    try {
      await client.query('select pg_advisory_lock_shared(hashtextextended($1, 0))', [owner]);
      await client.query(`listen ${smsWaitingChannel}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    return connection;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  async close(): Promise<void> {
    if (this.#open) await this.#client.end();
  }
}
