import type { SayPart } from '@madoguchi/flow';
import { compileSegments, type Segment } from './segments.ts';

/** A figure takes a counter from the text behind it, letters do not. */
const SAMPLE_TEXTS = ['1', 'あ'];
/** Stands for whatever follows: its kind makes no difference, only that the announcement goes on. */
const MORE: SayPart = { type: 'value', name: '', text: 'あ', readAs: 'text' };

/**
 * Every segment of an announcement that can be made before a call: of its fixed texts in each form that they take beside the values,
 * whatever these turn out to be, and where one is missing; and its uploaded sounds. Their number grows with the length of the
 * announcement, not with the combinations of its values, because `compileSegments` looks at a part's direct neighbours only.
 */
export function preparableSegmentsOf(announcement: readonly SayPart[]): readonly Segment[] {
  return announcement.flatMap((part, index) => {
    if (part.type === 'value') return [];
    if (part.type === 'audio') return [part];
    return beginningsFor(announcement.slice(0, index)).flatMap((beginning) =>
      endingsFor(announcement.slice(index + 1)).flatMap((ending) =>
        compileSegments([...beginning, part, ...ending]).filter(
          (segment) => segment.type === 'speech' && segment.kind === 'fixed',
        ),
      ),
    );
  });
}

/** What may stand directly before: one of the values there, or, where they are all missing, no value. */
function beginningsFor(before: readonly SayPart[]): readonly (readonly SayPart[])[] {
  const values = before.slice(before.findLastIndex((part) => part.type !== 'value') + 1);
  const samples = values.flatMap((value) =>
    value.type === 'value' ? SAMPLE_TEXTS.map((text) => [{ ...value, text }]) : [],
  );
  return [[], ...samples];
}

/** What may follow: more of the announcement, or, where the values there are all missing, perhaps nothing more. */
function endingsFor(after: readonly SayPart[]): readonly (readonly SayPart[])[] {
  const next = after.find((part) => part.type !== 'value');
  const mayGoOn = after[0]?.type === 'value' || next?.type === 'fixed';
  const mayEnd = next?.type !== 'fixed';
  return [...(mayGoOn ? [[MORE]] : []), ...(mayEnd ? [[]] : [])];
}
