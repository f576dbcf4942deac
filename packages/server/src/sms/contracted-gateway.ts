import type { SmsGatewaySettings } from './gateway-settings.ts';
import { createHttpsGateway } from './https/gateway.ts';
import type { SmsClock, SmsLog } from './log.ts';
import type { SmsGateway } from './port.ts';
import { type PriceBands, priceOf } from './price.ts';
import { createSmppGateway } from './smpp/gateway.ts';
import { partUnitsOf } from './smpp/short-message.ts';
import { concatenatedPartUnits, splitText } from './split-text.ts';

/** For which parts of a text receipts come. */
export type ReceiptsOn = 'none' | 'lastPart' | 'everyPart';

/** A gateway with what its contract says of it. */
export type ContractedGateway = {
  readonly name: string;
  readonly gateway: SmsGateway;
  readonly receiptsOn: ReceiptsOn;
  readonly terms: GatewayTerms;
};

/** How a gateway cuts and prices a text; enough to tell staff before anything is sent. */
export type GatewayTerms = {
  /** UTF-16 units in each part of a text that needs several. */
  readonly partUnits: number;
  readonly price: PriceBands;
};

export function termsOf(settings: SmsGatewaySettings): GatewayTerms {
  const partUnits = settings.kind === 'smpp' ? partUnitsOf(settings.smpp.longText) : concatenatedPartUnits;
  return { partUnits, price: settings.price };
}

/** Parts as telephones get them, and the price in yen as decimal digits (null: none is known). */
export function chargeFor(
  text: string,
  { partUnits, price }: GatewayTerms,
): { readonly parts: number; readonly costYen: string | null } {
  const parts = splitText(text, partUnits).length;
  return { parts, costYen: priceOf(text, parts, price) };
}

/** @param onConnected called whenever the gateway can be used again, so that waiting texts need not wait for a tick */
export function openGateway(
  settings: SmsGatewaySettings,
  parts: { readonly clock: SmsClock; readonly log: SmsLog; readonly onConnected: () => void },
): ContractedGateway {
  const { name } = settings;
  const log: SmsLog = {
    info: (fields, message) => parts.log.info({ gateway: name, ...fields }, message),
    warn: (fields, message) => parts.log.warn({ gateway: name, ...fields }, message),
  };
  const terms = termsOf(settings);
  switch (settings.kind) {
    case 'smpp': {
      const gateway = createSmppGateway({ ...parts, settings: settings.smpp, log });
      return { name, gateway, receiptsOn: settings.smpp.receiptsOn, terms };
    }
    case 'https': {
      const gateway = createHttpsGateway({ ...parts, settings: settings.https, log });
      return { name, gateway, receiptsOn: gateway.ask === null ? 'none' : 'everyPart', terms };
    }
  }
}
