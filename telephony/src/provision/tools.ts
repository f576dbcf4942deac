/** Glossary: tool 道具 (a program of somebody else that we start), voice 声 (an HTS voice file), dictionary 辞書 (reading dictionary). */

interface Provided {
  /** Version as the program or its package names it. */
  readonly version: string;
  /** `machine`: found on this machine; `private`: unpacked into the cache. */
  readonly from: 'machine' | 'private';
}

export interface AsteriskTool extends Provided {
  /** Program and first arguments. */
  readonly command: readonly string[];
  readonly modulesDir: string;
  /** Folder with `documentation/core-en_US.xml`: the `astdatadir`. */
  readonly dataDir: string;
  /** ARI description (Swagger 1.2 JSON files). */
  readonly restApiDir: string;
}

/** Mei (female) in her normal and her happy mood, and NIT ATR503 M001 (male). Mei's angry, bashful and sad moods suit no counter. */
export type HtsVoice = 'mei' | 'meiHappy' | 'nitech';

export interface OpenJtalkTool extends Provided {
  readonly command: string;
  /** Compiled dictionary for `open_jtalk -x`. */
  readonly dictionaryDir: string;
  /** `.htsvoice` files for `open_jtalk -m`, the licence texts beside them (all CC BY 3.0: the credit must be shown where a voice is used). */
  readonly voices: { readonly [Voice in HtsVoice]: string };
  /**
   * `mecab-dict-index`: `-s -d <folder> -o <out> -f UTF-8 -t UTF-8` compiles every `*.csv` in a folder to `<out>/sys.dic`.
   * The folder needs all files of `dictionarySourceDir`; the other files of `dictionaryDir` go beside the new sys.dic.
   */
  readonly dictIndexCommand: string;
  /** `base.csv` (the whole dictionary as text), `dicrc`, `*.def`, `matrix.bin`, `char.bin`, `unk.dic`. */
  readonly dictionarySourceDir: string;
}

export interface FfmpegTool extends Provided {
  readonly command: string;
}

export interface SippTool extends Provided {
  readonly command: string;
}

export interface TcpdumpTool extends Provided {
  readonly command: string;
}

export interface ChromiumTool extends Provided {
  readonly command: string;
}

export interface Tools {
  readonly asterisk: AsteriskTool;
  readonly openJtalk: OpenJtalkTool;
  readonly ffmpeg: FfmpegTool;
  readonly sipp: SippTool;
  /** Only for the bench. */
  readonly tcpdump: TcpdumpTool;
  /** Only for tests, screenshots and PDF; comes with Noto CJK fonts. */
  readonly chromium: ChromiumTool;
}

export type ToolName = keyof Tools;

export const TOOL_NAMES: readonly ToolName[] = [
  'asterisk',
  'openJtalk',
  'ffmpeg',
  'sipp',
  'tcpdump',
  'chromium',
];

/** How a tool is called in messages, and what is lost without it. */
export const TOOL_WORDS: Record<
  ToolName,
  { readonly nameJa: string; readonly nameEn: string; readonly withoutJa: string; readonly withoutEn: string }
> = {
  asterisk: {
    nameJa: '電話エンジン (Asterisk 22)',
    nameEn: 'the telephone engine (Asterisk 22)',
    withoutJa: 'これがないと電話を受けることもかけることもできません。',
    withoutEn: 'Without it no call can be received or placed.',
  },
  openJtalk: {
    nameJa: '音声合成 (Open JTalk と声のファイル)',
    nameEn: 'speech synthesis (Open JTalk with its voices)',
    withoutJa: 'これがないと文章のアナウンスを音声にできません。',
    withoutEn: 'Without it written announcements cannot be turned into sound.',
  },
  ffmpeg: {
    nameJa: '音声変換 (ffmpeg)',
    nameEn: 'sound conversion (ffmpeg)',
    withoutJa: 'これがないと音声ファイルを取り込めません。',
    withoutEn: 'Without it sound files cannot be taken in.',
  },
  sipp: {
    nameJa: '試験発信 (SIPp)',
    nameEn: 'the test caller (SIPp)',
    withoutJa: 'これがないと試験の電話をかけられません (本番の運用には要りません)。',
    withoutEn: 'Without it no test calls can be placed (production does not need it).',
  },
  tcpdump: {
    nameJa: '通信の記録 (tcpdump)',
    nameEn: 'the capture of packets (tcpdump)',
    withoutJa: 'これがないと性能の計測ができません (本番の運用には要りません)。',
    withoutEn: 'Without it performance cannot be measured (production does not need it).',
  },
  chromium: {
    nameJa: 'ブラウザー (Chromium)',
    nameEn: 'the browser (Chromium)',
    withoutJa: 'これがないと画面の試験ができません (本番の運用には要りません)。',
    withoutEn: 'Without it the screens cannot be tested (production does not need it).',
  },
};
