import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trunk } from '../trunk/index.ts';
import { pjsipTrunks } from '../trunk/pjsip-trunks.ts';
import { ANSWER_SILENCE_SOUND, answerSilence } from './answer-silence.ts';
import { beep } from './beep.ts';
import { dialplan } from './dialplan.ts';
import { ASTERISK_MODULES } from './modules.ts';
import type { AsteriskSettings, AsteriskTools, TlsFiles } from './settings.ts';

const TRUNKS_FILE = 'pjsip_trunks.conf';

/**
 * Writes all that an Asterisk of an ordinary user needs below `dir` (etc, run, spool, log, db, data), over what an
 * earlier start left there. The files hold the ARI password and are readable by their owner only.
 */
export async function writeConfiguration(
  dir: string,
  settings: AsteriskSettings,
  tools: AsteriskTools,
): Promise<void> {
  for (const folder of ['etc', 'run', 'spool', 'log', 'db', 'data/sounds/en']) {
    await mkdir(join(dir, folder), { recursive: true, mode: 0o700 });
  }
  await mkdir(settings.recordingDir, { recursive: true, mode: 0o700 });
  await link(settings.recordingDir, join(dir, 'spool/recording'));
  for (const folder of ['documentation', 'rest-api']) {
    await link(join(tools.dataDir, folder), join(dir, 'data', folder));
  }
  const sounds = { beep: beep(), [ANSWER_SILENCE_SOUND]: answerSilence() };
  for (const [name, { ulaw, alaw }] of Object.entries(sounds)) {
    await writeFile(join(dir, `data/sounds/en/${name}.ulaw`), ulaw);
    await writeFile(join(dir, `data/sounds/en/${name}.alaw`), alaw);
  }
  for (const [name, text] of Object.entries(files(dir, settings, tools))) {
    await writeFile(join(dir, 'etc', name), text, { mode: 0o600 });
  }
  await writeTrunks(dir, settings.trunks, settings);
  await writeDialplan(dir, settings);
}

/** Rewrites only the dialplan, in one step; Asterisk takes it over when `pbx_config` is reloaded. */
export async function writeDialplan(dir: string, settings: Parameters<typeof dialplan>[0]): Promise<void> {
  await replace(join(dir, 'etc/extensions.conf'), dialplan(settings));
}

/** Rewrites only the trunks, in one step; Asterisk takes them over when `res_pjsip` is reloaded. @param machine as in the settings */
export async function writeTrunks(
  dir: string,
  trunks: readonly Trunk[],
  machine: Pick<AsteriskSettings, 'address' | 'tls'>,
): Promise<void> {
  const { address, tls } = machine;
  const tlsLines = tls === null ? [] : linesOf(tls);
  await replace(join(dir, 'etc', TRUNKS_FILE), pjsipTrunks(trunks, { address, tlsLines }));
}

async function replace(path: string, text: string): Promise<void> {
  // A name of its own: two writers at once must not take each other's file away.
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, path);
}

async function link(target: string, path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await symlink(target, path);
}

function files(dir: string, settings: AsteriskSettings, tools: AsteriskTools): Record<string, string> {
  return {
    'asterisk.conf': `[directories]
astetcdir => ${dir}/etc
astmoddir => ${tools.modulesDir}
astvarlibdir => ${dir}/db
astdbdir => ${dir}/db
astkeydir => ${dir}/db
astdatadir => ${dir}/data
astagidir => ${dir}/data
astspooldir => ${dir}/spool
astrundir => ${dir}/run
astlogdir => ${dir}/log

[options]
systemname = ${settings.systemName}
maxfiles = 65536
hideconnect = yes
mindtmfduration = 1
nocolor = yes
documentation_language = en_US
`,
    'modules.conf': `[modules]\nautoload = no\n${ASTERISK_MODULES.map((name) => `load = ${name}.so\n`).join('')}`,
    'logger.conf': '[general]\ndateformat = %F %T.%3q\n\n[logfiles]\nmessages => notice,warning,error\n',
    'http.conf': `[general]
enabled = yes
bindaddr = 127.0.0.1
bindport = ${settings.ariPort}
sessionlimit = 1000
enable_static = no
enable_status = no
`,
    'ari.conf': `[general]
enabled = yes
pretty = no
websocket_write_timeout = 5000

[madoguchi]
type = user
read_only = no
password = ${settings.ariPassword}
`,
    'rtp.conf': `[general]
rtpstart = ${settings.rtpPorts.from}
rtpend = ${settings.rtpPorts.to}
strictrtp = yes
icesupport = no
`,
    'pjsip.conf': pjsip(settings),
    // 400 Hz modulated by 16 Hz, one second on, two off: 呼出音 of 日本の電話サービス (NTT 技術参考資料).
    'indications.conf': `[general]
country = jp

[jp]
description = Japan
ringcadence = 1000,2000
dial = 400
busy = 400/500,0/500
ring = 400*16/1000,0/2000
congestion = 400/500,0/500
`,
    'stasis.conf': `[threadpool]
initial_size = 5
idle_timeout_sec = 20
max_size = 50

[declined_message_types]
decline = ast_channel_varset_type
`,
    'cdr.conf': '[general]\nenable = no\n',
    'cel.conf': '[general]\nenable = no\n',
    'udptl.conf': '[general]\n',
    'features.conf': '[general]\n',
    'ccss.conf': '[general]\n',
    'acl.conf': '',
    'sorcery.conf': '',
    'pjproject.conf': '',
    'codecs.conf': '',
    'websocket_client.conf': '',
    'stir_shaken.conf': '',
  };
}

function pjsip(settings: AsteriskSettings): string {
  const { address, sipPort, tls } = settings;
  const transport = (protocol: 'udp' | 'tcp') =>
    `[transport-${protocol}]\ntype = transport\nprotocol = ${protocol}\nbind = ${address}:${sipPort}\n`;
  return `[global]
type = global
user_agent = Madoguchi
endpoint_identifier_order = ip
unidentified_request_count = 0

[system]
type = system
timer_t1 = 500
disable_tcp_switch = yes

${transport('udp')}
${transport('tcp')}
${tls === null ? '' : tlsTransport(settings, tls)}
#include ${TRUNKS_FILE}
`;
}

function tlsTransport({ address }: AsteriskSettings, tls: TlsFiles): string {
  return `[transport-tls]
type = transport
protocol = tls
bind = ${address}:${tls.port}
${linesOf(tls).join('\n')}
`;
}

function linesOf(tls: TlsFiles): readonly string[] {
  return [
    `cert_file = ${tls.certificate}`,
    `priv_key_file = ${tls.privateKey}`,
    ...(tls.authorities === null ? [] : [`ca_list_file = ${tls.authorities}`, 'verify_server = yes']),
    'method = tlsv1_2',
  ];
}
