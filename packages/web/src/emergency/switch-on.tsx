import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { DateField } from '../design/date-field.tsx';
import { Icon } from '../design/icon.tsx';
import { Select } from '../design/select.tsx';
import { TextField } from '../design/text-field.tsx';
import { instantOf, momentShown } from '../words/japanese-time.ts';

const HOUR_MS = 3_600_000;
const SPANS = [
  { id: '1', word: '1時間後まで' },
  { id: '3', word: '3時間後まで' },
  { id: '12', word: '12時間後まで' },
  { id: '24', word: '24時間後まで' },
  { id: '72', word: '3日後まで' },
  { id: 'own', word: '日時を決める' },
] as const;

/** One click and the next caller hears it; the end is set already, and may be another. */
export function SwitchOn({
  name,
  isPending,
  onSwitch,
}: {
  name: string;
  isPending: boolean;
  onSwitch: (endsAt: string) => void;
}) {
  const [span, setSpan] = useState<string>('24');
  const [day, setDay] = useState<string | undefined>(undefined);
  const [time, setTime] = useState('17:15');
  const isOwn = span === 'own';
  const isTimeRight = /^([01]\d|2[0-3]):[0-5]\d$/.test(time.normalize('NFKC').trim());
  const isReady = !isOwn || (day !== undefined && isTimeRight);
  const go = () => {
    if (isPending || !isReady) return;
    onSwitch(
      isOwn && day !== undefined
        ? instantOf({ day, time: time.normalize('NFKC').trim() })
        : new Date(Date.now() + Number(span) * HOUR_MS).toISOString(),
    );
  };
  return (
    <>
      {/* Not `isPending`: what that announces names the button, which is gone once it is on. */}
      <Button isDisabled={!isReady} aria-label={`「${name}」を流す`} onPress={go}>
        <Icon name="speaker" />
        {isPending ? '切り替えています…' : '流す'}
      </Button>
      <Select label="自動で終わる時刻" choices={SPANS} value={span} onChange={setSpan} />
      {isOwn ? (
        <>
          <DateField label="終わりの日" value={day} onChange={setDay} />
          <TextField
            label="終わりの時刻"
            size="small"
            inputMode="numeric"
            autoComplete="off"
            value={time}
            onChange={setTime}
            errorMessage={isTimeRight ? undefined : '「08:45」のように入力してください。'}
          />
        </>
      ) : (
        <p className="pb-2 text-std-16N-170 text-solid-gray-700">
          いま流すと
          <span className="numerals">
            {momentShown(new Date(Date.now() + Number(span) * HOUR_MS).toISOString())}
          </span>
          まで
        </p>
      )}
    </>
  );
}
