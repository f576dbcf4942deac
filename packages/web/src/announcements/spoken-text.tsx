import { type RefObject, useId, useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { FIELD_BOX } from '../design/text-field.tsx';
import { type PromptValue, ValueMenu } from './prompt-values.tsx';
import { ReadingDialog } from './readings/reading-dialog.tsx';

/** A text that is read aloud: typed, with values put in where the cursor stands, and a word that is read wrongly mended. */
export function SpokenText({
  label,
  description,
  errorMessage,
  text,
  values,
  isReadOnly = false,
  onChange,
}: {
  label: string;
  description?: string | undefined;
  errorMessage?: string | undefined;
  text: string;
  values: readonly PromptValue[];
  isReadOnly?: boolean;
  onChange: (text: string) => void;
}) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [selected, setSelected] = useState('');
  const [mended, setMended] = useState<string | null>(null);
  const isInvalid = errorMessage !== undefined;
  const notes = [
    ...(description === undefined ? [] : [`${id}-description`]),
    ...(isInvalid ? [`${id}-error`] : []),
  ];
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-std-16B-170">
        {label}
      </label>
      {description === undefined ? null : (
        <p id={`${id}-description`} className="text-std-16N-170 text-solid-gray-700">
          {description}
        </p>
      )}
      <textarea
        ref={area}
        id={id}
        rows={4}
        value={text}
        readOnly={isReadOnly}
        aria-invalid={isInvalid}
        aria-describedby={notes.length === 0 ? undefined : notes.join(' ')}
        onChange={(event) => onChange(event.target.value)}
        onSelect={(event) => {
          const { value, selectionStart, selectionEnd } = event.currentTarget;
          setSelected(value.slice(selectionStart, selectionEnd).trim());
        }}
        className={`${FIELD_BOX} w-full py-2 ${isInvalid ? 'border-2 border-error-1' : ''}`}
      />
      {isInvalid ? (
        <p id={`${id}-error`} className="text-std-16N-170 text-error-2">
          ＊{errorMessage}
        </p>
      ) : null}
      {isReadOnly ? null : (
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <ValueMenu values={values} onChoose={(name) => onChange(withValue(area, text, name))} />
          <Button look="outline" size="small" onPress={() => setMended(selected)}>
            {selected === '' ? '言葉の読みを直す' : `「${shortened(selected)}」の読みを直す`}
          </Button>
          <span className="text-dns-14N-130 text-solid-gray-700">
            読み間違える言葉は、選んでから押してください。
          </span>
        </div>
      )}
      {mended === null ? null : (
        <ReadingDialog
          surface={mended}
          sentence={sentenceWith(text, mended)}
          onClose={() => setMended(null)}
        />
      )}
    </div>
  );
}

/** The text with the value where the cursor stands, or stood last. */
function withValue(area: RefObject<HTMLTextAreaElement | null>, text: string, name: string): string {
  const from = area.current?.selectionStart ?? text.length;
  const to = area.current?.selectionEnd ?? from;
  return `${text.slice(0, from)}{{${name}}}${text.slice(to)}`;
}

/** The sentence in which a word stands, without values: they would have to be made up. */
function sentenceWith(text: string, word: string): string | null {
  if (word === '') return null;
  const sentences = text.split(/(?<=[。！？\n])/u);
  const sentence = sentences.find((each) => each.includes(word))?.trim();
  return sentence === undefined || sentence.includes('{{') ? null : sentence;
}

function shortened(word: string): string {
  return word.length > 10 ? `${word.slice(0, 10)}…` : word;
}
