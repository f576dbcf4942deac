export type ProvisionErrorCode =
  | 'no-apt'
  | 'no-mirror'
  | 'index-unreachable'
  | 'index-expired'
  | 'package-missing'
  | 'download-failed'
  | 'library-missing'
  | 'npm-failed'
  | 'integrity'
  | 'unpack-failed'
  | 'lock-timeout';

/** What could not be had, in Japanese first (staff read it) and English (their vendor reads it). */
export class ProvisionError extends Error {
  readonly code: ProvisionErrorCode;
  readonly ja: string;
  readonly en: string;
  readonly detail: string;

  constructor(code: ProvisionErrorCode, words: { ja: string; en: string; detail?: string }) {
    super(`${words.ja}\n${words.en}${words.detail ? `\n${words.detail}` : ''}`);
    this.name = 'ProvisionError';
    this.code = code;
    this.ja = words.ja;
    this.en = words.en;
    this.detail = words.detail ?? '';
  }
}

/** The same failure, told with the name of what is missing and what will not work without it. */
export function forTool(
  error: ProvisionError,
  tool: { nameJa: string; nameEn: string; withoutJa: string; withoutEn: string },
) {
  return new ProvisionError(error.code, {
    ja: `${tool.nameJa}を用意できませんでした。${tool.withoutJa}\n  原因: ${error.ja}`,
    en: `Could not provide ${tool.nameEn}. ${tool.withoutEn}\n  Cause: ${error.en}`,
    detail: error.detail,
  });
}
