import { AnnouncementNodeSchema } from '@madoguchi/flow';
import { CheckBox } from '../../../design/check-box.tsx';
import { PromptSetting } from '../fields/prompt-setting.tsx';
import { defineSettings } from '../node-setting.tsx';

export const AnnouncementSettings = defineSettings(
  AnnouncementNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <PromptSetting
        label="案内"
        prompt={node.prompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(prompt) => set({ prompt })}
      />
      <CheckBox
        label="キーで止められる"
        isDisabled={isReadOnly}
        isSelected={node.interruptible}
        onChange={(interruptible) => set({ interruptible })}
      />
      <CheckBox
        label="用件への答えになる（聞いた方は、用件が済んだと数えます）"
        isDisabled={isReadOnly}
        isSelected={node.answersCaller}
        onChange={(answersCaller) => set({ answersCaller })}
      />
      <CheckBox
        label="この案内で、録音することを伝える"
        isDisabled={isReadOnly}
        isSelected={node.givesRecordingNotice}
        onChange={(givesRecordingNotice) =>
          set(
            givesRecordingNotice ? { givesRecordingNotice, interruptible: false } : { givesRecordingNotice },
          )
        }
      />
    </>
  ),
);
