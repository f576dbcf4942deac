import { z } from 'zod';
import type { BundleDraft, DraftNode, FlowDraft } from './draft.ts';
import { type Prompt, PromptSchema } from './prompt.ts';

/** What an announcement of the library アナウンス集 says: a prompt that is tied to nothing itself. */
export const AnnouncementContentSchema = z.discriminatedUnion('type', [
  PromptSchema.options[0].omit({ announcementId: true }),
  PromptSchema.options[1].omit({ announcementId: true }),
]);
export type AnnouncementContent = z.infer<typeof AnnouncementContentSchema>;

/** The library: what each announcement says now, by its id. Removed ones are not in it. */
export type Library = ReadonlyMap<string, AnnouncementContent>;

/** A prompt of a flow that is tied to the library. `prompt` is the copy that it holds. */
export type LibraryLink = {
  readonly flowId: string;
  readonly nodeId: string;
  readonly nodeTitle: string;
  readonly announcementId: string;
  readonly prompt: Prompt;
};

/**
 * The flow, or all flows of the bundle, with the newest words of the library in every prompt that is tied to it. A prompt whose
 * announcement is not in the library keeps its copy, for the checker to speak of (`announcementRemoved`). Changes nothing in place.
 */
export function withLibrary<D extends FlowDraft | BundleDraft>(draft: D, library: Library): D {
  if ('flows' in draft) {
    const flows = Object.entries(draft.flows).map(([id, flow]) => [id, withPrompts(flow, newest)] as const);
    return { ...draft, flows: Object.fromEntries(flows) };
  }
  return { ...draft, nodes: withPrompts(draft, newest).nodes };

  function newest({ announcementId }: Prompt): Prompt | null {
    const content = announcementId === undefined ? undefined : library.get(announcementId);
    return content === undefined ? null : { ...content, announcementId };
  }
}

/**
 * The flow with its prompts tied to the announcements that `newIdOf` names; those for which it names none (null) keep their words as a
 * text of their own. Changes nothing in place.
 */
export function withLinks(
  flow: FlowDraft,
  newIdOf: (announcementId: string, prompt: Prompt) => string | null,
): FlowDraft {
  return withPrompts(flow, ({ announcementId, ...content }) => {
    if (announcementId === undefined) return null;
    const newId = newIdOf(announcementId, { announcementId, ...content });
    return newId === null ? content : { ...content, announcementId: newId };
  });
}

/** Every prompt of a flow that is tied to the library, in the order of its nodes. */
export function libraryLinksIn(flow: FlowDraft): readonly LibraryLink[] {
  return Object.entries(flow.nodes).flatMap(([nodeId, node]) =>
    promptsIn(node).flatMap((prompt): LibraryLink[] => {
      const { announcementId } = prompt;
      if (announcementId === undefined) return [];
      return [{ flowId: flow.id, nodeId, nodeTitle: node.title, announcementId, prompt }];
    }),
  );
}

/** Every prompt of a flow as it lies there, whatever the kinds of its nodes. */
export function promptsOfFlow(flow: FlowDraft): readonly Prompt[] {
  return Object.values(flow.nodes).flatMap(promptsIn);
}

/** Whether two prompts say the same, whatever they are tied to. */
export function saysTheSame(one: Prompt | AnnouncementContent, other: Prompt | AnnouncementContent): boolean {
  if (one.type === 'text') return other.type === 'text' && one.text === other.text;
  return other.type === 'audio' && one.audioId === other.audioId && one.transcript === other.transcript;
}

/** What stands in a prompt's place; null: it stays as it is. */
type Replace = (prompt: Prompt) => Prompt | null;

function withPrompts(flow: FlowDraft, replace: Replace): FlowDraft {
  const nodes = Object.entries(flow.nodes).map(([id, node]): readonly [string, DraftNode] => {
    const fields = Object.entries(node).map(([name, value]) => [name, replaced(value, replace)]);
    return [id, { ...node, ...Object.fromEntries(fields) }];
  });
  return { ...flow, nodes: Object.fromEntries(nodes) };
}

/** A draft's node may be of a kind or shape that nobody knows, so prompts are found by their own shape. */
function replaced(value: unknown, replace: Replace): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, replace));
  if (typeof value !== 'object' || value === null) return value;
  const prompt = PromptSchema.safeParse(value);
  if (prompt.success) return replace(prompt.data) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, replace)]));
}

function promptsIn(value: unknown): readonly Prompt[] {
  if (Array.isArray(value)) return value.flatMap(promptsIn);
  if (typeof value !== 'object' || value === null) return [];
  const prompt = PromptSchema.safeParse(value);
  return prompt.success ? [prompt.data] : Object.values(value).flatMap(promptsIn);
}
