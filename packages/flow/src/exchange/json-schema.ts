import { z } from 'zod';
import { IdSchema } from '../draft.ts';
import { nodeKinds } from '../nodes/registry.ts';
import { PromptSchema } from '../prompt.ts';
import { fileFields, flowFields } from './flow-file.ts';

/**
 * The JSON Schema of a file with flows in the present language, generated from the schemas by which files are read. Published as
 * docs/flow-file.schema.json, for whoever writes or checks such files without this house.
 */
export function flowFileJsonSchema(): object {
  const names = z.registry<{ id?: string; title: string; description?: string }>();
  for (const { kind, label, schema } of nodeKinds) names.add(schema, { id: kind, title: label });
  names.add(PromptSchema, { id: 'prompt', title: '案内' });
  const node = z
    .union(nodeKinds.map(({ schema }) => schema))
    .register(names, { id: 'node', title: 'ノード' });
  const flow = z
    .object({ ...flowFields, nodes: z.record(IdSchema, node) })
    .register(names, { id: 'flow', title: 'フロー' });
  const file = z.object({ ...fileFields, flows: z.array(flow).min(1) }).register(names, {
    title: '窓口のフローのファイル',
    description: 'flows の1番目が、はじめに動くフローです。くわしくは docs/flow.md をご覧ください。',
  });
  return z.toJSONSchema(file, { io: 'input', metadata: names });
}
