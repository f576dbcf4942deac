import type { EmergencyList, EmergencyMessage } from '@madoguchi/server/emergency-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { MessageForm } from './message-form.tsx';
import { SwitchOn } from './switch-on.tsx';
import { useRemoveMessage, useSwitch } from './use-emergency.ts';

/** One prepared message: what it says to whom, whether it is on, the button that changes that. */
export function MessageCard({
  message,
  numbers,
  maySwitch,
}: {
  message: EmergencyMessage;
  numbers: EmergencyList['numbers'];
  maySwitch: boolean;
}) {
  const { messageId, draft, on, version } = message;
  const [isEditing, setEditing] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const switching = useSwitch();
  const removal = useRemoveMessage();
  const trouble = switching.error ?? removal.error;
  if (isEditing) return <MessageForm message={message} numbers={numbers} onClose={() => setEditing(false)} />;
  const names =
    draft.phoneNumbers?.map((each) => numbers.find((n) => n.phoneNumber === each)?.name ?? each) ?? null;
  return (
    <article
      aria-label={draft.name}
      className={`flex flex-col gap-3 rounded-8 border bg-white px-5 py-4 ${on === null ? 'border-solid-gray-300' : 'border-2 border-warning-yellow-2'}`}
    >
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-std-20B-150">{draft.name}</h2>
        {on === null ? (
          <StateLabel word="流していません" icon="speaker" tone="plain" />
        ) : (
          <StateLabel word="流しています" icon="alert" tone="warning" />
        )}
      </div>
      <p className="text-std-16N-170">「{draft.text}」</p>
      <p className="text-dns-16N-130 text-solid-gray-700">
        {names === null ? 'すべての番号' : names.join('、')}で流し、
        {draft.afterwards === 'goOn' ? 'いつもの案内へ進みます' : 'そのまま電話を切ります'}
      </p>
      {on === null ? null : (
        <p className="text-std-16B-170">
          <span className="numerals">{momentShown(on.endsAt)}</span>に自動で終わります（{on.beganBy}が
          {on.beganByTelephone ? '電話で' : ''}
          <span className="numerals">{momentShown(on.began)}</span>から流しています）
        </p>
      )}
      {trouble === null ? null : (
        <Notice kind="error" title="切り替えられませんでした">
          {messageOf(trouble)}
        </Notice>
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: its words stand above it */}
      <audio
        controls
        preload="none"
        src={`/api/emergency/${encodeURIComponent(messageId)}/sound?version=${version}`}
        aria-label={`「${draft.name}」を聞く`}
        className="h-10 print:hidden"
      />
      {maySwitch ? (
        <div className="flex flex-wrap items-end gap-3">
          {on === null ? (
            <SwitchOn
              name={draft.name}
              isPending={switching.isPending}
              onSwitch={(endsAt) => switching.mutate({ messageId, endsAt })}
            />
          ) : (
            <Button
              aria-label={`「${draft.name}」を止める`}
              onPress={() => {
                if (!switching.isPending) switching.mutate({ messageId, endsAt: null });
              }}
            >
              <Icon name="cross" />
              止める
            </Button>
          )}
          {on === null ? (
            <>
              <Button
                look="outline"
                aria-label={`「${draft.name}」を変更する`}
                onPress={() => setEditing(true)}
              >
                変更する
              </Button>
              <Button
                look="quiet"
                aria-label={`「${draft.name}」を削除する`}
                onPress={() => setRemoving(true)}
              >
                削除する
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      <ConfirmDialog
        title="この案内を削除しますか"
        yes="削除する"
        isOpen={isRemoving}
        onAnswer={(go) => {
          setRemoving(false);
          if (go) removal.mutate({ messageId, version });
        }}
      >
        <p className="text-std-16B-170">{draft.name}</p>
        <p className="mt-2 text-std-16N-170">元に戻せません。これまでに流した記録は残ります。</p>
      </ConfirmDialog>
    </article>
  );
}
