import type { Demonstrated } from './demonstrate.ts';

/** What was heard, pressed, sent and recorded, with times since dialling. */
export function printDemonstrated({ scenario, evidence, verdicts }: Demonstrated): void {
  const ok = verdicts.every((verdict) => verdict.ok);
  console.log('');
  console.log(
    `■ ${scenario.title}　${scenario.sample.phoneNumber}（${scenario.sample.name}）　${ok ? '正常' : '異常あり'}`,
  );
  for (const { ok: good, what, atMs } of verdicts) {
    const time = atMs === null ? '        ' : `${(atMs / 1000).toFixed(2).padStart(6)}秒`;
    console.log(`  ${good ? '○' : '×'} ${time}  ${what}`);
  }
  const [text] = evidence.texts;
  if (text !== undefined) console.log(`     届いたSMS：${text.text.replaceAll('\n', ' ').slice(0, 60)}…`);
  const [talk] = evidence.talks;
  if (talk !== undefined)
    console.log(`     職員との通話：${((talk.endedAtMs - talk.answeredAtMs) / 1000).toFixed(1)}秒`);
  const left = evidence.recording?.[0];
  if (left !== undefined) console.log(`     録音：${(left.length / 8000).toFixed(1)}秒（左 市民、右 職員）`);
}
