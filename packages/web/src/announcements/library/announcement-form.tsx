import type { AnnouncementContent } from '@madoguchi/flow';
import type { AnnouncementShown } from '@madoguchi/server/announcement-contract';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { VALUES_OF_EVERY_CALL } from '../../words/value-words.ts';
import { ContentField } from '../content-field.tsx';
import type { PromptValue } from '../prompt-values.tsx';
import { useSaveAnnouncement } from '../use-announcements.ts';
import { placeOf } from './announcement-words.ts';

export type AnnouncementFields = {
  readonly name: string;
  readonly content: AnnouncementContent;
  readonly voiceCredit: string;
};

/** Every flow has these, so an announcement for several flows may say them. */
const VALUES: readonly PromptValue[] = VALUES_OF_EVERY_CALL;

/** Name, words and voice of an announcement. Before a change of what flows say it shows which ones. */
export function AnnouncementForm({
  stored,
  fields,
  isBehind,
  onEdit,
  onSaved,
}: {
  /** Null: a new one. */
  stored: AnnouncementShown | null;
  fields: AnnouncementFields;
  isBehind: boolean;
  onEdit: (change: Partial<AnnouncementFields>) => void;
  onSaved: (saved: AnnouncementShown) => void;
}) {
  const save = useSaveAnnouncement();
  const [isTried, setTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { name, content, voiceCredit } = fields;
  const isNameMissing = name.trim() === '';
  const isEmpty = content.type === 'text' && content.text.trim() === '';
  const usages = stored?.usages ?? [];
  const changesWords = stored !== null && JSON.stringify(stored.content) !== JSON.stringify(content);

  const saveNow = () => {
    const draft = { name: name.trim(), content, voiceCredit };
    save.mutate({ draft, storedAs: stored }, { onSuccess: onSaved });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isNameMissing || isEmpty || isBehind || save.isPending) return;
    if (changesWords && usages.length > 0) setAsking(true);
    else saveNow();
  };
  return (
    <form
      onSubmit={submit}
      aria-label="アナウンス"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      {save.error === null || isBehind ? null : (
        <Notice kind="error" title="保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      <TextField
        label="名前"
        description="フローの中で選ぶときの名前です。例：お電話のお礼"
        isRequired
        validationBehavior="aria"
        maxLength={60}
        value={name}
        onChange={(value) => onEdit({ name: value })}
        errorMessage={isTried && isNameMissing ? '名前を入力してください。' : undefined}
      />
      <ContentField
        label="読み上げる文章"
        errorMessage={isTried && isEmpty ? '読み上げる文章を入力してください。' : undefined}
        content={content}
        values={VALUES}
        onChange={(value) => onEdit({ content: value })}
      />
      {content.type === 'audio' ? (
        <TextField
          label="声の主"
          description="録音した声の主を残しておくときに入力します。例：広報課 職員"
          maxLength={200}
          value={voiceCredit}
          onChange={(value) => onEdit({ voiceCredit: value })}
        />
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" isDisabled={isBehind} isPending={save.isPending}>
          保存する
        </Button>
      </div>
      <ConfirmDialog
        title="次のフローの内容が変わります"
        yes="保存する"
        isOpen={isAsking}
        onAnswer={(go) => {
          setAsking(false);
          if (go) saveNow();
        }}
      >
        <ul className="list-disc pl-6 text-std-16N-170">
          {usages.map((usage) => (
            <li key={`${usage.kind} ${usage.phoneNumberShown ?? ''} ${usage.flowId}`}>{placeOf(usage)}</li>
          ))}
        </ul>
        <p className="mt-3 text-std-16N-170">
          電話をかけた方には、それぞれのフローを公開するまで、今の内容が流れます。
        </p>
      </ConfirmDialog>
    </form>
  );
}
