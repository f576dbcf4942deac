import { bundleOfFlows, exampleParameters, flowTemplates, loadPublished } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { normaliseText } from '../speech/index.ts';

/** What is left after normalising and has a sound or a pause: kana, kanji, figures, letters, and the marks that the synthesiser knows. */
const READABLE = /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ーA-Za-z0-9、。？\s]*$/u;

test.each(flowTemplates.map((template) => [template.name, template] as const))(
  'the voice can read every word that %s says, filled in or left blank',
  (_name, template) => {
    for (const parameters of [exampleParameters(template), {}]) {
      const flow = loadPublished(bundleOfFlows('template', template.make(parameters)));
      const said = flow
        .nodes()
        .flatMap(({ prompts }) =>
          prompts.flatMap((prompt) =>
            prompt.type === 'text' ? [prompt.text.replace(/\{\{[^}]*\}\}/g, '')] : [],
          ),
        );
      expect(said.length).toBeGreaterThan(15);
      expect(said.map(normaliseText).filter((spoken) => !READABLE.test(spoken))).toEqual([]);
    }
  },
);
