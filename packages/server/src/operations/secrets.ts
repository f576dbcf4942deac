import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { newSealKeys, SealKeysSchema } from '../seal.ts';

/**
 * Passwords between our own processes, and keys; made at the first start, kept in the data folder, readable by its owner only. Without
 * `eventKeys`, what callers keyed in as a secret can never be read again; without `trunkKeys`, the passwords of trunks have to be
 * entered anew. Two rings: one is changed, or lost, without the other. Without `personKey`, people are counted anew for the limits of 配信.
 */
const SecretsSchema = z.object({
  ariPassword: z.string().min(20),
  sessionSecret: z.string().min(32),
  /** SMPP allows eight characters. */
  smscPassword: z.string().min(8).max(8),
  eventKeys: SealKeysSchema,
  trunkKeys: SealKeysSchema,
  /** Base64 of 32 bytes: of the keyed hashes by which people are counted and kept out of 配信. Never changed. */
  personKey: z.base64().min(43),
});
export type Secrets = z.infer<typeof SecretsSchema>;

/** A house of before has no keys yet, or not all. */
const KnownSecretsSchema = SecretsSchema.partial({ eventKeys: true, trunkKeys: true, personKey: true });

/** Reads the file, and makes what is missing in it. Throws where the file is there and is none of ours. */
export async function readOrMakeSecrets(path: string): Promise<Secrets> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  const known = text === null ? newPasswords() : KnownSecretsSchema.parse(JSON.parse(text));
  const {
    eventKeys = newSealKeys(),
    trunkKeys = newSealKeys(),
    personKey = randomBytes(32).toString('base64'),
    ...passwords
  } = known;
  const secrets: Secrets = { ...passwords, eventKeys, trunkKeys, personKey };
  if (text === null || Object.keys(secrets).some((name) => !(name in known))) {
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
