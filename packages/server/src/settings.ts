import { readFile } from 'node:fs/promises';
import { VoiceIdSchema } from '@madoguchi/flow';
import { z } from 'zod';
import { SealKeysSchema } from './seal.ts';
import { SmsGatewayListSchema, SmsSenderSettingsSchema } from './sms/index.ts';

/** What the processes of one machine are told at their start; written by `operations/start`, read by `main.ts`. */
export const SettingsSchema = z.object({
  /** Name of this machine in the records: it alone settles its calls after a crash. */
  callNode: z.string().min(1),
  databaseUrl: z.string().min(1),
  /** Events wait here while PostgreSQL is away; the copy of the settings lies beside. */
  stateDir: z.string().min(1),
  promptsDir: z.string().min(1),
  uploadsDir: z.string().min(1),
  recordingsDir: z.string().min(1),
  /** Files of 名簿 until they are accepted. */
  listsDir: z.string().min(1),
  /** Files of results of 配信, as they were made. */
  resultsDir: z.string().min(1),
  /** From here core systems fetch them: a folder of this machine, or a mounted one. */
  resultDropDir: z.string().min(1),
  /** So many days the files of results can be fetched: they hold what the lists hold. */
  resultFileDays: z.int().min(1).max(366),
  /** Added to the wall clock: 0 but in tests of hours and days. */
  clockOffsetMs: z.int().default(0),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  telephone: z.object({
    ariUrl: z.url(),
    ariPassword: z.string(),
    ariUser: z.string(),
    ariApplication: z.string(),
    /** Folder of the generated configuration. */
    asteriskDir: z.string(),
    maxCallMs: z.int().positive(),
    /** Spoken by the telephone itself while no controlling process is there: absolute path without ending. */
    apologySound: z.string(),
    /** Address that it binds to. */
    address: z.string(),
    /** UDP and TCP. */
    sipPort: z.int(),
    /** What it shows to carriers over TLS: PEM files. */
    tls: z
      .object({
        port: z.int(),
        certificate: z.string(),
        privateKey: z.string(),
        authorities: z.string().nullable(),
      })
      .nullable()
      .default(null),
  }),
  speech: z.object({
    openJtalk: z.string(),
    dictionaryDir: z.string(),
    voices: z.record(VoiceIdSchema, z.string()),
    dictIndex: z.string(),
    dictionarySourceDir: z.string(),
    ffmpeg: z.string(),
  }),
  /** Encrypt what callers key in as a secret; the first key is the current one. */
  eventKeys: SealKeysSchema,
  /** Encrypt the passwords of trunks. */
  trunkKeys: SealKeysSchema,
  /** Of the keyed hashes by which people are counted and kept out of 配信: base64 of 32 bytes. */
  personKey: z.base64().min(43),
  /** Gateways, the preferred one first. */
  sms: z.object({ gateways: SmsGatewayListSchema, sender: SmsSenderSettingsSchema }),
  /** Where the local SMSC simulator shows what it received; null with a real gateway. */
  smsInboxUrl: z.url().nullable(),
  http: z.object({
    address: z.string(),
    port: z.int().min(0).max(65_535),
    /** Origins under which the admin page is opened; the first is the main one. */
    origins: z.tuple([z.url()], z.url()),
    /** Proxies whose word on the client's address is taken. */
    trustedProxies: z.string().array(),
    secureCookies: z.boolean(),
    webDist: z.string(),
    /** Signs the session cookies. */
    secret: z.string().min(32),
  }),
});
export type Settings = z.infer<typeof SettingsSchema>;

/** Reads and checks the settings file. Throws with the name of each wrong field, never with its value. */
export async function readSettings(path: string): Promise<Settings> {
  const parsed = SettingsSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new Error(`settings file ${path} is wrong in ${fields.join(', ')}`);
}
