import { z } from 'zod';
import { type FlowDraft, FlowDraftSchema, LANGUAGE_VERSION } from '../draft.ts';

/** ひな形: a flow that a city can begin with, made of what the city fills in. */
export type FlowTemplate = {
  readonly templateId: string;
  /** What staff choose it by. */
  readonly name: string;
  /** Two lines for a clerk, with a line feed between. */
  readonly description: string;
  /** What the texts take for granted, for the city to look at before it publishes. */
  readonly assumptions: readonly string[];
  /** What the city fills in. Each field has a Japanese title, an explanation and an example (`meta`); none is required. */
  readonly parameters: z.ZodObject;
  /** The flows, the entry first. What is not given stands in the texts as 【what is missing】. Throws a ZodError where a parameter is wrong. */
  make(parameters: Readonly<Record<string, unknown>>): readonly FlowDraft[];
};

type TemplateSpec<S extends z.ZodObject> = Omit<FlowTemplate, 'parameters' | 'make'> & {
  readonly parameters: S;
  flows(parameters: z.output<S>): readonly FlowDraft[];
};

/** Hides a template's own parameters behind the type that the list of templates shares. */
export function defineTemplate<S extends z.ZodObject>({ flows, ...rest }: TemplateSpec<S>): FlowTemplate {
  return { ...rest, make: (parameters) => flows(rest.parameters.parse(parameters)) };
}

/** Parameters of a city that does not exist, by the examples of the fields. */
export function exampleParameters({ parameters }: FlowTemplate): Readonly<Record<string, unknown>> {
  const fields = Object.entries(parameters.shape).flatMap(([name, field]) => {
    const [example] = z.array(z.unknown()).parse(z.globalRegistry.get(field)?.['examples'] ?? []);
    return example === undefined ? [] : [[name, example] as const];
  });
  return Object.fromEntries(fields);
}

export type Nodes = Readonly<Record<string, object>>;

/** A flow that starts at the first of its nodes. `more`: what only some flows have. */
export function flowOf(
  id: string,
  name: string,
  nodes: Nodes,
  more: Pick<FlowDraft, 'recipientValues'> = {},
): FlowDraft {
  const [startNodeId] = Object.keys(nodes);
  return FlowDraftSchema.parse({ languageVersion: LANGUAGE_VERSION, id, name, startNodeId, nodes, ...more });
}
