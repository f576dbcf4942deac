import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, toolFailure } from './run-tool.ts';
import { splitSentences } from './sentences.ts';
import type { SpeechTools } from './speech-tools.ts';

const MAX_BATCH_CHARS = 300;
const TRACE_TIMEOUT_MS = 20_000;
/** Field of a line of the text analysis that holds the pronunciation (surface is field 0). */
const PRONUNCIATION_FIELD = 9;
const FULL_STOP = '。';

async function trace(tools: SpeechTools, line: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-trace-'));
  try {
    const tracePath = join(folder, 'trace');
    // The sound is not wanted: a fast rate and a tiny frame make its synthesis nearly free.
    const args = [
      '-x',
      tools.dictionaryDir,
      '-m',
      tools.voices.mei,
      '-r',
      '20',
      '-p',
      '8',
      '-ot',
      tracePath,
      '-ow',
      '/dev/null',
    ];
    const result = await runTool(tools.openJtalk, args, { input: `${line}\n`, timeoutMs: TRACE_TIMEOUT_MS });
    const traced = await readFile(tracePath, 'utf8').catch(() => undefined);
    // A line without any sound fails too, but only after dictionary and voice are loaded and the trace is open.
    if (traced === undefined) throw toolFailure(tools.openJtalk, result);
    return result.exitCode === 0 ? traced : '';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pronunciations, sentence by sentence, from the text analysis that Open JTalk writes with `-ot`. */
function pronunciations(traced: string): string[] {
  const analysis = /\[Text analysis result\]\n(.*?)\n\n/su.exec(traced)?.[1] ?? '';
  const sentences = [''];
  for (const line of analysis.split('\n')) {
    const fields = line.split(',');
    if (fields[0] === FULL_STOP) sentences.push('');
    // ’ marks a devoiced vowel: still the same reading.
    else sentences[sentences.length - 1] += (fields[PRONUNCIATION_FIELD] ?? '').replace(/[’、？*]/gu, '');
  }
  return sentences;
}

/** A sentence that Open JTalk passes over takes its full stop along; then each is asked for by itself. */
async function traceBatch(tools: SpeechTools, sentences: readonly string[]): Promise<readonly string[]> {
  const together = pronunciations(await trace(tools, sentences.join(FULL_STOP)));
  if (together.length === sentences.length && together.every((spoken) => spoken !== '')) return together;
  const apart: string[] = [];
  for (const sentence of sentences) apart.push(pronunciations(await trace(tools, sentence)).join(''));
  return apart;
}

/**
 * How Open JTalk pronounces normalised texts, in katakana with long vowels as ー, without pauses and devoicing. Several
 * texts share one run of the program. Lets staff see how an announcement will be read, and tests hold it to a reading.
 */
export async function traceReadings(
  tools: SpeechTools,
  texts: readonly string[],
): Promise<readonly string[]> {
  const sentences = texts.flatMap((text, owner) =>
    splitSentences(text).map((sentence) => ({ owner, sentence: sentence.replace(/[。？]+$/u, '') })),
  );
  const readings = texts.map(() => '');
  for (let from = 0; from < sentences.length; ) {
    let to = from;
    for (let chars = 0; to < sentences.length; to += 1) {
      chars += (sentences[to]?.sentence.length ?? 0) + 1;
      if (chars > MAX_BATCH_CHARS && to > from) break;
    }
    const batch = sentences.slice(from, to);
    const spoken = await traceBatch(
      tools,
      batch.map(({ sentence }) => sentence),
    );
    batch.forEach(({ owner }, index) => {
      readings[owner] += spoken[index] ?? '';
    });
    from = to;
  }
  return readings;
}
