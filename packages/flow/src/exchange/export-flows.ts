import { LANGUAGE_VERSION } from '../draft.ts';
import { type FileProblem, FLOW_FILE_FORMAT, FLOW_FILE_VERSION, type FlowFile } from './flow-file.ts';
import { readFlowFile } from './read-flow-file.ts';

/** `problems`: what a reader of the file would refuse. */
export type FlowExport =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * The text of a file with flows, the entry first, and what they use of announcements and readings. Every default is written out, as in what
 * is published. A draft that no reader would take (a node without the settings that its kind needs) is refused here already, not when its
 * file is needed. `exportedAt`: ISO with an offset.
 */
export function exportFlows(file: FlowFile): FlowExport {
  const reading = readFlowFile(textOf(file));
  return reading.ok ? { ok: true, text: textOf(reading.file) } : reading;
}

function textOf({ exportedAt, flows, announcements, readings }: FlowFile): string {
  const written = {
    format: FLOW_FILE_FORMAT,
    formatVersion: FLOW_FILE_VERSION,
    languageVersion: LANGUAGE_VERSION,
    exportedAt,
    flows,
    ...(announcements.length === 0 ? {} : { announcements }),
    ...(readings.length === 0 ? {} : { readings }),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}
