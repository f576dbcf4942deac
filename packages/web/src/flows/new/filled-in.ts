import type { FlowDraft, FlowTemplate, TemplateField } from '@madoguchi/flow';

/** What is typed in a template's form, by the name of the parameter. */
export type Typed = Readonly<Record<string, string>>;

export type FilledIn = {
  /** What the template says to a value, by the name of the parameter. */
  readonly problems: ReadonlyMap<string, string>;
  /** The flows as they would be without the values that are wrong. */
  readonly flows: readonly FlowDraft[];
};

/** A template with what is typed. */
export function fillIn(template: FlowTemplate, fields: readonly TemplateField[], typed: Typed): FilledIn {
  const values = fields.flatMap(({ name, field }) => {
    const value = typed[name] ?? '';
    if (value.trim() === '') return [];
    // Numbers are typed in full-width characters as often as not.
    return [[name, field === 'number' ? value.normalize('NFKC').trim() : value] as const];
  });
  const parsed = template.parameters.safeParse(Object.fromEntries(values));
  const problems = new Map(
    (parsed.error?.issues ?? [])
      .toReversed()
      .flatMap(({ path: [name], message }) => (typeof name === 'string' ? [[name, message] as const] : [])),
  );
  const right = values.filter(([name]) => !problems.has(name));
  return { problems, flows: template.make(Object.fromEntries(right)) };
}
