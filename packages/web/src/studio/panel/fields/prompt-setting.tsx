import type { Prompt } from '@madoguchi/flow';
import { PromptField, type PromptValue } from '../../../announcements/prompt-field.tsx';
import { CheckBox } from '../../../design/check-box.tsx';

const EMPTY: Prompt = { type: 'text', text: '' };

/** A prompt that a node always has. */
export function PromptSetting(props: {
  label: string;
  description?: string;
  prompt: Prompt;
  values: readonly PromptValue[];
  isReadOnly: boolean;
  onChange: (prompt: Prompt) => void;
}) {
  return <PromptField {...props} />;
}

/** A prompt that may be left out. */
export function OptionalPromptSetting({
  label,
  prompt,
  onChange,
  ...props
}: {
  label: string;
  description?: string;
  prompt: Prompt | null;
  values: readonly PromptValue[];
  isReadOnly: boolean;
  onChange: (prompt: Prompt | null) => void;
}) {
  return (
    <div className="flex flex-col gap-1">
      <CheckBox
        label={`${label}を入れる`}
        isSelected={prompt !== null}
        isDisabled={props.isReadOnly}
        onChange={(isGiven) => onChange(isGiven ? EMPTY : null)}
      />
      {prompt === null ? null : <PromptField {...props} label={label} prompt={prompt} onChange={onChange} />}
    </div>
  );
}
