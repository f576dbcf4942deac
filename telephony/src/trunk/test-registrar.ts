import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  type AsteriskSettings,
  asteriskCommandLine,
  asteriskIsReady,
  freePort,
  systemNameFor,
  writeConfiguration,
} from '../asterisk/index.ts';
import { ASTERISK_MODULES } from '../asterisk/modules.ts';
import { provision } from '../provision/index.ts';
import { selfSignedCertificate } from '../test-certificate.ts';

/** A carrier's registrar: an Asterisk of its own that asks for user and password over UDP, TCP and TLS. For tests only. */
export type TestRegistrar = {
  readonly port: number;
  readonly tlsPort: number;
  /** PEM of its own certificate, for `localhost`. */
  readonly certificate: string;
  /** Who is registered, as the registrar itself sees it: 'user/sip:…' of each binding. */
  bindings(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

export type RegistrarUser = {
  readonly user: string;
  readonly password: string;
  readonly hash: 'md5' | 'sha-256';
  /** False: may prove who it is, but has no place to register at. */
  readonly hasPlace: boolean;
};

const MORE_MODULES = [
  'res_pjsip_registrar',
  'res_pjsip_authenticator_digest',
  'res_pjsip_endpoint_identifier_user',
] as const;
const READY_LIMIT_MS = 60_000;

export async function startTestRegistrar(users: readonly RegistrarUser[]): Promise<TestRegistrar> {
  const { asterisk: tools } = await provision(['asterisk']);
  const dir = await mkdtemp(join(tmpdir(), 'registrar-'));
  const settings: AsteriskSettings = {
    systemName: systemNameFor(Date.now()),
    address: '127.0.0.1',
    sipPort: await freePort(),
    ariPort: await freePort(),
    ariPassword: 'only-for-tests',
    ariApplication: 'nobody',
    rtpPorts: { from: 24_000, to: 24_100 },
    trunks: [],
    tls: null,
    recordingDir: join(dir, 'recordings'),
    maxCallMs: 3_600_000,
    defaultApologySound: null,
    fallbackNumbers: [],
  };
  const tlsPort = await freePort();
  await writeConfiguration(dir, settings, tools);
  const pem = (name: string) => join(dir, `${name}.pem`);
  const { certificate, privateKey } = selfSignedCertificate(['localhost'], Date.now());
  await writeFile(pem('certificate'), certificate);
  await writeFile(pem('key'), privateKey);
  const etc = (name: string) => join(dir, 'etc', name);
  await writeFile(
    etc('modules.conf'),
    `[modules]\nautoload = no\n${[...new Set([...ASTERISK_MODULES, ...MORE_MODULES])].map((name) => `load = ${name}.so\n`).join('')}`,
  );
  await writeFile(
    etc('pjsip.conf'),
    `${transport('udp', settings.sipPort)}${transport('tcp', settings.sipPort)}${transport('tls', tlsPort)}
cert_file = ${pem('certificate')}
priv_key_file = ${pem('key')}
method = tlsv1_2
${users.map(userSections).join('\n')}`,
  );
  const [program, ...args] = asteriskCommandLine(tools, dir);
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const deadline = performance.now() + READY_LIMIT_MS;
  while (!(await asteriskIsReady(settings))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error('the registrar did not start');
    }
    await pause(50);
  }
  return {
    port: settings.sipPort,
    tlsPort,
    certificate,
    async bindings() {
      const run = promisify(execFile);
      const { stdout } = await run(program, [
        ...args.slice(0, args.indexOf('-f')),
        '-C',
        etc('asterisk.conf'),
        '-rx',
        'pjsip show contacts',
      ]);
      return [...stdout.matchAll(/Contact:\s+([^<\s]\S*\/\S+)/g)].map(([, binding = '']) => binding);
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function transport(protocol: 'udp' | 'tcp' | 'tls', port: number): string {
  return `[transport-${protocol}]\ntype = transport\nprotocol = ${protocol}\nbind = 127.0.0.1:${port}\n`;
}

function userSections({ user, password, hash, hasPlace }: RegistrarUser): string {
  const proof =
    hash === 'md5'
      ? `auth_type = userpass\npassword = ${password}`
      : `auth_type = digest\npassword = ${password}\nsupported_algorithms_uas = SHA-256`;
  return `[${user}]
type = endpoint
context = nowhere
disallow = all
allow = ulaw
auth = ${user}
aors = ${hasPlace ? user : `${user}-elsewhere`}

[${user}]
type = auth
username = ${user}
${proof}

[${user}]
type = aor
max_contacts = 5
`;
}
