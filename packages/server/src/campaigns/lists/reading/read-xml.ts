import type { Readable } from 'node:stream';
import sax from 'sax';
import { broken } from './open-workbook.ts';

export type XmlHandlers = {
  /** `name` without its prefix. */
  readonly open?: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  /** A piece of text: long ones come in several. */
  readonly text?: (piece: string) => void;
};

/**
 * Feeds a part of a workbook through `handlers`, piece by piece; after each the caller has its turn. Entities of a document's own are not expanded: they are
 * an error, as is XML that is not well formed.
 * @returns bytes that were read so far, after each piece.
 * @throws ListFileError
 */
export async function* readXml(source: Readable, handlers: XmlHandlers): AsyncGenerator<number> {
  const { open, close, text } = handlers;
  const xml = sax.parser(true, { position: false });
  xml.onerror = () => {
    throw broken();
  };
  if (open !== undefined)
    xml.onopentag = ({ name, attributes }) =>
      open(local(name), (wanted) => {
        const value = attributes[wanted];
        return typeof value === 'string' ? value : undefined;
      });
  if (close !== undefined) xml.onclosetag = (name) => close(local(name));
  if (text !== undefined) {
    xml.ontext = text;
    xml.oncdata = text;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  try {
    for await (const piece of source) {
      if (!Buffer.isBuffer(piece)) throw broken();
      xml.write(decoder.decode(piece, { stream: true }));
      bytes += piece.length;
      yield bytes;
    }
    xml.write(decoder.decode()).close();
  } catch (error) {
    throw isOfTheFile(error) ? broken() : error;
  }
  yield bytes;
}

/** Wrong bytes, or a part that inflates to something else than its zip says. */
function isOfTheFile(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  const isZlib = typeof code === 'string' && code.startsWith('Z_');
  return (
    isZlib ||
    code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ||
    /too (many|few) bytes|invalid .*CRC/i.test(error.message)
  );
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
