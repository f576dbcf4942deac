import { calledByVariable } from '../asterisk/called-number.ts';
import { accountNameOf, type Trunk, type TrunkAccount } from './trunk.ts';

/** What the sections of a trunk need to know of the machine. */
type Machine = {
  readonly address: string;
  /** What we show to carriers over TLS, as lines of a transport. */
  readonly tlsLines: readonly string[];
};

/** All trunks as sections of Asterisk's `pjsip.conf`. Holds passwords. */
export function pjsipTrunks(trunks: readonly Trunk[], machine: Machine): string {
  return trunks.map((trunk) => sectionsOf(trunk, machine)).join('\n');
}

function sectionsOf(trunk: Trunk, machine: Machine): string {
  const name = `trunk-${trunk.id}`;
  const first = trunk.accounts.length === 0 ? [] : [`outbound_auth = ${accountNameOf(trunk, 0)}`];
  return [
    ...(trunk.nat === null ? [] : [natTransport(name, trunk, trunk.nat, machine)]),
    section(name, 'endpoint', [...endpointLines(name, trunk, machine), ...first]),
    section(name, 'aor', [
      `contact = ${uri(trunk, bracketed(trunk.host))}`,
      `qualify_frequency = ${trunk.checkEveryS}`,
    ]),
    section(name, 'identify', [
      `endpoint = ${name}`,
      ...(trunk.match.length === 0 ? [trunk.host] : trunk.match).map((network) => `match = ${network}`),
    ]),
    ...trunk.accounts.map((account, at) => accountSections(name, trunk, account, at, machine)),
  ].join('\n');
}

/** An account's own endpoint serves the calls that we place for its number; received ones come by the trunk's. */
function accountSections(
  trunkName: string,
  trunk: Trunk,
  account: TrunkAccount,
  at: number,
  machine: Machine,
): string {
  const name = accountNameOf(trunk, at);
  return [
    section(name, 'auth', [
      'auth_type = userpass',
      `username = ${escaped(account.user)}`,
      `password = ${escaped(account.password)}`,
    ]),
    section(name, 'endpoint', [
      ...endpointLines(trunkName, trunk, machine),
      `outbound_auth = ${name}`,
      `from_user = ${escaped(account.user)}`,
      `from_domain = ${trunk.host}`,
    ]),
    section(name, 'registration', [
      `transport = ${transportOf(trunkName, trunk)}`,
      `outbound_auth = ${name}`,
      `server_uri = ${uri(trunk, bracketed(trunk.host))}`,
      // Neither port nor transport: they are not allowed in From and To (RFC 3261 19.1.1).
      `client_uri = sip:${escaped(account.user)}@${bracketed(trunk.host)}`,
      // The request URI of a received call names what was registered.
      `contact_user = ${account.number}`,
      'expiration = 300',
      'retry_interval = 30',
      // A wrong password that was mended at the carrier, or a refusal that was a mistake of theirs: nobody has to come at night.
      'forbidden_retry_interval = 300',
      'fatal_retry_interval = 300',
      'max_retries = 1000000',
      'auth_rejection_permanent = no',
    ]),
  ].join('\n');
}

function endpointLines(trunkName: string, trunk: Trunk, machine: Machine): readonly string[] {
  const { sessionTimer } = trunk;
  return [
    'context = inbound',
    `aors = ${trunkName}`,
    // Else the engine takes the one that the address asks for, and answers by the one that was used.
    ...(trunk.nat === null ? [] : [`transport = ${transportOf(trunkName, trunk)}`]),
    `set_var = TRUNK=${trunk.id}`,
    `set_var = ${calledByVariable(trunk)}`,
    'disallow = all',
    `allow = ${trunk.codecs.join(',')}`,
    // `auto_info` sends RFC 4733 where the other side offers it, else INFO; INFO is taken in any mode.
    `dtmf_mode = ${trunk.dtmf === 'info' ? 'auto_info' : trunk.dtmf}`,
    `100rel = ${{ off: 'no', supported: 'yes', required: 'required' }[trunk.reliableProvisional]}`,
    `timers = ${{ off: 'no', accept: 'yes', always: 'always', required: 'required' }[sessionTimer.mode]}`,
    `timers_sess_expires = ${sessionTimer.expiresS}`,
    `timers_min_se = ${sessionTimer.minS}`,
    `media_encryption = ${trunk.srtp ? 'sdes' : 'no'}`,
    `media_address = ${machine.address}`,
    'bind_rtp_to_media_address = yes',
    'direct_media = no',
    'rtp_symmetric = yes',
    'rtp_keepalive = 20',
    `rtp_timeout = ${trunk.rtpTimeoutS}`,
    // Music on hold of a private exchange may be silence.
    `rtp_timeout_hold = ${trunk.rtpTimeoutS * 10}`,
    'allow_overlap = no',
    'trust_id_inbound = yes',
    'trust_id_outbound = yes',
    'send_pai = yes',
    // Else the citizen's telephone is told the staff number when it answers, and the staff telephone the citizen's, even a private one.
    'send_connected_line = no',
    'language = en',
    'notify_early_inuse_ringing = no',
  ];
}

function natTransport(
  trunkName: string,
  trunk: Trunk,
  nat: NonNullable<Trunk['nat']>,
  machine: Machine,
): string {
  return section(transportOf(trunkName, trunk), 'transport', [
    `protocol = ${trunk.transport}`,
    `bind = ${machine.address}:${nat.localPort}`,
    `external_signaling_address = ${nat.publicAddress}`,
    `external_signaling_port = ${nat.localPort}`,
    `external_media_address = ${nat.publicAddress}`,
    // Ours first: an SDP that shows an address of no local network is taken for a public one and left as it is.
    ...[`${machine.address}/${machine.address.includes(':') ? 128 : 32}`, ...nat.localNetworks].map(
      (network) => `local_net = ${network}`,
    ),
    ...(trunk.transport === 'tls' ? machine.tlsLines : []),
    'allow_reload = yes',
  ]);
}

function transportOf(trunkName: string, trunk: Trunk): string {
  return trunk.nat === null ? `transport-${trunk.transport}` : `transport-${trunkName}`;
}

function uri(trunk: Trunk, userAndHost: string): string {
  const parameter = trunk.transport === 'udp' ? '' : `\\;transport=${trunk.transport}`;
  return `sip:${userAndHost}:${trunk.port}${parameter}`;
}

function section(name: string, type: string, lines: readonly string[]): string {
  return `[${name}]\ntype = ${type}\n${lines.join('\n')}\n`;
}

/** A semicolon begins a comment in Asterisk's files. */
function escaped(text: string): string {
  return text.replaceAll(';', '\\;');
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
