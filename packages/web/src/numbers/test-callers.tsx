import type { TestCaller } from '@madoguchi/server/number-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { DateField } from '../design/date-field.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { TextField } from '../design/text-field.tsx';
import { dayWords } from './number-words.ts';
import {
  type TestCallerTyped,
  useRemoveTestCaller,
  useSaveTestCaller,
  useTestCallers,
} from './use-numbers.ts';

const NEW: TestCallerTyped = { number: '', note: '', fromDay: null, toDay: null, version: null };

/** Whose calls reach numbers that are not open yet. */
export function TestCallers({ mayManage }: { mayManage: boolean }) {
  const { data, error, isPending } = useTestCallers();
  const [typed, setTyped] = useState(NEW);
  const save = useSaveTestCaller();
  const remove = useRemoveTestCaller();
  const trouble = save.error ?? remove.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(typed, { onSuccess: () => setTyped(NEW) });
  };
  return (
    <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5">
      <p className="text-std-16N-170 text-solid-gray-700">
        ここに登録した電話からは、「テスト」の番号と開始日前の番号にもつながります。その通話には「試験」の印が付きます。
      </p>
      {error === null ? null : (
        <Notice kind="error" title="試験発信者を読み込めませんでした">
          {messageOf(error)}
        </Notice>
      )}
      {trouble === null ? null : (
        <Notice kind="error" title="変更できませんでした">
          {messageOf(trouble)}
        </Notice>
      )}
      {isPending ? <Loading rows={2} /> : null}
      {data?.testCallers.length === 0 ? <Empty icon="flag" title="試験発信者はまだいません" /> : null}
      <ul className="flex flex-col divide-y divide-solid-gray-200">
        {data?.testCallers.map((caller) => (
          <li key={caller.number} className="flex flex-wrap items-center gap-x-6 gap-y-2 py-2">
            <span className="numerals font-bold">{caller.shown}</span>
            <span className="grow">{caller.note}</span>
            <span className="numerals text-dns-16N-130">{daysOf(caller)}</span>
            {caller.isValidNow ? null : <StateLabel word="期間外" icon="clock" tone="plain" />}
            {mayManage ? (
              <span className="flex gap-2">
                <Button
                  look="outline"
                  size="small"
                  aria-label={`${caller.shown}を変更する`}
                  onPress={() =>
                    setTyped({
                      number: caller.shown,
                      note: caller.note,
                      fromDay: caller.fromDay,
                      toDay: caller.toDay,
                      version: caller.version,
                    })
                  }
                >
                  変更
                </Button>
                <Button
                  look="outline"
                  size="small"
                  aria-label={`${caller.shown}を外す`}
                  onPress={() => remove.mutate(caller.number)}
                >
                  外す
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {mayManage ? (
        <Form onSubmit={submit} validationBehavior="aria" className="flex flex-wrap items-end gap-4">
          <TextField
            label="電話番号"
            size="small"
            inputMode="tel"
            autoComplete="off"
            isRequired
            isReadOnly={typed.version !== null}
            value={typed.number}
            onChange={(number) => setTyped({ ...typed, number })}
          />
          <TextField
            label="だれの電話か"
            size="small"
            autoComplete="off"
            value={typed.note}
            onChange={(note) => setTyped({ ...typed, note })}
          />
          <DateField
            label="この日から"
            value={typed.fromDay ?? undefined}
            onChange={(day) => setTyped({ ...typed, fromDay: day ?? null })}
          />
          <DateField
            label="この日まで"
            value={typed.toDay ?? undefined}
            onChange={(day) => setTyped({ ...typed, toDay: day ?? null })}
          />
          <Button type="submit" look="outline" isPending={save.isPending}>
            {typed.version === null ? '登録する' : '変更を保存する'}
          </Button>
          {typed.version === null ? null : (
            <Button look="quiet" onPress={() => setTyped(NEW)}>
              やめる
            </Button>
          )}
        </Form>
      ) : null}
    </div>
  );
}

function daysOf({ fromDay, toDay }: TestCaller): string {
  if (fromDay === null && toDay === null) return '期限なし';
  return `${fromDay === null ? '' : dayWords(fromDay)}～${toDay === null ? '' : dayWords(toDay)}`;
}
