import { type DraftNode, nodeKind } from '@madoguchi/flow';

const EMPTY = { type: 'text', text: '' } as const;

/** Settings that a kind cannot do without, empty: the checker says what is still to be filled in. */
const BEGINNINGS: Readonly<Record<string, object>> = {
  announcement: { prompt: EMPTY },
  menu: { prompt: EMPTY, choices: [{ key: '1', label: '', words: [] }] },
  digits: { prompt: EMPTY, variable: '', readAs: 'digits', minLengthDigits: 1, maxLengthDigits: 8 },
  identityCheck: { format: 'monthDay' },
  openingHours: { calendarId: '' },
  callerCondition: { cases: [] },
  variableCondition: { variable: '', cases: [] },
  sms: { to: { type: 'caller' }, text: '' },
  transfer: { targets: [{ to: '', ringTimeoutMs: 30_000 }] },
  voicemail: { notice: EMPTY },
  questionnaire: { questions: [] },
  recordResult: { result: 'informed' },
  setVariable: { variable: '', value: '' },
  goToFlow: { flowId: '' },
  end: { farewell: null },
};

/** A node of a kind as it is when it is put into a flow, still without ways out. */
export function newNode(kind: string, at: { readonly x: number; readonly y: number } | null): DraftNode {
  return {
    kind,
    title: nodeKind(kind)?.label ?? kind,
    next: {},
    at: at === null ? null : { ...at },
    ...structuredClone(BEGINNINGS[kind] ?? {}),
  };
}
