import type { HttpsSettings } from './settings.ts';

export type Verdict =
  | { readonly type: 'accepted'; readonly messageId: string }
  | { readonly type: 'refused' | 'throttled'; readonly code: number }
  | { readonly type: 'unclear' };

type Rules = Pick<HttpsSettings, 'success' | 'throttled' | 'refused' | 'messageIdPath'>;

/** What a reply says of the text. "Taken" needs all that the contract names; all that is not clearly said is unclear. */
export function judgeReply(status: number, body: string, rules: Rules): Verdict {
  const json = parseJson(body);
  const says = (field: Rules['success']['field']) =>
    field?.values.includes(textAt(json, field.path) ?? '') ?? false;
  const { success, throttled, refused } = rules;
  if (throttled.statuses.includes(status) || says(throttled.field))
    return { type: 'throttled', code: status };
  if (refused.statuses.includes(status)) return { type: 'refused', code: status };
  if (!success.statuses.includes(status)) return { type: 'unclear' };
  if (says(refused.field)) return { type: 'refused', code: status };
  if (success.field !== undefined && !says(success.field)) return { type: 'unclear' };
  const messageId = rules.messageIdPath === undefined ? null : textAt(json, rules.messageIdPath);
  return { type: 'accepted', messageId: messageId ?? '' };
}

/** The text or number at a path of names and places ('result.code', 'messages.0.id'). */
export function textAt(json: unknown, path: string): string | null {
  let at: unknown = json;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null) return null;
    at = Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined;
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? String(at) : null;
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
