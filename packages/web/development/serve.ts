import { join } from 'node:path';
import { startFakeServer } from './fake-server.ts';

/**
 * Serves the built page on invented data, with calls that come and go: `node packages/web/development/serve.ts [few|many|none]`.
 * The password is 'correct horse'. For Vite's server: MADOGUCHI_API=<the printed address>.
 */
const amount = process.argv[2];
const server = await startFakeServer({
  webDist: join(import.meta.dirname, '../dist'),
  now: () => Date.now(),
});
if (amount === 'none' || amount === 'few' || amount === 'many') server.set({ amount });
console.log(server.url);
