import { MOST_RECIPIENT_VALUES } from '@madoguchi/flow';
import { useState } from 'react';
import { CheckBox } from '../../design/check-box.tsx';
import { Fold } from '../../design/fold.tsx';
import { setRecipientValues } from '../edit/edits.ts';
import { useStudio } from '../studio-context.tsx';
import { ListSetting } from './fields/list-setting.tsx';
import { ReadAsSetting } from './fields/read-as-setting.tsx';
import { TextSetting } from './fields/text-setting.tsx';

/** The settings of the flow itself, while no node is chosen. */
export function FlowPanel() {
  const { flow, state, edit } = useStudio();
  const values = flow.recipientValues ?? [];
  const [isOpen, setOpen] = useState(values.length > 0);
  const isReadOnly = !state.mayEdit;
  return (
    <div className="flex flex-col gap-3">
      <p className="rounded-8 border border-solid-gray-300 bg-white p-4 text-std-16N-170 text-solid-gray-700">
        ノードを選ぶと、ここで設定を変えられます。
      </p>
      <Fold
        title="配信先の値"
        explanation={values.length === 0 ? 'なし' : `${values.length}個`}
        isOpen={isOpen}
        onOpenChange={setOpen}
      >
        <p className="mb-3 text-std-16N-170 text-solid-gray-700">
          市から電話をかけるとき、案内に入れる値です。配信先の一覧から、お一人ずつ入ります。電話を受けるだけのフローには、いりません。
        </p>
        <ListSetting
          label="値"
          itemWord="値"
          items={values}
          max={MOST_RECIPIENT_VALUES}
          isReadOnly={isReadOnly}
          newItem={() => ({ name: '', readAs: 'text' as const, isPersonal: true, example: '' })}
          onChange={(changed) => edit(setRecipientValues(flow, changed), 'recipientValues')}
          show={(value, change) => (
            <>
              <TextSetting
                label="値の名前"
                description="案内の中で使う名前です。例：納期限"
                value={value.name}
                isReadOnly={isReadOnly}
                onChange={(name) => change({ ...value, name })}
              />
              <ReadAsSetting
                value={value.readAs}
                isReadOnly={isReadOnly}
                onChange={(readAs) => change({ ...value, readAs })}
              />
              <CheckBox
                label="個人に関わる値（本人確認の後にだけ伝えます）"
                isDisabled={isReadOnly}
                isSelected={value.isPersonal}
                onChange={(isPersonal) => change({ ...value, isPersonal })}
              />
              <TextSetting
                label="例"
                description={EXAMPLE_HELP[value.readAs] ?? 'お試しと試し聞きで使います。'}
                value={value.example}
                isReadOnly={isReadOnly}
                onChange={(example) => change({ ...value, example })}
              />
            </>
          )}
        />
      </Fold>
    </div>
  );
}

const EXAMPLE_HELP: Readonly<Record<string, string>> = {
  date: 'お試しと試し聞きで使います。2026-06-30 のように入力してください。',
  time: 'お試しと試し聞きで使います。09:30 のように入力してください。',
  amount: 'お試しと試し聞きで使います。12000 のように、数字だけで入力してください。',
};
