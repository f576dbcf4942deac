import type { Prompt } from '@madoguchi/flow';
import type { PromptValue } from '../../../announcements/prompt-field.tsx';
import { NumberSetting } from '../fields/number-setting.tsx';
import { OptionalPromptSetting } from '../fields/prompt-setting.tsx';

type Retry = { readonly retries: number; readonly prompt: Prompt | null };

/** How often somebody is asked again, and what is said before. */
export function RetrySetting({
  what,
  retry,
  values,
  isReadOnly,
  onChange,
}: {
  /** '押し間違い' */
  what: string;
  retry: Retry;
  values: readonly PromptValue[];
  isReadOnly: boolean;
  onChange: (retry: { retries: number; prompt: Prompt | null }) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-2 rounded-8 border border-solid-gray-300 p-3">
      <legend className="px-1 text-std-16B-170">{what}</legend>
      <NumberSetting
        label="聞き直す回数"
        unit="回"
        min={0}
        max={9}
        value={retry.retries}
        isReadOnly={isReadOnly}
        onChange={(retries) => onChange({ ...retry, retries })}
      />
      <OptionalPromptSetting
        label={`${what}のときの案内`}
        prompt={retry.prompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(prompt) => onChange({ ...retry, prompt })}
      />
    </fieldset>
  );
}
