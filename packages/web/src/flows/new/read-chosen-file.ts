import { type FlowFileReading, LARGEST_FILE_CHARS, readFlowFile } from '@madoguchi/flow';

/** In UTF-8 no character has more. */
const BYTES_OF_A_CHAR = 4;

/** Reads what somebody chose, in the browser. Never throws: what is wrong with the file is told with its place. */
export async function readChosenFile(file: File): Promise<FlowFileReading> {
  if (file.size > LARGEST_FILE_CHARS * BYTES_OF_A_CHAR) {
    return refused('ファイルが大きすぎます。窓口から書き出したフローのファイルを選んでください。');
  }
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return refused('ファイルを開けません。ほかのソフトで開いていないか確かめて、もう一度選んでください。');
  }
  try {
    return readFlowFile(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refused(
      '文字コードがUTF-8ではありません。メモ帳で開き、文字コードを「UTF-8」にして保存し直してください。',
    );
  }
}

const refused = (message: string): FlowFileReading => ({
  ok: false,
  problems: [{ place: 'ファイル', message }],
});
