import type { SaidText } from '@madoguchi/flow';

/** What is said at a place of the scenario, as words to be read. */
export function textOf({ flowId, nodeId, title, prompt }: SaidText) {
  return { flowId, nodeId, title, text: prompt.type === 'text' ? prompt.text : prompt.transcript };
}
