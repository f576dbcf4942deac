import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@madoguchi/telephony';
import { z } from 'zod';
import type { Settings } from '../settings.ts';
import { onlyGatewayName, SmsGatewayListSchema, SmsSenderSettingsSchema } from '../sms/index.ts';
import type { ChildSpec } from './start-child.ts';

/**
 * The contracts with real gateways, as the operator writes them down (README.md, MADOGUCHI_SMS_GATEWAY): a list, or `smpp` (with `price`)
 * for a single one.
 */
export const GatewayFileSchema = z.preprocess(
  asList,
  z.object({ gateways: SmsGatewayListSchema, sender: SmsSenderSettingsSchema.prefault({}) }),
);
export type GatewayContract = z.infer<typeof GatewayFileSchema>;

const SIMULATOR_MAIN = join(import.meta.dirname, '../sms/simulator/main.ts');
const SIMULATOR_SYSTEM_ID = 'madoguchi';

export type SmsGateway = {
  readonly settings: Settings['sms'];
  /** The local SMSC simulator, where no contract is entered: its process, and its HTTP address. */
  readonly simulator: { readonly process: ChildSpec; readonly url: string } | null;
};

/** The contracted gateways, or else the simulator, which nothing leaves. */
export async function smsGateway(
  contract: GatewayContract | null,
  { dataDir, simulatorPassword }: { readonly dataDir: string; readonly simulatorPassword: string },
): Promise<SmsGateway> {
  if (contract !== null) return { settings: contract, simulator: null };
  const ports = { smpp: await freePort(), http: await freePort() };
  return {
    settings: GatewayFileSchema.parse({
      smpp: {
        host: '127.0.0.1',
        port: ports.smpp,
        systemId: SIMULATOR_SYSTEM_ID,
        password: simulatorPassword,
        sourceAddress: '0725008128',
      },
    }),
    simulator: {
      url: `http://127.0.0.1:${ports.http}`,
      process: {
        name: 'smsc',
        command: process.execPath,
        args: [SIMULATOR_MAIN],
        env: {
          ...process.env,
          MADOGUCHI_SMSC_PORT: String(ports.smpp),
          MADOGUCHI_SMSC_HTTP_PORT: String(ports.http),
          MADOGUCHI_SMSC_SYSTEM_ID: SIMULATOR_SYSTEM_ID,
          MADOGUCHI_SMSC_PASSWORD: simulatorPassword,
          MADOGUCHI_SMSC_TEXTS: join(dataDir, 'smsc/texts.jsonl'),
        },
        readyWhen: /smppPort/,
      },
    },
  };
}

/** Reads the contracts' file. Throws in Japanese, with the names of wrong fields and never their values. */
export function readGatewayFile(path: string): GatewayContract {
  const parsed = GatewayFileSchema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || '全体'))];
  throw new Error(`SMS の接続先のファイル ${path} の次の項目が正しくありません：${fields.join('、')}`);
}

/** The form with one gateway, in the form of the list. */
function asList(file: unknown): unknown {
  if (typeof file !== 'object' || file === null || !('smpp' in file) || 'gateways' in file) return file;
  const { smpp } = file;
  const price = 'price' in file ? file.price : undefined;
  const sender = 'sender' in file ? file.sender : undefined;
  return { sender, gateways: [{ name: onlyGatewayName, kind: 'smpp', smpp, price }] };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Error(
      missing
        ? `SMS の接続先のファイルがありません：${path}`
        : `SMS の接続先のファイルを読めません（JSON の形ではありません）：${path}`,
      { cause: error },
    );
  }
}
