import { namesIn, readableTextOf, type Value } from '@madoguchi/flow';

/**
 * A campaign's text message for one recipient, with the values of the row and what the campaign itself knows. `missing`: names that the text
 * wants and nobody has; such a text is not sent.
 */
export function textFor(
  template: string,
  recipient: Readonly<Record<string, Value>>,
  campaign: { readonly phoneNumber: string; readonly numberName: string },
): { readonly text: string; readonly missing: readonly string[] } {
  const known: Readonly<Record<string, Value>> = {
    calledNumber: { text: campaign.phoneNumber, readAs: 'telephone' },
    calledName: { text: campaign.numberName, readAs: 'text' },
    ...recipient,
  };
  const valueNamed = (name: string): Value | null =>
    Object.hasOwn(known, name) ? (known[name] ?? null) : null;
  return {
    text: readableTextOf(template, valueNamed),
    missing: [...new Set(namesIn(template))].filter((name) => (valueNamed(name)?.text ?? '') === ''),
  };
}
