import { type Preparable, preparablePartsOf, type RunnableFlow, type Value } from '@madoguchi/flow';

/** The announcements of a scenario that tell something of this recipient, as the call says them; all others are the same for everybody. */
export function personalPartsOf(
  scenario: RunnableFlow,
  values: Readonly<Record<string, Value>>,
): readonly Preparable[] {
  const known = (name: string) => (Object.hasOwn(values, name) ? (values[name] ?? null) : null);
  return preparablePartsOf(scenario, known).filter(({ parts }) =>
    parts.some((part) => part.type === 'value' && Object.hasOwn(values, part.name)),
  );
}
