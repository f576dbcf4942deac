import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type EventKeys, EventKeysSchema } from '../calls/index.ts';

/**
 * Passwords between our own processes and the keys of encrypted events; made at the first start, kept in the data folder, readable by
 * its owner only. Without the keys, what callers keyed in as a secret can never be read again; everything else can.
 */
const SecretsSchema = z.object({
  ariPassword: z.string().min(20),
  sessionSecret: z.string().min(32),
  /** SMPP allows eight characters. */
  smscPassword: z.string().min(8).max(8),
  eventKeys: EventKeysSchema,
});
export type Secrets = z.infer<typeof SecretsSchema>;

/** A house of before events were encrypted has no keys yet. */
const KnownSecretsSchema = SecretsSchema.partial({ eventKeys: true });

/** Reads the file, and makes what is missing in it. Throws where the file is there and is none of ours. */
export async function readOrMakeSecrets(path: string): Promise<Secrets> {
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  const { eventKeys, ...passwords } =
    known === null ? newPasswords() : KnownSecretsSchema.parse(JSON.parse(known));
  const secrets: Secrets = { ...passwords, eventKeys: eventKeys ?? newEventKeys() };
  if (known === null || eventKeys === undefined) {
    // Never half written: a lost key cannot be made again.
    await writeFile(`${path}.new`, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
  }
  return secrets;
}

function newPasswords(): z.infer<typeof KnownSecretsSchema> {
  return {
    ariPassword: randomBytes(24).toString('base64url'),
    sessionSecret: randomBytes(48).toString('base64url'),
    smscPassword: randomBytes(6).toString('base64url').slice(0, 8),
  };
}

function newEventKeys(): EventKeys {
  return [{ id: randomBytes(4).toString('hex'), key: randomBytes(32).toString('base64') }];
}
