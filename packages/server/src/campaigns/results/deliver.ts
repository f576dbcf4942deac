import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../http/index.ts';
import { folderOf, type StoredFile } from './make-files.ts';
import { writeWholeFile } from './whole-file.ts';

/** Where a file of an export lies. @throws Refusal 404 where somebody took it away */
export async function storedPath(resultsDir: string, exportId: string, file: StoredFile): Promise<string> {
  const path = join(folderOf(resultsDir, exportId), file.name);
  try {
    await stat(path);
    return path;
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new Refusal(404, 'fileGone', 'ファイルが残っていません。「もう一度出す」から出してください。');
    throw error;
  }
}

/**
 * Lays the files into the folder from which a core system fetches, the manifest last: once it is there, all that it names is whole. A folder that is
 * not there is not made, since a share that is not mounted would only seem to have them.
 * @throws Refusal 404, 503
 */
export async function layIntoDropFolder(
  { resultsDir, dropDir }: { readonly resultsDir: string; readonly dropDir: string },
  exportId: string,
  files: readonly StoredFile[],
): Promise<void> {
  const found = await stat(dropDir).catch(() => null);
  if (found === null || !found.isDirectory()) throw cannotLay('受け渡しフォルダーが見つかりません。');
  const order = files.toSorted((a, b) => Number(a.kind === 'manifest') - Number(b.kind === 'manifest'));
  for (const file of order) {
    const path = await storedPath(resultsDir, exportId, file);
    const { sha256 } = await writeWholeFile(join(dropDir, file.name), createReadStream(path)).catch(
      (error: unknown) => {
        throw ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')
          ? cannotLay('受け渡しフォルダーに書き込めません。')
          : error;
      },
    );
    if (sha256 !== file.sha256) throw new Error('a result file on the disk is not the one that was made');
  }
}

/** Their time has passed. */
export function filesGone(): Refusal {
  return new Refusal(
    410,
    'filesGone',
    '保管の期限が過ぎたため、ファイルは残っていません。「もう一度出す」から出してください。',
  );
}

function cannotLay(reason: string): Refusal {
  return new Refusal(503, 'dropFolder', `${reason}情報システムの担当者にご連絡ください。`);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
