import { z } from 'zod';
import { checkTemplate } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind } from '../node-kind.ts';
import { kindOfNumber } from '../numbering.ts';
import { namesIn, parseTemplate, readableTextOf } from '../template.ts';

/** What docomo, the strictest of the carriers, delivers as one text; counted in UTF-16 units as SMS itself does. */
export const SMS_LIMIT_UNITS = 660;

/** SMS送信. Branches: `accepted` by the gateway, `notMobile`, `refused`, `unknown` (no answer in time; it is not sent again). */
export const SmsNodeSchema = z.object({
  kind: z.literal('sms'),
  ...nodeFields,
  to: z.discriminatedUnion('type', [
    z.object({ type: z.literal('caller') }),
    /** A number that the caller keyed in; a call sends one text at most to numbers other than the caller's own. */
    z.object({ type: z.literal('variable'), name: z.string() }),
  ]),
  text: z.string(),
  /** How long the caller waits for the gateway's answer. */
  waitMs: z.int().min(1000).max(60_000).default(10_000),
});
export type SmsNode = z.infer<typeof SmsNodeSchema>;

const DataSchema = z.object({ id: z.int() });
type Data = z.infer<typeof DataSchema>;

export const sms = defineNodeKind<SmsNode, Data>({
  kind: 'sms',
  label: 'SMS送信',
  schema: SmsNodeSchema,
  data: DataSchema,
  waits: false,
  actsOutside: true,
  branches: () => [
    { name: 'accepted', label: '送信受付', passive: true },
    { name: 'notMobile', label: '携帯電話でない', passive: true },
    { name: 'refused', label: '送信不可', passive: true },
    { name: 'unknown', label: '結果不明', passive: true },
  ],
  check: (node) => [...checkTemplate(node.text, 'SMS本文'), ...checkLength(node.text)],
  prompts: () => [],
  writes: (node) => [node.text],
  uses: (node) => [...namesIn(node.text), ...(node.to.type === 'variable' ? [node.to.name] : [])],
  enter(node, turn) {
    const to =
      node.to.type === 'caller' ? turn.context.callerNumber : (turn.values(node.to.name)?.text ?? null);
    if (to === null || kindOfNumber(to) !== 'mobile') return { type: 'go', branch: 'notMobile' };
    if (turn.textedElsewhere && to !== turn.context.callerNumber) return { type: 'go', branch: 'refused' };
    if (!turn.mayWrite(node.text)) return { type: 'go', branch: 'refused' };
    const text = readableTextOf(node.text, turn.values);
    // A text that lost its end may say the opposite: rather none than a cut one.
    if (text.trim() === '' || text.length > SMS_LIMIT_UNITS) return { type: 'go', branch: 'refused' };
    turn.act({ type: 'sendSms', id: turn.seq, to, text });
    return { type: 'stay', data: { id: turn.seq }, wait: { forMs: node.waitMs } };
  },
  on(_node, data, event, turn) {
    if (event.type === 'timePassed') return { type: 'go', branch: 'unknown' };
    if (event.type === 'smsAccepted' && event.id === data.id) {
      turn.markServed('sms');
      return { type: 'go', branch: 'accepted' };
    }
    if (event.type === 'smsUnknown' && event.id === data.id) return { type: 'go', branch: 'unknown' };
    const isRefusal = (event.type === 'smsRefused' || event.type === 'actionFailed') && event.id === data.id;
    return isRefusal ? { type: 'go', branch: 'refused' } : null;
  },
  resume: () => null,
  atHangUp: () => ({ served: 'sms', branch: null }),
});

/** Room that a value is thought to need: a telephone number with hyphens, a date in 年月日. */
const VALUE_UNITS = 20;

function checkLength(text: string): readonly Finding[] {
  const { parts } = parseTemplate(text);
  if (text.trim() === '') {
    return [
      {
        severity: 'error',
        code: 'emptyText',
        message: 'SMSの本文が空です。',
        mend: '送信する文章を入力してください。',
      },
    ];
  }
  const fixed = parts.reduce((sum, part) => sum + (part.type === 'fixed' ? part.text.length : 0), 0);
  const values = parts.filter((part) => part.type === 'value').length * VALUE_UNITS;
  if (fixed > SMS_LIMIT_UNITS) {
    return [
      {
        severity: 'error',
        code: 'smsTooLong',
        message: `SMSの本文が${fixed}文字あり、上限の${SMS_LIMIT_UNITS}文字を超えています。`,
        mend: `${fixed - SMS_LIMIT_UNITS}文字以上短くしてください。`,
      },
    ];
  }
  if (fixed + values <= SMS_LIMIT_UNITS) return [];
  return [
    {
      severity: 'warning',
      code: 'smsMayBeTooLong',
      message: `値が入ると、SMSの本文が上限の${SMS_LIMIT_UNITS}文字を超えることがあります。`,
      mend: '文章を短くしてください。上限を超えた場合、SMSは送信されず「送信不可」に進みます。',
    },
  ];
}
