import type { NodeKind } from '../node-kind.ts';
import { announcement } from './announcement.ts';
import { askMobileNumber } from './ask-mobile-number.ts';
import { callBackRequest } from './call-back-request.ts';
import { callerCondition } from './caller-condition.ts';
import { digits } from './digits.ts';
import { end } from './end.ts';
import { goToFlow } from './go-to-flow.ts';
import { identityCheck } from './identity-check.ts';
import { menu } from './menu.ts';
import { openingHours } from './opening-hours.ts';
import { questionnaire } from './questionnaire.ts';
import { recordResult } from './record-result.ts';
import { setVariable } from './set-variable.ts';
import { sms } from './sms.ts';
import { transfer } from './transfer.ts';
import { variableCondition } from './variable-condition.ts';
import { voicemail } from './voicemail.ts';

/** Every node kind, in the order in which staff are offered them. A new kind is one file and one line here. */
export const nodeKinds: readonly NodeKind[] = [
  announcement,
  menu,
  digits,
  identityCheck,
  openingHours,
  callerCondition,
  variableCondition,
  askMobileNumber,
  sms,
  transfer,
  voicemail,
  callBackRequest,
  questionnaire,
  recordResult,
  setVariable,
  goToFlow,
  end,
];

const byName = new Map(nodeKinds.map((kind) => [kind.kind, kind]));

/** The kind of this name, or null where the language has none. */
export function nodeKind(name: string): NodeKind | null {
  return byName.get(name) ?? null;
}
