import type { EmergencyDraft, EmergencyList, EmergencyMessage } from '@madoguchi/server/emergency-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { CheckBox } from '../design/check-box.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { ChoiceList } from '../design/choice-list.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { emergencyProblemsOf, useSaveMessage } from './use-emergency.ts';

const NEW: EmergencyDraft = { name: '', text: '', afterwards: 'goOn', phoneNumbers: null };
const AFTERWARDS = [
  { id: 'goOn', word: 'いつもの案内へ進む' },
  { id: 'hangUp', word: '電話を切る' },
] as const;
const SCOPES = [
  { id: 'all', word: 'すべての番号' },
  { id: 'some', word: '選んだ番号だけ' },
] as const;

/** Prepares a message, or changes one that is off. Its sound is made when it is saved. */
export function MessageForm({
  message,
  numbers,
  onClose,
}: {
  message: EmergencyMessage | null;
  numbers: EmergencyList['numbers'];
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<EmergencyDraft>(message?.draft ?? NEW);
  const save = useSaveMessage();
  const problem = emergencyProblemsOf(save.error);
  const edit = (change: Partial<EmergencyDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    const storedAs = message === null ? null : { messageId: message.messageId, version: message.version };
    save.mutate({ draft, storedAs }, { onSuccess: onClose });
  };
  const chosen = draft.phoneNumbers;
  const numbersProblem = problem('phoneNumbers');
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white px-5 py-4"
    >
      {save.error === null ? null : (
        <Notice kind="error" title="保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      <TextField
        label="名前"
        description="画面で見分けるための名前です（例：大雨による閉庁）"
        size="small"
        isRequired
        autoComplete="off"
        value={draft.name}
        onChange={(name) => edit({ name })}
        errorMessage={problem('name')}
      />
      <TextField
        label="読み上げる文章"
        description="短く、大切なことから。保存すると、聞いて確かめられます。"
        rows={3}
        isRequired
        value={draft.text}
        onChange={(text) => edit({ text })}
        errorMessage={problem('text')}
      />
      <ChoiceBar
        label="流したあと"
        choices={AFTERWARDS}
        value={draft.afterwards}
        onChange={(id) => edit({ afterwards: id === 'hangUp' ? 'hangUp' : 'goOn' })}
      />
      <ChoiceList
        label="流す番号"
        columns={2}
        choices={SCOPES}
        value={chosen === null ? 'all' : 'some'}
        onChange={(id) => edit({ phoneNumbers: id === 'all' ? null : [] })}
        errorMessage={numbersProblem}
      />
      {chosen === null ? null : (
        <div className="flex flex-wrap gap-x-6">
          {numbers.map(({ phoneNumber, shown, name }) => (
            <CheckBox
              key={phoneNumber}
              label={`${name}（${shown}）`}
              isSelected={chosen.includes(phoneNumber)}
              onChange={(isSelected) =>
                edit({
                  phoneNumbers: isSelected
                    ? [...chosen, phoneNumber]
                    : chosen.filter((each) => each !== phoneNumber),
                })
              }
            />
          ))}
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isPending={save.isPending}>
          <Icon name="check" />
          {save.isPending ? '音声を作っています…' : '保存する'}
        </Button>
        <Button look="outline" onPress={onClose}>
          やめる
        </Button>
      </div>
    </Form>
  );
}
