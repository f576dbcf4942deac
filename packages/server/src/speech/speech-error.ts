export type SpeechErrorCode =
  /** A tool could not be started, failed or took too long. */
  | 'toolFailed'
  /** The synthesiser has no sound for any letter of it. */
  | 'unspeakable'
  | 'timedOut'
  | 'aborted'
  | 'diskFull'
  | 'cacheUnwritable'
  | 'audioMissing'
  | 'dictionaryInvalid'
  | 'audioUnreadable'
  | 'audioHasNoSound'
  | 'audioTruncated'
  | 'audioTooLarge'
  | 'audioTooLong'
  | 'audioTooShort'
  | 'audioSilent';

/** What can go wrong with sound. `message` is Japanese and may be shown to staff; `cause` is for the log. */
export class SpeechError extends Error {
  readonly code: SpeechErrorCode;

  constructor(code: SpeechErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SpeechError';
    this.code = code;
  }
}

/** Turns a failure of the file system into a `SpeechError`; anything else stays as it is. */
export function fileFailure(error: unknown): unknown {
  if (error instanceof SpeechError || !(error instanceof Error) || !('syscall' in error)) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SpeechError(
      'diskFull',
      '音声を保存するディスクの空きがありません。空きを作ってから、もう一度お試しください。',
      {
        cause: error,
      },
    );
  }
  return new SpeechError(
    'cacheUnwritable',
    '音声を保存するフォルダーに書き込めません。フォルダーの場所と権限をご確認ください。',
    { cause: error },
  );
}
