import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Section } from '../design/section.tsx';
import { TextField } from '../design/text-field.tsx';
import { useAddCalendar } from './use-calendars.ts';

/** A new calendar begins with the hours of an ordinary city hall and is opened at once. */
export function AddCalendar() {
  const navigate = useNavigate();
  const add = useAddCalendar();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    setProblem(name.trim() === '' ? 'カレンダーの名前を入力してください。' : undefined);
    if (name.trim() === '') return;
    add.mutate(name.trim(), {
      onSuccess: ({ calendarId }) => void navigate({ to: '/calendars/$calendarId', params: { calendarId } }),
      onError: (error) => setProblem(messageOf(error)),
    });
  };
  return (
    <Section title="カレンダーを追加する">
      <form
        onSubmit={submit}
        className="flex flex-wrap items-start gap-3 rounded-8 border border-solid-gray-300 bg-white p-5"
      >
        <div className="w-96">
          <TextField
            label="名前"
            description="例：納付相談の開庁日。平日8:45〜17:15で始まり、すぐに変更できます。"
            value={name}
            onChange={setName}
            maxLength={100}
            errorMessage={problem}
          />
        </div>
        <div className="self-end">
          <Button type="submit" isPending={add.isPending}>
            追加する
          </Button>
        </div>
      </form>
    </Section>
  );
}
