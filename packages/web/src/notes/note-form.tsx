import type { CallNote, NoteChoiceList, NoteChoices } from '@madoguchi/server/inbox-contract';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { BehindNotice } from '../design/behind-notice.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Select } from '../design/select.tsx';
import { TextField } from '../design/text-field.tsx';
import { useDraft } from '../use-draft.ts';
import { momentShown } from '../words/japanese-time.ts';
import { useSaveNote } from './use-notes.ts';

const NONE = 'none';
type NoteDraft = {
  readonly categoryId: string | null;
  readonly resultId: string | null;
  readonly memo: string;
};

function draftOf(note: CallNote): NoteDraft {
  return {
    categoryId: note.category?.choiceId ?? null,
    resultId: note.result?.choiceId ?? null,
    memo: note.memo,
  };
}

/** 用件区分, 結果 and memo of one call. */
export function NoteForm({
  callId,
  note,
  choices,
}: {
  callId: string;
  note: CallNote;
  choices: NoteChoices;
}) {
  const form = useDraft(`note ${callId}`, note, draftOf);
  const { draft, base } = form;
  const save = useSaveNote(callId);
  const [isSaved, setSaved] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending || form.isBehind) return;
    save.mutate(
      { version: base.version, ...draft },
      {
        onSuccess: (kept) => {
          form.saved(kept, draft);
          setSaved(true);
        },
      },
    );
  };
  const edit = (change: Partial<NoteDraft>) => {
    setSaved(false);
    form.edit(change);
  };
  return (
    <form onSubmit={submit} aria-label="応対の記録" className="flex flex-col gap-3">
      {form.isBehind ? (
        <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
          {`用件区分：${note.category?.label ?? 'なし'}　結果：${note.result?.label ?? 'なし'}\nメモ：${note.memo || 'なし'}`}
        </BehindNotice>
      ) : save.error === null ? null : (
        <Notice kind="error" title="応対の記録を保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(12.5rem,1fr))] gap-3">
        <Select
          label="用件区分"
          value={draft.categoryId ?? NONE}
          onChange={(id) => edit({ categoryId: id === NONE ? null : id })}
          choices={offered(choices.category, note.category)}
        />
        <Select
          label="結果"
          value={draft.resultId ?? NONE}
          onChange={(id) => edit({ resultId: id === NONE ? null : id })}
          choices={offered(choices.result, note.result)}
        />
      </div>
      <TextField
        label="メモ"
        rows={3}
        value={draft.memo}
        onChange={(memo) => edit({ memo })}
        maxLength={2000}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" size="small" isDisabled={!form.isEdited || form.isBehind}>
          {save.isPending ? '保存しています…' : '応対の記録を保存する'}
        </Button>
        <p role="status" className="text-dns-14N-130 text-solid-gray-700">
          {isSaved && !form.isEdited ? '保存しました。' : ''}
          {note.changedBy === null || note.changedAt === null
            ? ''
            : `${momentShown(note.changedAt)} ${note.changedBy.name}さんが記録`}
        </p>
      </div>
    </form>
  );
}

/** What may be chosen; what was chosen before stays to be seen, even when it is no longer offered. */
function offered(list: NoteChoiceList, chosen: CallNote['category']) {
  const choices = list.choices.filter(({ hidden, choiceId }) => !hidden || choiceId === chosen?.choiceId);
  return [
    { id: NONE, word: '選んでいません' },
    ...choices.map(({ choiceId, label }) => ({ id: choiceId, word: label })),
  ];
}
