import { type NoteChoiceList, NoteChoicesSchema, type NoteKind } from '@madoguchi/server/inbox-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { BehindNotice } from '../design/behind-notice.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/section.tsx';
import { queryKeys } from '../query-keys.ts';
import { useDraft } from '../use-draft.ts';
import { type ChoiceDraft, ChoiceRow } from './choice-row.tsx';

type ListDraft = { readonly choices: readonly ChoiceDraft[] };

function draftOf(list: NoteChoiceList): ListDraft {
  return { choices: list.choices.map((choice) => ({ ...choice, key: choice.choiceId })) };
}

/** One list: words, order, what is offered no more. Saved as a whole. */
export function ChoicesForm({ kind, title, list }: { kind: NoteKind; title: string; list: NoteChoiceList }) {
  const form = useDraft(`choices ${kind}`, list, draftOf);
  const { choices } = form.draft;
  const [added, setAdded] = useState(0);
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      request('/api/note-choices', NoteChoicesSchema, {
        body: {
          kind,
          version: form.base.version,
          choices: choices.map(({ choiceId, label, hidden }) => ({ choiceId, label, hidden })),
        },
      }),
    onSuccess: (saved) => {
      queryClient.setQueryData(queryKeys.noteChoices, saved);
      form.saved(saved[kind], form.draft);
    },
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.noteChoices }),
  });
  const isBlank = choices.some(({ label }) => label.trim() === '');
  const set = (next: readonly ChoiceDraft[]) => form.edit({ choices: next });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBlank && !save.isPending && !form.isBehind) save.mutate();
  };

  return (
    <Section title={title}>
      <form
        onSubmit={submit}
        aria-label={title}
        className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-4"
      >
        {form.isBehind ? (
          <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
            {list.choices.map(({ label, hidden }) => (hidden ? `${label}（使わない）` : label)).join('、')}
          </BehindNotice>
        ) : save.error === null ? null : (
          <Notice kind="error" title="保存できませんでした">
            {messageOf(save.error)}
          </Notice>
        )}
        {save.isSuccess && !form.isEdited ? <Notice kind="success" title={`${title}を保存しました`} /> : null}
        <ol className="flex flex-col gap-1">
          {choices.map((choice, at) => (
            <ChoiceRow
              key={choice.key}
              choice={choice}
              nth={at + 1}
              isFirst={at === 0}
              isLast={at === choices.length - 1}
              onChange={(changed) => set(choices.with(at, changed))}
              onMove={(by) => set(choices.with(at, choices[at + by] ?? choice).with(at + by, choice))}
            />
          ))}
        </ol>
        {isBlank ? (
          <p role="alert" className="text-std-16N-170 text-error-2">
            ＊名前のない項目があります。名前を入力してください。
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3">
          <Button
            look="outline"
            size="small"
            onPress={() => {
              setAdded(added + 1);
              set([...choices, { key: `new ${added}`, choiceId: null, label: '', hidden: false }]);
            }}
          >
            項目を追加する
          </Button>
          <Button type="submit" size="small" isDisabled={!form.isEdited || form.isBehind}>
            {title}を保存する
          </Button>
        </div>
      </form>
    </Section>
  );
}
