import { TextDecoder } from 'node:util';
import { ListFileError } from '../list-file-error.ts';

export type ListEncoding = 'utf-8' | 'cp932';

/** WHATWG's shift_jis is CP932 (Windows-31J) with the user-defined characters 外字 as U+E000 to U+E757. */
const LABELS: Readonly<Record<ListEncoding, string>> = { 'utf-8': 'utf-8', cp932: 'shift_jis' };

/** A line that is longer is none of a list. */
export const LONGEST_LINE_BYTES = 1_000_000;

const LF = 0x0a;
const CR = 0x0d;

export function decoderOf(encoding: ListEncoding): TextDecoder {
  return new TextDecoder(LABELS[encoding], { fatal: true });
}

/**
 * Finds out in which encoding a text is written, by reading all of it: UTF-8 where that is possible (no text of CP932 with a kanji in it is, but by
 * chance), else CP932. Pieces are fed as they come; at most a line is kept.
 */
export class EncodingProbe {
  #line: Buffer[] = [];
  #lineBytes = 0;
  #lines = 0;
  /** Line where each ceased to be possible. */
  readonly #failedAt = new Map<ListEncoding, number>();

  /** @throws ListFileError where it is no text, or a line does not end. */
  add(piece: Buffer): void {
    if (piece.includes(0))
      throw new ListFileError(
        `${this.#lines + 1}行目付近に、文字ではないデータがあります。表計算ソフトで「CSV UTF-8」の形式で保存し直してください。`,
      );
    // A line break is never the second half of a character, in neither encoding.
    // A CR at the very end waits for its LF.
    const end = Math.max(piece.lastIndexOf(LF), piece.subarray(0, -1).lastIndexOf(CR)) + 1;
    if (end > 0) {
      this.#test(Buffer.concat([...this.#line, piece.subarray(0, end)]));
      this.#line = [];
      this.#lineBytes = 0;
    }
    if (end < piece.length) this.#line.push(Buffer.from(piece.subarray(end)));
    this.#lineBytes += piece.length - end;
    if (this.#lineBytes > LONGEST_LINE_BYTES) throw tooLong(this.#lines + 1);
  }

  /** @throws ListFileError, which names the line, where neither encoding fits. */
  end(): ListEncoding {
    if (this.#lineBytes > 0) this.#test(Buffer.concat(this.#line));
    if (!this.#failedAt.has('utf-8')) return 'utf-8';
    if (!this.#failedAt.has('cp932')) return 'cp932';
    throw unreadable(Math.max(...this.#failedAt.values()));
  }

  #test(lines: Buffer): void {
    for (const encoding of ['utf-8', 'cp932'] as const) {
      if (this.#failedAt.has(encoding) || isReadable(lines, encoding)) continue;
      this.#failedAt.set(encoding, this.#lines + firstUnreadable(lines, encoding));
    }
    this.#lines += countLines(lines);
    if (this.#failedAt.size === 2) throw unreadable(Math.max(...this.#failedAt.values()));
  }
}

export function tooLong(line: number): ListFileError {
  return new ListFileError(
    `${line}行目が長すぎます。改行がないか、「"」が閉じられていない可能性があります。ファイルを確かめてください。`,
  );
}

function unreadable(line: number): ListFileError {
  return new ListFileError(
    `${line}行目付近の文字を読み取れません。表計算ソフトで「CSV UTF-8」の形式で保存し直してください。`,
  );
}

function isReadable(bytes: Buffer, encoding: ListEncoding): boolean {
  try {
    decoderOf(encoding).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Number of the first line, from 1, that cannot be read. */
function firstUnreadable(lines: Buffer, encoding: ListEncoding): number {
  let line = 1;
  let from = 0;
  for (let at = 0; at < lines.length; at++) {
    if (!endsLine(lines, at)) continue;
    if (!isReadable(lines.subarray(from, at + 1), encoding)) return line;
    from = at + 1;
    line++;
  }
  return line;
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = 0; at < lines.length; at++) if (endsLine(lines, at)) count++;
  return count;
}

function endsLine(bytes: Buffer, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
}
