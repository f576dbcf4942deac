import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Speed, VoiceId } from '@madoguchi/flow';
import type { CompiledDictionary } from './dictionary/compile-dictionary.ts';
import type { Synthesiser, Voice } from './port.ts';
import { runTool, toolFailure } from './run-tool.ts';
import { fileFailure, SpeechError } from './speech-error.ts';
import type { SpeechTools } from './speech-tools.ts';
import { createWorkPool, type WorkPool } from './work-pool.ts';

const MEI_CREDIT =
  'HTS Voice "Mei" © 2009–2013 Nagoya Institute of Technology, released by the MMDAgent Project Team (CC BY 3.0)';
/** What each voice's licence asks to be named; from the licence texts beside the voices (Creative Commons Attribution 3.0). */
export const VOICE_CREDITS: Readonly<Record<VoiceId, string>> = {
  mei: MEI_CREDIT,
  meiHappy: MEI_CREDIT,
  nitech:
    'HTS Voice "NIT ATR503 M001" © 2003–2012 Nagoya Institute of Technology, 2003–2008 Tokyo Institute of Technology (CC BY 3.0)',
};

/** Mei clips at her own level. */
const GAIN_DB = -6;
/** Rates that give about 6 and 4.75 morae a second, the breaths within a sentence counted: measured, see docs/decisions/0010-…. */
const RATES: Readonly<Record<VoiceId, Readonly<Record<Speed, number>>>> = {
  mei: { usual: 0.8, slower: 0.63 },
  meiHappy: { usual: 0.86, slower: 0.66 },
  nitech: { usual: 0.72, slower: 0.52 },
};
const SAMPLE_RATE_HZ = 48_000;
const DEFAULT_TIMEOUT_MS = 20_000;
const WAV_HEADER_BYTES = 44;

export type OpenJtalkSettings = {
  readonly tools: Pick<SpeechTools, 'openJtalk' | 'voices'>;
  readonly dictionary: Pick<CompiledDictionary, 'dir' | 'keyFor'>;
  /** Default: `mei`. */
  readonly voice?: VoiceId;
  /** 1 is the voice's own rate; smaller is slower. Default: that of the usual pace. */
  readonly rate?: number;
  /** Bounds the programs that run at once; share one between synthesisers. Default: a place for each core. */
  readonly pool?: WorkPool;
  readonly timeoutMs?: number;
};

/** Open JTalk exits with 0 on a full disk and leaves less sound than its header promises. */
async function assertWhole(wavPath: string): Promise<void> {
  const file = await open(wavPath).catch((error: unknown) => {
    throw fileFailure(error);
  });
  try {
    const header = Buffer.alloc(WAV_HEADER_BYTES);
    const { bytesRead } = await file.read(header, 0, WAV_HEADER_BYTES, 0);
    const { size } = await file.stat();
    const promised = bytesRead === WAV_HEADER_BYTES ? header.readUInt32LE(40) : 0;
    if (promised === 0 || size < WAV_HEADER_BYTES + promised) {
      throw new SpeechError(
        'diskFull',
        '音声をディスクに書き切れませんでした。ディスクの空きをご確認ください。',
      );
    }
  } finally {
    await file.close();
  }
}

/**
 * Open JTalk as `Synthesiser`: one process for each sentence, as many at once as the pool allows, killed when it takes longer than
 * `timeoutMs` or is aborted. Throws `SpeechError` when the voice cannot be read.
 */
export async function createOpenJtalk(settings: OpenJtalkSettings): Promise<Synthesiser> {
  const { tools, dictionary, voice: voiceId = 'mei' } = settings;
  const voicePath = tools.voices[voiceId];
  const rate = settings.rate ?? RATES[voiceId].usual;
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const pool = settings.pool ?? createWorkPool(availableParallelism());
  const voice = await readFile(voicePath).catch((cause: unknown) => {
    throw new SpeechError('toolFailed', '読み上げの声のファイルが見つかりません。管理者にご連絡ください。', {
      cause,
    });
  });
  const manner = createHash('sha256')
    .update(`open-jtalk\n${rate}\n${GAIN_DB}\n${SAMPLE_RATE_HZ}\n`)
    .update(voice)
    .digest('hex');
  return {
    fingerprintOf: (reading) => `${manner}\n${dictionary.keyFor(reading)}`,
    credit: VOICE_CREDITS[voiceId],
    synthesise: (reading, wavPath, signal) =>
      pool.run(async () => {
        const args = [
          ...['-x', dictionary.dir, '-m', voicePath, '-s', String(SAMPLE_RATE_HZ), '-p', '240'],
          ...['-g', String(GAIN_DB), '-r', String(rate), '-ow', wavPath],
        ];
        const line = reading.replace(/[\r\n]+/gu, ' ');
        const result = await runTool(tools.openJtalk, args, { input: `${line}\n`, timeoutMs, signal });
        if (result.exitCode !== 0) {
          // It opens the file for the sound only once dictionary and voice are loaded: then it is the words that fail.
          const opened = await stat(wavPath).catch(() => undefined);
          throw opened?.size === 0
            ? new SpeechError(
                'unspeakable',
                '読み上げられる文字がありません。読み辞書に登録するか、文章を見直してください。',
              )
            : toolFailure(tools.openJtalk, result);
        }
        await assertWhole(wavPath);
      }, signal),
  };
}

/** A voice at both paces. Throws as `createOpenJtalk`. */
export async function createOpenJtalkVoice(
  settings: Omit<OpenJtalkSettings, 'rate' | 'voice'>,
  voice: VoiceId,
): Promise<Voice> {
  const [usual, slower] = await Promise.all([
    createOpenJtalk({ ...settings, voice, rate: RATES[voice].usual }),
    createOpenJtalk({ ...settings, voice, rate: RATES[voice].slower }),
  ]);
  return { usual, slower };
}
