import { z } from 'zod';
import type { FlowTemplate } from './flow-template.ts';

/** A parameter of a template, as a form asks for it. */
export type TemplateField = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly example: string;
  readonly field: z.infer<typeof FieldMetaSchema>['field'];
  /** What may be chosen; empty where it is typed. */
  readonly choices: readonly string[];
  /** What stands there if nobody fills it in; '' where nothing does. */
  readonly preset: string;
};

const FieldMetaSchema = z.object({
  title: z.string(),
  description: z.string(),
  examples: z.array(z.union([z.string(), z.number()])).min(1),
  field: z.enum(['words', 'telephone', 'calendar', 'choice', 'number']),
});
const InputSchema = z.object({
  enum: z.array(z.string()).default([]),
  default: z.union([z.string(), z.number()]).default(''),
});

/** What a form asks of the city that begins with the template, in this order. */
export function templateFields({ parameters }: FlowTemplate): readonly TemplateField[] {
  return Object.entries(parameters.shape).map(([name, schema]) => {
    const { title, description, examples, field } = FieldMetaSchema.parse(z.globalRegistry.get(schema));
    const input = InputSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
    return {
      name,
      title,
      description,
      example: String(examples[0]),
      field,
      choices: input.enum,
      preset: String(input.default),
    };
  });
}
