import { exampleValuesFor, type Prompt, type SayPart, sayPartsOf } from '@madoguchi/flow';
import type { Heard } from '../../http/announcement-contract.ts';

/** What is said for something to listen to: its values have example values. @param now ms since the epoch. */
export function heardParts({ content, examples }: Heard, now: number): readonly SayPart[] {
  const prompt: Prompt = content.type === 'text' ? content : { ...content, transcript: '' };
  return sayPartsOf(prompt, exampleValuesFor(prompt, examples, now));
}
