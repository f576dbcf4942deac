import { expect, test } from 'vitest';
import { flowTemplates } from './registry.ts';
import { templateFields } from './template-fields.ts';

test.each(flowTemplates.map((template) => [template.name, template] as const))(
  '%s: a form can ask for each of its parameters, and takes the example as it takes nothing at all',
  (_name, template) => {
    const fields = templateFields(template);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(template.parameters.shape));
    expect(new Set(fields.map(({ title }) => title)).size).toBe(fields.length);
    const examples = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
    const presets = Object.fromEntries(fields.map(({ name, preset }) => [name, preset]));
    expect(template.parameters.safeParse(examples).success).toBe(true);
    expect(template.parameters.safeParse(presets).success).toBe(true);
    for (const { field, choices, preset } of fields) {
      expect(choices.length > 0).toBe(field === 'choice');
      if (field === 'choice') expect(choices).toContain(preset);
    }
  },
);
