import {
  CONTACT_RESULT_WORDS,
  ContactResultSchema,
  type DraftNode,
  type FlowDraft,
  nodeKind,
  PromptSchema,
  voiceName,
} from '@madoguchi/flow';
import { z } from 'zod';
import { withValueWords } from '../words/value-words.ts';

const SaidSchema = z.looseObject({
  prompt: PromptSchema.optional(),
  text: z.string().optional(),
  notice: PromptSchema.optional(),
  announcement: PromptSchema.nullable().optional(),
  introduction: PromptSchema.nullable().optional(),
  farewell: PromptSchema.nullable().optional(),
  result: ContactResultSchema.optional(),
});

export function kindLabel(kind: string): string {
  return nodeKind(kind)?.label ?? kind;
}

/** How the voice of a flow is called on screens. */
export function voiceWord({ voice }: FlowDraft): string {
  return voice === undefined ? 'いつもの声' : voiceName(voice);
}

/** How a node is called on screens: staff's title, or its kind. */
export function titleOf(node: DraftNode): string {
  return node.title.trim() === '' ? kindLabel(node.kind) : node.title;
}

/** The words that a caller hears or reads first of it, or what it records; '' where there are none. */
export function firstWordsOf(node: DraftNode): string {
  const said = SaidSchema.safeParse(node);
  if (!said.success) return '';
  const { prompt, text, notice, announcement, introduction, farewell, result } = said.data;
  if (result !== undefined) return CONTACT_RESULT_WORDS[result];
  const first = prompt ?? notice ?? announcement ?? introduction ?? farewell ?? null;
  return withValueWords(
    first === null ? (text ?? '') : first.type === 'text' ? first.text : first.transcript,
  );
}

/** All words of a node that a search may look through. */
export function wordsOf(node: DraftNode): string {
  return JSON.stringify(node, (key, value) => (key === 'next' || key === 'at' ? undefined : value));
}
