import type { InboxChange, InboxItem } from '@madoguchi/server/inbox-contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { CallOut } from '../call-out/call-out.tsx';
import { BehindNotice } from '../design/behind-notice.tsx';
import { Button } from '../design/button.tsx';
import { DateField } from '../design/date-field.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/section.tsx';
import { TextField } from '../design/text-field.tsx';
import { useDraft } from '../use-draft.ts';
import { dayAndTime, instantOf, momentShown } from '../words/japanese-time.ts';
import { HandOver } from './hand-over.tsx';
import { useChangeItem } from './use-inbox.ts';

type ItemDraft = {
  readonly memo: string;
  readonly day: string;
  readonly time: string;
  readonly resultMemo: string;
};

function draftOf(item: InboxItem): ItemDraft {
  return { memo: item.memo, ...dayAndTime(item.dueAt), resultMemo: item.resultMemo };
}

/** What a clerk does with an item. Whatever is pressed, what was typed is saved with it. */
export function ItemForm({ item }: { item: InboxItem }) {
  const { data: me } = useQuery(meQuery);
  const form = useDraft(`item ${item.itemId}`, item, draftOf);
  const { draft, base } = form;
  const change = useChangeItem(item.itemId);
  const [done, setDone] = useState<string | null>(null);
  const [resultMissing, setResultMissing] = useState(false);
  const isDone = item.state === 'done';
  const isDueRight = draft.day !== '' && draft.time !== '';

  const send = (deed: Pick<InboxChange, 'deed'> & { assigneeId?: string }, word: string) => {
    if (change.isPending || !isDueRight) return;
    if (deed.deed === 'finish' && draft.resultMemo.trim() === '') {
      setResultMissing(true);
      return;
    }
    setResultMissing(false);
    setDone(null);
    const before = draftOf(base);
    const edits = {
      version: base.version,
      ...(draft.memo === before.memo ? {} : { memo: draft.memo }),
      ...(draft.day === before.day && draft.time === before.time ? {} : { dueAt: instantOf(draft) }),
    };
    change.mutate(changeOf(deed, edits, draft.resultMemo), {
      onSuccess: (detail) => {
        form.saved(detail.item, draft);
        setDone(word);
      },
    });
  };

  return (
    <Section title="対応">
      <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5">
        {done === null ? null : <Notice kind="success" title={done} />}
        {form.isBehind ? (
          <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
            {`メモ：${item.memo || 'なし'}\n期限：${momentShown(item.dueAt)}　担当：${item.assignee?.name ?? '決まっていません'}`}
          </BehindNotice>
        ) : change.error === null ? null : (
          <Notice kind="error" title="保存できませんでした">
            {messageOf(change.error)}
          </Notice>
        )}
        {isDone ? null : (
          <div className="flex flex-wrap items-end gap-3">
            {item.assignee?.personId === me?.userId ? null : (
              <Button onPress={() => send({ deed: 'take' }, '自分の担当にしました')}>
                <Icon name="person" />
                自分が担当する
              </Button>
            )}
            <HandOver
              item={item}
              onHandOver={(assigneeId) => send({ deed: 'handOver', assigneeId }, '引き継ぎました')}
            />
          </div>
        )}
        <CallOut order={{ itemId: item.itemId }} number={item.callBackNumber} />
        <TextField
          label="メモ"
          rows={4}
          value={draft.memo}
          onChange={(memo) => form.edit({ memo })}
          maxLength={2000}
        />
        {isDone ? null : (
          <div className="flex flex-wrap items-end gap-3">
            <DateField label="期限の日" value={draft.day} onChange={(day) => form.edit({ day: day ?? '' })} />
            <TextField
              label="期限の時刻"
              type="time"
              size="small"
              value={draft.time}
              onChange={(time) => form.edit({ time })}
            />
            {isDueRight ? null : (
              <p role="alert" className="text-std-16N-170 text-error-2">
                ＊期限の日と時刻を入力してください。
              </p>
            )}
          </div>
        )}
        <div>
          <Button
            look="outline"
            size="small"
            isDisabled={!form.isEdited || form.isBehind}
            onPress={() => send({ deed: 'save' }, '保存しました')}
          >
            メモと期限を保存する
          </Button>
        </div>
        <TextField
          label="対応の結果"
          description={isDone ? '済にしたときの結果です。' : '済にするときに入力してください。'}
          rows={3}
          value={draft.resultMemo}
          isReadOnly={isDone}
          onChange={(resultMemo) => form.edit({ resultMemo })}
          maxLength={2000}
          errorMessage={resultMissing ? '対応の結果を入力してから、済にしてください。' : undefined}
        />
        <div>
          {isDone ? (
            <Button look="outline" onPress={() => send({ deed: 'reopen' }, '未対応に戻しました')}>
              未対応に戻す
            </Button>
          ) : (
            <Button isDisabled={form.isBehind} onPress={() => send({ deed: 'finish' }, '済にしました')}>
              <Icon name="check" />
              済にする
            </Button>
          )}
        </div>
      </div>
    </Section>
  );
}

function changeOf(
  { deed, assigneeId = '' }: { deed: InboxChange['deed']; assigneeId?: string },
  edits: { version: number; memo?: string; dueAt?: string },
  resultMemo: string,
): InboxChange {
  if (deed === 'handOver') return { deed, assigneeId, ...edits };
  if (deed === 'finish') return { deed, resultMemo, ...edits };
  return { deed, ...edits };
}
