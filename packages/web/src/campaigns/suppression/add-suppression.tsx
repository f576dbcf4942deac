import type { SuppressionAdded } from '@madoguchi/server/campaign-suppression-contract';
import { SuppressionReasonSchema } from '@madoguchi/server/campaign-suppression-contract';
import { type FormEvent, useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { DateField } from '../../design/date-field.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { dayAndTime } from '../../words/japanese-time.ts';
import { useSuppress } from './suppression-queries.ts';
import { REASON_CHOICES } from './suppression-words.ts';

const NOBODY = { addresseeNumber: '', telephone: '', file: null as File | null, note: '' };
const WAYS = [
  { id: 'person', word: '1人ずつ' },
  { id: 'file', word: 'ファイルでまとめて' },
];

/** One person, or all 宛名番号 of a file, for a reason and a time. */
export function AddSuppression() {
  const [way, setWay] = useState('person');
  const [whom, setWhom] = useState(NOBODY);
  const [reason, setReason] = useState<string | null>(null);
  const [fromDay, setFromDay] = useState(() => dayAndTime(new Date().toISOString()).day);
  const [toDay, setToDay] = useState<string | null>(null);
  const suppress = useSuppress();
  const { addresseeNumber, telephone, file, note } = whom;
  const isNamed = way === 'file' ? file !== null : addresseeNumber.trim() !== '' || telephone.trim() !== '';
  const chosen = SuppressionReasonSchema.safeParse(reason);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isNamed || !chosen.success || suppress.isPending) return;
    const terms = { reason: chosen.data, note, fromDay, toDay };
    const meant =
      way === 'file' && file !== null
        ? ({ type: 'file', file } as const)
        : ({ type: 'person', addresseeNumber, telephone } as const);
    suppress.mutate({ whom: meant, terms }, { onSuccess: () => setWhom(NOBODY) });
  };
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      <ChoiceBar label="登録のしかた" choices={WAYS} value={way} onChange={setWay} />
      {way === 'person' ? (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label="宛名番号"
            description="先頭の0も入力してください。"
            size="small"
            autoComplete="off"
            value={addresseeNumber}
            onChange={(value) => setWhom({ ...whom, addresseeNumber: value })}
          />
          <TextField
            label="電話番号"
            description="入力すると、この電話を使う家族全員にかけません。"
            size="small"
            inputMode="tel"
            autoComplete="off"
            value={telephone}
            onChange={(value) => setWhom({ ...whom, telephone: value })}
          />
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-4">
          <FileTrigger
            acceptedFileTypes={['.csv', 'text/csv']}
            onSelect={(files) => setWhom({ ...whom, file: files?.[0] ?? null })}
          >
            <Button look="outline" size="small">
              <Icon name="list" />
              CSVファイルを選ぶ
            </Button>
          </FileTrigger>
          <p className="text-std-16N-170">
            {file === null
              ? '1行目に「宛名番号」という見出しがあるファイル、または宛名番号だけのファイルを選んでください。'
              : `選んだファイル：${file.name}`}
          </p>
        </div>
      )}
      <div className="grid grid-cols-[14rem_12rem_12rem_1fr] items-end gap-4">
        <Select
          label="理由"
          placeholder="選んでください"
          choices={REASON_CHOICES}
          value={reason}
          onChange={setReason}
        />
        <DateField label="この日から" value={fromDay} onChange={(day) => setFromDay(day ?? fromDay)} />
        <DateField
          label="この日まで（任意）"
          value={toDay ?? undefined}
          onChange={(day) => setToDay(day ?? null)}
        />
        <TextField
          label="メモ（任意）"
          size="small"
          autoComplete="off"
          maxLength={500}
          value={note}
          onChange={(value) => setWhom({ ...whom, note: value })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" isPending={suppress.isPending} isDisabled={!isNamed || !chosen.success}>
          発信を止める
        </Button>
        <p className="text-std-16N-170 text-solid-gray-700">
          {isNamed && chosen.success
            ? '待っている配信からもすぐに外します。'
            : '止める方と理由を入力すると、押せるようになります。'}
        </p>
      </div>
      {suppress.error === null ? null : (
        <Notice kind="error" title="登録できませんでした。何も変わっていません。">
          {messageOf(suppress.error)}
        </Notice>
      )}
      {suppress.data === undefined ? null : <Added added={suppress.data} />}
    </Form>
  );
}

function Added({ added: { added, takenOff, inProgress } }: { added: SuppressionAdded }) {
  const title = added === 0 ? 'すでに登録されています' : `${added.toLocaleString('ja')}件を登録しました`;
  return (
    <Notice kind={added === 0 ? 'info' : 'success'} title={title}>
      <p>
        {takenOff === 0
          ? '待っている配信先の中に、この方はいませんでした。'
          : `待っている配信先から${takenOff.toLocaleString('ja')}件を外しました。`}
        {inProgress === 0
          ? ''
          : `ただいま通話中の${inProgress.toLocaleString('ja')}件はそのまま続き、その後はかけません。`}
      </p>
    </Notice>
  );
}
