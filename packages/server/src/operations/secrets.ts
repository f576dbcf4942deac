import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** Passwords between our own processes; made at the first start, kept in the data folder, readable by its owner only. */
const SecretsSchema = z.object({
  ariPassword: z.string().min(20),
  sessionSecret: z.string().min(32),
  /** SMPP allows eight characters. */
  smscPassword: z.string().min(8).max(8),
});
export type Secrets = z.infer<typeof SecretsSchema>;

export async function readOrMakeSecrets(path: string): Promise<Secrets> {
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) return SecretsSchema.parse(JSON.parse(known));
  const made: Secrets = {
    ariPassword: randomBytes(24).toString('base64url'),
    sessionSecret: randomBytes(48).toString('base64url'),
    smscPassword: randomBytes(6).toString('base64url').slice(0, 8),
  };
  await writeFile(path, `${JSON.stringify(made)}\n`, { mode: 0o600, flush: true });
  return made;
}
