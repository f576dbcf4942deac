import { z } from 'zod';
import { bringForward } from '../bring-forward.ts';
import { type FlowDraft, FlowDraftSchema, IdSchema, LANGUAGE_VERSION } from '../draft.ts';
import { nodeKind } from '../nodes/registry.ts';
import { problemOf, shortened } from './file-problem.ts';
import {
  type FileProblem,
  FLOW_FILE_FORMAT,
  FLOW_FILE_VERSION,
  type FlowFile,
  fileFields,
  flowFields,
  LARGEST_FILE_CHARS,
} from './flow-file.ts';
import { type JsonFault, lineAndColumn, scanJson } from './scan-json.ts';

/** A file as it is read. `problems`: all that is wrong, the first fifty of them. */
export type FlowFileReading =
  | { readonly ok: true; readonly file: FlowFile }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Whoever mends a file mends some of these and tries again. */
const MOST_PROBLEMS = 50;
const WHOLE_FILE = 'ファイル';
const options = { reportInput: true } as const;

const HeaderSchema = z.looseObject({
  format: z.literal(FLOW_FILE_FORMAT),
  formatVersion: z.int().min(1),
  languageVersion: z.int().min(1),
});
const FileShellSchema = z.object({ ...fileFields, flows: z.array(z.unknown()).min(1) });
const VersionedSchema = z.looseObject({ languageVersion: z.int().min(1) });
const FlowShellSchema = z.object({ ...flowFields, nodes: z.record(IdSchema, z.unknown()) });
const KindSchema = z.looseObject({ kind: z.string() });
const NamedSchema = z.looseObject({ name: z.string().min(1) });
const TitledSchema = z.looseObject({ title: z.string().min(1) });

/**
 * Reads a file of flows. Flows of an older language are brought forward, and every default is written out, so that a draft means what the
 * file means. Settings that no node kind knows are left out. What is wrong in a call only (a branch that leads nowhere) is the checker's
 * affair. Never throws, whatever the text is.
 */
export function readFlowFile(text: string): FlowFileReading {
  if (text.length > LARGEST_FILE_CHARS) {
    return refused(
      WHOLE_FILE,
      `ファイルが大きすぎます。読み込めるのは、${LARGEST_FILE_CHARS / 10_000}万文字までです。`,
    );
  }
  const plain = text.replace(/^\uFEFF/, '');
  const fault = scanJson(plain);
  if (fault !== null) return { ok: false, problems: [faultProblem(plain, fault)] };
  return readParsed(JSON.parse(plain));
}

function readParsed(parsed: unknown): FlowFileReading {
  const header = HeaderSchema.safeParse(parsed, options);
  if (!header.success) {
    const isOurs = z.looseObject({ format: z.literal(FLOW_FILE_FORMAT) }).safeParse(parsed).success;
    return isOurs
      ? allRefused(header.error.issues.map((issue) => problemOf(issue, '')))
      : refused(WHOLE_FILE, '窓口から書き出したフローのファイルではありません。');
  }
  if (header.data.formatVersion > FLOW_FILE_VERSION) {
    return refused(
      WHOLE_FILE,
      `新しい版の窓口で作られたファイルです（ファイルの形式の版 ${header.data.formatVersion}、この窓口で読めるのは ${FLOW_FILE_VERSION} まで）。この窓口を新しい版にしてから、読み込んでください。`,
    );
  }
  if (header.data.languageVersion > LANGUAGE_VERSION) {
    return refused(WHOLE_FILE, newerLanguage(header.data.languageVersion));
  }
  const shell = FileShellSchema.safeParse(parsed, options);
  if (!shell.success) return allRefused(shell.error.issues.map((issue) => problemOf(issue, '')));
  const { exportedAt, announcements = [], readings = [] } = shell.data;
  const flows = shell.data.flows.map((flow, index) => readFlow(flow, flowPlace(flow, index)));
  const problems = [
    ...flows.flatMap((flow) => flow.problems),
    ...clashes(
      flows.flatMap(({ draft }) => (draft === null ? [] : [draft.id])),
      'フロー',
    ),
    ...clashes(
      announcements.map(({ announcementId }) => announcementId),
      'アナウンス',
    ),
  ];
  if (problems.length > 0) return allRefused(problems);
  const drafts = flows.flatMap(({ draft }) => draft ?? []);
  return { ok: true, file: { exportedAt, flows: drafts, announcements, readings } };
}

type FlowRead = { readonly draft: FlowDraft | null; readonly problems: readonly FileProblem[] };

function readFlow(written: unknown, place: string): FlowRead {
  const versioned = VersionedSchema.safeParse(written);
  if (versioned.success && versioned.data.languageVersion > LANGUAGE_VERSION) {
    return { draft: null, problems: [{ place, message: newerLanguage(versioned.data.languageVersion) }] };
  }
  const forwarded = bringForward(written);
  // One of an older language that is too broken to be brought forward: what is broken is to be named, not its language.
  const isStuck = forwarded === written && versioned.success;
  const present = isStuck ? { ...versioned.data, languageVersion: LANGUAGE_VERSION } : forwarded;
  const shell = FlowShellSchema.safeParse(present, options);
  if (!shell.success) {
    return { draft: null, problems: shell.error.issues.map((issue) => problemOf(issue, place)) };
  }
  const nodes = Object.entries(shell.data.nodes).map(([id, node]) => ({ id, ...readNode(node, id, place) }));
  const problems = nodes.flatMap((node) => node.problems);
  if (problems.length > 0) return { draft: null, problems };
  const settings = Object.fromEntries(nodes.map(({ id, settings: each }) => [id, each]));
  return { draft: FlowDraftSchema.parse({ ...shell.data, nodes: settings }), problems: [] };
}

type NodeRead = { readonly settings: unknown; readonly problems: readonly FileProblem[] };

function readNode(written: unknown, nodeId: string, flow: string): NodeRead {
  const titled = TitledSchema.safeParse(written);
  const place = `${flow}のノード「${shortened(titled.success ? titled.data.title : nodeId)}」`;
  const kinded = KindSchema.safeParse(written, options);
  if (!kinded.success) {
    return { settings: null, problems: kinded.error.issues.map((issue) => problemOf(issue, place)) };
  }
  const kind = nodeKind(kinded.data.kind);
  if (kind === null) {
    const message = `「${shortened(kinded.data.kind)}」という種類のノードはありません。`;
    return { settings: null, problems: [{ place, message }] };
  }
  const settings = kind.schema.safeParse(written, options);
  if (settings.success) return { settings: settings.data, problems: [] };
  return { settings: null, problems: settings.error.issues.map((issue) => problemOf(issue, place)) };
}

function flowPlace(flow: unknown, index: number): string {
  const named = NamedSchema.safeParse(flow);
  return named.success ? `フロー「${shortened(named.data.name)}」` : `${index + 1}番目のフロー`;
}

function clashes(ids: readonly string[], what: string): readonly FileProblem[] {
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id);
    if (first === index) return [];
    const message = `識別名「${id}」が、${first + 1}番目の${what}と同じです。別の識別名にしてください。`;
    return [{ place: `${index + 1}番目の${what}`, message }];
  });
}

const newerLanguage = (version: number): string =>
  `新しい版の窓口で作られたフローです（フローの言語の版 ${version}、この窓口で読めるのは ${LANGUAGE_VERSION} まで）。この窓口を新しい版にしてから、読み込んでください。`;

function faultProblem(text: string, fault: JsonFault): FileProblem {
  const { line, column } = lineAndColumn(text, fault.offset);
  const place = `${line}行目の${column}文字目`;
  switch (fault.reason) {
    case 'syntax':
      return {
        place,
        message: 'JSONとして読み取れません。かっこ、引用符、コンマの書き間違いがないか、お確かめください。',
      };
    case 'tooDeep':
      return { place, message: 'かっこの中のかっこが深すぎます。フローのファイルではないようです。' };
    case 'duplicateKey':
      return {
        place,
        message: `同じまとまりの中に、「${shortened(fault.key)}」が二度書かれています。どちらかを削除するか、別の名前にしてください。`,
      };
    case 'forbiddenKey':
      return { place, message: `「${fault.key}」という名前は使えません。` };
  }
}

const refused = (place: string, message: string): FlowFileReading => allRefused([{ place, message }]);

function allRefused(problems: readonly FileProblem[]): FlowFileReading {
  const more = problems.length - MOST_PROBLEMS;
  if (more <= 0) return { ok: false, problems };
  const rest = { place: WHOLE_FILE, message: `直すところが、ほかに${more}か所あります。` };
  return { ok: false, problems: [...problems.slice(0, MOST_PROBLEMS), rest] };
}
