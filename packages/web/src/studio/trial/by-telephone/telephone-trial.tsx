import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { Button } from '../../../design/button.tsx';
import { Empty } from '../../../design/empty.tsx';
import { Icon } from '../../../design/icon.tsx';
import { Loading } from '../../../design/loading.tsx';
import { Notice } from '../../../design/notice.tsx';
import { Section } from '../../../design/section.tsx';
import { StudioDialog } from '../../actions/studio-dialog.tsx';
import { useStudio } from '../../studio-context.tsx';
import { NumberUnderTest } from './number-under-test.tsx';
import { RegisteredTelephones } from './registered-telephones.tsx';
import { useTelephoneTrials } from './use-telephone-trials.ts';

/** 電話で試す: lets test callers reach the draft with a real telephone. */
export function TelephoneTrial() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mb-4">
      <Button look="outline" size="small" onPress={() => setOpen(true)}>
        <Icon name="phone" className="size-4" />
        電話で試す
      </Button>
      {isOpen ? (
        <StudioDialog title="電話で試す" onClose={() => setOpen(false)}>
          <p className="text-std-16N-170">
            「テスト」の電話番号に、登録した電話からかけると、いまの下書きを実際に聞けます。市民の皆さまには流れません。
          </p>
          <Numbers />
          <Section title="登録した電話（試験発信者）">
            <RegisteredTelephones />
          </Section>
          <Section title="お試しのあいだのこと">
            <ul className="list-disc pl-6 text-std-16N-170">
              <li>登録していない電話には、準備中というアナウンスが流れます。</li>
              <li>版を公開しても、お試しをやめるまでは、登録した電話にこの下書きが流れます。</li>
              <li>
                番号を「本番」にすると、登録した電話にも公開中のフローが流れます。開始日を決めた番号では、その前の日まで下書きが流れます。
              </li>
            </ul>
          </Section>
          <div className="mt-6 flex justify-end">
            <Button look="outline" onPress={() => setOpen(false)}>
              閉じる
            </Button>
          </div>
        </StudioDialog>
      ) : null}
    </div>
  );
}

function Numbers() {
  const { flow, state } = useStudio();
  const { save, stored, mayEdit } = state;
  const { data, error, refetch } = useTelephoneTrials(flow.id, stored.version);
  return (
    <Section title="「テスト」の電話番号">
      {error === null ? null : (
        <Notice
          kind="error"
          title="電話番号を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined && error === null ? <Loading rows={2} /> : null}
      {data?.numbers.length === 0 ? (
        <Empty icon="phone" title="「テスト」の電話番号がありません">
          試す番号の状態を「テスト」にしてください。
          <Link to="/numbers" className="text-key-900 underline underline-offset-4">
            電話番号の画面へ
          </Link>
        </Empty>
      ) : null}
      {save.type === 'saved' || !mayEdit ? null : (
        <Notice
          kind="info"
          title={
            save.type === 'failed' || save.type === 'conflict'
              ? '下書きがまだ保存されていません。保存できてから、お試しください。'
              : '下書きを保存しています。少しお待ちください。'
          }
        />
      )}
      <ul className="mt-2 flex flex-col gap-2">
        {data?.numbers.map((number) => (
          <NumberUnderTest
            key={number.phoneNumber}
            number={number}
            flowId={flow.id}
            draftVersion={save.type === 'saved' ? stored.version : null}
            mayOrder={mayEdit}
          />
        ))}
      </ul>
    </Section>
  );
}
