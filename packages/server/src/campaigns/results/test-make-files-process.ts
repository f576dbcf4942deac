import { connectDatabase } from '../../database/index.ts';
import { makeFiles } from './make-files.ts';

/** For tests: makes the files of one export in a process of its own, whose memory the test limits. Arguments: database, folder, export. */
const [url = '', folder = '', exportId = ''] = process.argv.slice(2);
const db = connectDatabase(url, { maxConnections: 2, onIdleError: () => undefined });
await makeFiles(db, folder, { exportId, until: new Date() });
await db.destroy();
