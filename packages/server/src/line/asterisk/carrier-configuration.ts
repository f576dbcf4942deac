import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AsteriskSettings, type AsteriskTools, writeConfiguration } from '@madoguchi/telephony/asterisk';

/** One way by which the carrier under test reaches the city: an address of its own, so that the city can tell it apart. */
export type CarrierWay = {
  readonly name: string;
  /** On the loopback network. */
  readonly address: string;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly srtp?: boolean;
  readonly dtmf: 'rfc4733' | 'info' | 'inband';
  /** Who may register here; none: the city is known by the address that it calls. */
  readonly accounts?: readonly { readonly user: string; readonly password: string }[];
  /** More lines of its endpoints. */
  readonly more?: readonly string[];
};

export type CarrierFiles = {
  readonly ways: readonly CarrierWay[];
  /** Of every way, for UDP, TCP or TLS. */
  readonly sipPort: number;
  /** PEM files. */
  readonly certificate: string;
  readonly privateKey: string;
};

/** Variable with the path of what a channel hears, without ending. */
export const HEARD_VARIABLE = 'HEARD';

const OWN_MODULES = [
  'res_pjsip_registrar',
  'res_pjsip_endpoint_identifier_user',
  'res_ari_endpoints',
  'chan_bridge_media',
];

/** Writes what the product writes for an Asterisk of its own, then puts a carrier's trunks and dialplan in the place of a city's. */
export async function writeCarrierConfiguration(
  dir: string,
  settings: AsteriskSettings,
  tools: AsteriskTools,
  files: CarrierFiles,
): Promise<void> {
  await writeConfiguration(dir, settings, tools);
  const etc = (name: string, text: string, flag: 'w' | 'a' = 'w') =>
    writeFile(join(dir, 'etc', name), text, { flag });
  await etc('modules.conf', OWN_MODULES.map((name) => `load = ${name}.so\n`).join(''), 'a');
  await etc('asterisk.conf', 'verbose = 3\ntransmit_silence = yes\n', 'a');
  await etc('logger.conf', '[general]\n\n[logfiles]\nmessages => notice,warning,error\nsip => verbose\n');
  await etc('pjsip.conf', pjsip(files));
  await etc('extensions.conf', dialplan(settings.ariApplication, dir));
}

function pjsip(files: CarrierFiles): string {
  return `[global]
type = global
debug = yes
endpoint_identifier_order = username,header

[system]
type = system
disable_tcp_switch = yes

${files.ways.map((way) => sectionsOf(way, files)).join('\n')}`;
}

function sectionsOf(way: CarrierWay, { sipPort, certificate, privateKey }: CarrierFiles): string {
  const { name, address, transport, accounts = [] } = way;
  const tls =
    transport === 'tls'
      ? `method = tlsv1_2\ncert_file = ${certificate}\npriv_key_file = ${privateKey}\n`
      : '';
  return `[transport-${name}]
type = transport
protocol = ${transport}
bind = ${address}:${sipPort}
${tls}
${endpointOf(way, name, [])}
[${name}]
type = identify
endpoint = ${name}
match_header = To: /@${address.replaceAll('.', '\\.')}[:>]/

${accounts
  .map(
    ({ user, password }) => `${endpointOf(way, user, [`auth = ${user}`, `aors = ${user}`])}
[${user}]
type = aor
max_contacts = 1

[${user}]
type = auth
auth_type = userpass
username = ${user}
password = ${password.replaceAll(';', '\\;')}
`,
  )
  .join('\n')}`;
}

function endpointOf(way: CarrierWay, name: string, more: readonly string[]): string {
  return `[${name}]
type = endpoint
context = from-city
transport = transport-${way.name}
disallow = all
allow = ulaw,alaw
dtmf_mode = ${way.dtmf}
media_encryption = ${way.srtp === true ? 'sdes' : 'no'}
media_address = ${way.address}
bind_rtp_to_media_address = yes
direct_media = no
rtp_symmetric = yes
trust_id_inbound = yes
trust_id_outbound = yes
send_connected_line = no
set_var = WAY=${name}
${[...more, ...(way.more ?? [])].join('\n')}
`;
}

/** What is heard is written down from the answer on; everything else is done over ARI. */
function dialplan(application: string, dir: string): string {
  const header = (name: string) => `\${URIENCODE(\${PJSIP_HEADER(read,${name})})}`;
  const listen = (path: string) => `MixMonitor(${path}-mixed.sln,r(${path}.sln))`;
  return `[general]
static=yes

[from-city]
exten => _[+0-9]!,1,Stasis(${application},incoming,\${WAY},\${EXTEN},${header('From')},${header('P-Asserted-Identity')})
 same => n,Hangup()

[answered]
exten => s,1,${listen(`\${${HEARD_VARIABLE}}`)}
 same => n,Stasis(${application},placed)
 same => n,Hangup()
exten => staff,1,${listen(`${dir}/heard-\${CHANNEL(uniqueid)}`)}
 same => n,Stasis(${application},taken)
 same => n,Hangup()
`;
}
