import { type Key, KeySchema, type Trial, type TrialInput } from '@madoguchi/flow';
import { type KeyboardEvent, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { TextField } from '../../design/text-field.tsx';
import { wordsOfParts } from './trial-words.ts';

const KEYS: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const KEY_NAMES: Readonly<Partial<Record<Key, string>>> = { '*': '米印', '#': 'シャープ' };

/** A telephone to be used by mouse or keys: where the focus is on it, 0 to 9, * and # press its own. */
export function Telephone({
  trial,
  onDo,
  onBegin,
}: {
  /** Null: nobody has called yet. */
  trial: Trial | null;
  onDo: (input: TrialInput) => void;
  onBegin: () => void;
}) {
  const canDo = trial?.canDo ?? null;
  const isOn = canDo?.hangUp === true;
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const key = KeySchema.safeParse(event.key);
    if (!key.success || canDo?.press !== true) return;
    event.preventDefault();
    onDo({ type: 'press', key: key.data });
  };
  return (
    <fieldset
      aria-label="電話機"
      onKeyDown={press}
      className="flex w-60 shrink-0 flex-col gap-3 rounded-16 border-2 border-solid-gray-600 bg-solid-gray-50 p-3 2xl:w-72"
    >
      <Display trial={trial} />
      <div className="grid grid-cols-3 gap-2">
        {KEYS.map((key) => {
          const label = canDo?.choices.find((choice) => choice.key === key)?.label;
          return (
            <AriaButton
              key={key}
              aria-label={`${KEY_NAMES[key] ?? key}${label === undefined ? '' : `（${label}）`}`}
              isDisabled={canDo?.press !== true}
              onPress={() => onDo({ type: 'press', key })}
              className={`flex min-h-14 flex-col items-center justify-center rounded-8 border bg-white px-1 data-hovered:bg-key-50 data-pressed:bg-key-100 disabled:cursor-not-allowed disabled:border-solid-gray-300 disabled:text-solid-gray-700 ${label === undefined ? 'border-solid-gray-420' : 'border-2 border-key-900'}`}
            >
              <span className="numerals text-std-20B-150 leading-6">{key}</span>
              {label === undefined ? null : (
                <span className="line-clamp-2 text-center text-dns-14N-130 break-all">{label}</span>
              )}
            </AriaButton>
          );
        })}
      </div>
      <Button look={isOn ? 'outline' : 'solid'} onPress={() => (isOn ? onDo({ type: 'hangUp' }) : onBegin())}>
        <Icon name={isOn ? 'hangUp' : 'phone'} />
        {isOn ? '電話を切る' : trial === null ? '電話をかける' : 'もう一度かける'}
      </Button>
      {canDo === null || !isOn ? null : <OtherDoings canDo={canDo} onDo={onDo} />}
    </fieldset>
  );
}

function Display({ trial }: { trial: Trial | null }) {
  const said = trial?.steps.findLast((step) => step.type === 'said');
  const state =
    trial === null
      ? '「電話をかける」を押すと始まります'
      : trial.state.ended !== null
        ? '通話が終わりました'
        : (trial.place?.title ?? '呼び出しています');
  return (
    <div className="min-h-24 rounded-8 bg-solid-gray-900 px-3 py-2 text-white">
      <p role="status" className="text-dns-14B-130">
        {state}
      </p>
      {said?.type === 'said' ? (
        <p className="mt-1 line-clamp-4 text-dns-14N-130">{wordsOfParts(said.parts)}</p>
      ) : null}
    </div>
  );
}

function OtherDoings({ canDo, onDo }: { canDo: Trial['canDo']; onDo: (input: TrialInput) => void }) {
  return (
    <div className="flex flex-col gap-2">
      {canDo.listen ? (
        <Button look="outline" size="small" onPress={() => onDo({ type: 'listen' })}>
          続きを聞く
        </Button>
      ) : null}
      {canDo.wait ? (
        <Button look="outline" size="small" onPress={() => onDo({ type: 'wait' })}>
          何もせずに待つ
        </Button>
      ) : null}
      {canDo.speak ? (
        <Button look="outline" size="small" onPress={() => onDo({ type: 'speak' })}>
          伝言を話し終える
        </Button>
      ) : null}
      {canDo.staffHangUp ? (
        <Button look="outline" size="small" onPress={() => onDo({ type: 'staffHangUp' })}>
          職員が電話を切る
        </Button>
      ) : null}
      {canDo.words.length > 0 ? <Speaking words={canDo.words} onDo={onDo} /> : null}
    </div>
  );
}

function Speaking({ words, onDo }: { words: readonly string[]; onDo: (input: TrialInput) => void }) {
  const [text, setText] = useState('');
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        onDo({ type: 'say', text: text.trim() });
        setText('');
      }}
    >
      <TextField
        label="話す言葉"
        size="small"
        description={`聞き取る言葉：${words.join('、')}`}
        value={text}
        onChange={setText}
      />
      <Button type="submit" look="outline" size="small">
        話す
      </Button>
    </form>
  );
}
