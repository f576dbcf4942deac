import { questionTitle, type RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { showNumber } from './show-number.ts';

/**
 * What the caller left with us at each event of a call (answers, a request to be called back), in words for the call's story.
 * @returns by the event's sequence number
 */
export async function readLeft(
  db: Database,
  callId: string,
  bundle: RunnableFlow | null,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const answers = await db
    .selectFrom('call_answer')
    .select(['seq', 'flow_id', 'node_id', 'question_id', 'key', 'label'])
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute();
  const requests = await db
    .selectFrom('inbox_item')
    .select(['item_id', 'call_back_number', 'wished_time'])
    .where('call_id', '=', callId)
    .where('kind', '=', 'callBack')
    .execute();
  const left = new Map<number, string[]>();
  const add = (seq: number, words: string) => left.set(seq, [...(left.get(seq) ?? []), words]);
  for (const { seq, flow_id, node_id, question_id, key, label } of answers) {
    const node = bundle?.bundle.flows[flow_id]?.nodes[node_id];
    const question = questionTitle(node, question_id) ?? question_id;
    add(seq, key === null ? `「${question}」に回答なし` : `「${question}」に「${label ?? key}」と回答`);
  }
  for (const { item_id, call_back_number, wished_time } of requests) {
    const number = call_back_number === null ? '' : `${showNumber(call_back_number)}への`;
    const time = wished_time === null ? '' : `（希望の時間: ${wished_time}）`;
    add(Number(item_id.slice(callId.length + 1)), `${number}折り返しを受付${time}`);
  }
  return left;
}
