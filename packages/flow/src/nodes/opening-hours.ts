import { z } from 'zod';
import { nodeFields } from '../draft.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';

/** 開庁時間: asks the calendar, which is live and not part of the version. Branches `open`, `closed`. */
export const OpeningHoursNodeSchema = z.object({
  kind: z.literal('openingHours'),
  ...nodeFields,
  calendarId: z.string(),
});
export type OpeningHoursNode = z.infer<typeof OpeningHoursNodeSchema>;

const DataSchema = z.object({ id: z.int() });
type Data = z.infer<typeof DataSchema>;

/** A calendar that cannot be read counts as closed: the closed way needs nobody at a desk. */
const LOOK_LIMIT_MS = 5_000;

export const openingHours = defineNodeKind<OpeningHoursNode, Data>({
  kind: 'openingHours',
  label: '開庁時間',
  schema: OpeningHoursNodeSchema,
  data: DataSchema,
  waits: false,
  branches: () => [
    { name: 'open', label: '開庁中', passive: true, when: 'open' },
    { name: 'closed', label: '閉庁中', passive: true, when: 'closed' },
  ],
  check: (node, surroundings) =>
    surroundings.calendarIds.includes(node.calendarId)
      ? []
      : [
          {
            severity: 'error',
            code: 'unknownCalendar',
            message: '指定された開庁時間（カレンダー）がありません。',
            mend: '登録済みの開庁時間を選んでください。',
          },
        ],
  prompts: () => [],
  enter: look,
  on(node, data, event) {
    if (event.type === 'calendarSaid' && event.calendarId === node.calendarId) {
      return { type: 'go', branch: event.open ? 'open' : 'closed' };
    }
    const isFailure = event.type === 'timePassed' || (event.type === 'actionFailed' && event.id === data.id);
    return isFailure ? { type: 'go', branch: 'closed' } : null;
  },
  resume: (node, _data, turn) => look(node, turn),
});

function look(node: OpeningHoursNode, turn: Turn): Next<Data> {
  turn.act({ type: 'lookAtCalendar', id: turn.seq, calendarId: node.calendarId });
  return { type: 'stay', data: { id: turn.seq }, wait: { forMs: LOOK_LIMIT_MS } };
}
