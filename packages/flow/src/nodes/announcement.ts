import { z } from 'zod';
import { checkNotice, checkPrompt } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import { defineNodeKind } from '../node-kind.ts';
import { PromptSchema } from '../prompt.ts';

/** アナウンス: says something and goes on. */
export const AnnouncementNodeSchema = z.object({
  kind: z.literal('announcement'),
  ...nodeFields,
  prompt: PromptSchema,
  /** A key stops it and is kept for the next menu; keys pressed before it skip it. Otherwise keys are passed over. */
  interruptible: z.boolean().default(true),
  /** It answers what the caller wanted to know: who hangs up after it was served, and did not give up. */
  answersCaller: z.boolean().default(false),
  /** It tells the caller that the talk or the message is recorded. Counts only where it was heard to its end. */
  givesRecordingNotice: z.boolean().default(false),
});
export type AnnouncementNode = z.infer<typeof AnnouncementNodeSchema>;

export const announcement = defineNodeKind({
  kind: 'announcement',
  label: 'アナウンス',
  schema: AnnouncementNodeSchema,
  data: z.object({}),
  waits: false,
  branches: () => [{ name: 'next', label: '次へ', passive: true }],
  check: (node, surroundings) => [
    ...checkPrompt(node.prompt, '案内', surroundings),
    ...(node.givesRecordingNotice ? checkNotice(node.prompt) : []),
    ...(node.givesRecordingNotice && node.interruptible
      ? [
          {
            severity: 'error' as const,
            code: 'noticeInterruptible',
            message: '録音の告知が、キーを押すと途中で止まります。最後まで聞かれないと、録音できません。',
            mend: '「キーで止められる」を外してください。',
          },
        ]
      : []),
  ],
  prompts: (node) => [node.prompt],
  recording: (node) => ({ givesNotice: node.givesRecordingNotice, needsNotice: false }),
  enter(node, turn) {
    const skipped = node.interruptible && turn.hasTypedKeys();
    if (skipped || !turn.say([node.prompt], node)) return { type: 'go', branch: 'next' };
    return { type: 'stay', data: {}, wait: 'announced' };
  },
  on(node, _data, event, turn) {
    if (event.type === 'announced') {
      if (node.answersCaller) turn.markEndReached();
      return { type: 'go', branch: 'next' };
    }
    if (event.type !== 'keyPressed') return null;
    turn.keepKey(event.key);
    return { type: 'go', branch: 'next' };
  },
});
