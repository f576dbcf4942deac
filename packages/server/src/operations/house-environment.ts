import { VoiceIdSchema } from '@madoguchi/flow';
import { z } from 'zod';
import type { HouseOptions } from './house.ts';
import { readGatewayFile } from './sms-gateway.ts';

const PortSchema = z.coerce.number().int().min(1).max(65_535);

/** Absolute, of a PEM file; nothing in it that could end a line of the engine's configuration. */
const PathSchema = z.string().regex(/^\/[\w./@%+~-]+$/);

/** Addresses or networks, separated by commas. */
const AddressesSchema = z
  .string()
  .transform((list) => list.split(',').map((address) => address.trim()))
  .pipe(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).array());

/** The settings that README.md lists. */
const EnvironmentSchema = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  MADOGUCHI_HTTP_ADDRESS: z.string().default('127.0.0.1'),
  MADOGUCHI_HTTP_PORT: PortSchema.default(8080),
  MADOGUCHI_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  MADOGUCHI_TRUSTED_PROXIES: AddressesSchema.optional(),
  MADOGUCHI_SIP_ADDRESS: z.string().default('127.0.0.1'),
  MADOGUCHI_SIP_PORT: PortSchema.default(5060),
  MADOGUCHI_SIP_TLS_PORT: PortSchema.default(5061),
  MADOGUCHI_SIP_TLS_CERTIFICATE: PathSchema.optional(),
  MADOGUCHI_SIP_TLS_KEY: PathSchema.optional(),
  MADOGUCHI_SIP_TLS_AUTHORITIES: PathSchema.optional(),
  MADOGUCHI_TRUNK_HOST: z.string().default('127.0.0.1'),
  MADOGUCHI_TRUNK_PORT: PortSchema.default(5070),
  MADOGUCHI_SMS_GATEWAY: z.string().min(1).optional(),
  MADOGUCHI_RESULT_DROP_DIR: z.string().startsWith('/').optional(),
  MADOGUCHI_RESULT_FILE_DAYS: z.coerce.number().int().min(1).max(366).optional(),
  MADOGUCHI_VOICE: VoiceIdSchema.default('mei'),
  MADOGUCHI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

type FromEnvironment = Pick<
  HouseOptions,
  | 'dataDir'
  | 'databaseUrl'
  | 'http'
  | 'sip'
  | 'rtpPorts'
  | 'trunk'
  | 'smsGateway'
  | 'resultDropDir'
  | 'resultFileDays'
  | 'usualVoice'
  | 'logLevel'
>;

/** Reads the environment; throws with the names of the variables that are wrong, in Japanese. */
export function houseOptionsFrom(environment: NodeJS.ProcessEnv, dataDir: string): FromEnvironment {
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
    throw new Error(`環境変数の値が正しくありません：${names.join('、')}`);
  }
  const found = parsed.data;
  return {
    dataDir,
    databaseUrl: found.DATABASE_URL ?? null,
    http: {
      address: found.MADOGUCHI_HTTP_ADDRESS,
      port: found.MADOGUCHI_HTTP_PORT,
      publicUrl: found.MADOGUCHI_PUBLIC_URL ?? null,
      trustedProxies: found.MADOGUCHI_TRUSTED_PROXIES ?? [],
    },
    sip: { address: found.MADOGUCHI_SIP_ADDRESS, port: found.MADOGUCHI_SIP_PORT, tls: tlsFrom(found) },
    // Four ports for a transferred call: 600 ports carry 150 calls that are all transferred.
    rtpPorts: { from: 20_000, to: 21_999 },
    trunk: { host: found.MADOGUCHI_TRUNK_HOST, port: found.MADOGUCHI_TRUNK_PORT },
    smsGateway:
      found.MADOGUCHI_SMS_GATEWAY === undefined ? null : readGatewayFile(found.MADOGUCHI_SMS_GATEWAY),
    resultDropDir: found.MADOGUCHI_RESULT_DROP_DIR ?? null,
    resultFileDays: found.MADOGUCHI_RESULT_FILE_DAYS ?? null,
    usualVoice: found.MADOGUCHI_VOICE,
    logLevel: found.MADOGUCHI_LOG_LEVEL,
  };
}

/** Both files or none: half a pair is a mistake that would only show when a carrier calls. */
function tlsFrom(found: z.infer<typeof EnvironmentSchema>): NonNullable<HouseOptions['sip']['tls']> | null {
  const { MADOGUCHI_SIP_TLS_CERTIFICATE: certificate, MADOGUCHI_SIP_TLS_KEY: privateKey } = found;
  if (certificate === undefined && privateKey === undefined) return null;
  if (certificate === undefined || privateKey === undefined) {
    throw new Error(
      '環境変数の値が正しくありません：MADOGUCHI_SIP_TLS_CERTIFICATE と MADOGUCHI_SIP_TLS_KEY は、両方を設定してください',
    );
  }
  const authorities = found.MADOGUCHI_SIP_TLS_AUTHORITIES ?? null;
  return { port: found.MADOGUCHI_SIP_TLS_PORT, certificate, privateKey, authorities };
}
