import type { AskedText, AskingForReceipts, DeliveryReceipt } from '../port.ts';
import { exchange } from './exchange.ts';
import { fillHeaders, fillUrl, type Values } from './fill-template.ts';
import { parseJson, textAt } from './read-reply.ts';
import type { HttpsSettings } from './settings.ts';

/**
 * Asking an HTTPS gateway what became of a text. A URL without {messageId} asks by our own id, and so also about texts whose submit had
 * no answer.
 */
export function askingForReceipts(
  settings: HttpsSettings,
  options: { readonly now: () => Date; readonly valuesOf: (text: AskedText) => Values },
): AskingForReceipts | null {
  const { receipts } = settings;
  if (receipts === undefined) return null;
  const needsTheirId = receipts.url.includes('{messageId}');
  return {
    everyMs: receipts.everyMs,
    forMs: receipts.forMs,
    async about(text) {
      if (needsTheirId && text.gatewayMessageId === null) return null;
      const values = { ...options.valuesOf(text), messageId: text.gatewayMessageId ?? '' };
      const reply = await exchange(
        {
          url: fillUrl(receipts.url, values),
          method: 'GET',
          headers: fillHeaders(receipts.headers, values),
          body: null,
        },
        settings,
      );
      if (reply.type !== 'reply' || reply.status !== 200) return null;
      const state = stateOf(textAt(parseJson(reply.body), receipts.statePath), receipts.states);
      if (state === null) return null;
      return {
        gatewayMessageId: text.gatewayMessageId ?? text.id,
        state,
        at: options.now(),
        from: text.to,
        userReference: null,
      };
    },
  };
}

function stateOf(
  word: string | null,
  states: NonNullable<HttpsSettings['receipts']>['states'],
): DeliveryReceipt['state'] | null {
  if (word === null) return null;
  for (const state of ['delivered', 'undeliverable', 'expired', 'rejected'] as const) {
    if (states[state].includes(word)) return state;
  }
  return null;
}
