import type { VoiceId } from '@madoguchi/flow';

/** Commands (found on PATH) or absolute paths of what speech needs; nothing here depends on how they came. */
export type SpeechTools = {
  readonly openJtalk: string;
  /** Folder of Open JTalk's compiled dictionary (Debian: open-jtalk-mecab-naist-jdic). Only read. */
  readonly dictionaryDir: string;
  /** The same dictionary as text, with the definition files that mecab-dict-index wants (`base.csv`, `dicrc`, `*.def`, `matrix.bin` …). Only read. */
  readonly dictionarySourceDir: string;
  /** The voices, each an .htsvoice file. */
  readonly voices: Readonly<Record<VoiceId, string>>;
  /** mecab-dict-index (Debian: mecab-utils). */
  readonly dictIndex: string;
  readonly ffmpeg: string;
};

/** Takes from what telephony's `provision(['openJtalk', 'ffmpeg'])` found the parts that speech needs. */
export function speechToolsFrom(provided: {
  readonly openJtalk: {
    readonly command: string;
    readonly dictionaryDir: string;
    readonly dictionarySourceDir: string;
    readonly voices: Readonly<Record<VoiceId, string>>;
    readonly dictIndexCommand: string;
  };
  readonly ffmpeg: { readonly command: string };
}): SpeechTools {
  const { command, dictionaryDir, dictionarySourceDir, voices, dictIndexCommand } = provided.openJtalk;
  return {
    openJtalk: command,
    dictionaryDir,
    dictionarySourceDir,
    voices,
    dictIndex: dictIndexCommand,
    ffmpeg: provided.ffmpeg.command,
  };
}
