import { type Calendar, checkCalendar, type Hours } from '@madoguchi/flow';
import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../design/button.tsx';
import { ChoiceList } from '../design/choice-list.tsx';
import { TextField } from '../design/text-field.tsx';
import { yearAndDay } from './calendar-words.ts';
import { HoursFields } from './hours-fields.tsx';
import type { ShownDay } from './shown-day.ts';

type Special = Calendar['days'][number];
type Treatment = 'rules' | 'closed' | 'open';

/** What one day is to be, apart from the rules: a 特別日, or none. Escape leaves it as it was. */
export function DayDialog({
  day,
  draft,
  onDecide,
  onClose,
}: {
  day: ShownDay;
  draft: Calendar;
  onDecide: (days: Special[]) => void;
  onClose: () => void;
}) {
  const now = draft.days.find(({ date }) => date === day.date);
  const [treatment, setTreatment] = useState<Treatment>(treatmentOf(now));
  const [label, setLabel] = useState(now?.label ?? '');
  const [hours, setHours] = useState<Hours[]>(
    now !== undefined && now.hours.length > 0 ? now.hours : [{ from: '08:45', to: '17:15' }],
  );
  const [isTried, setTried] = useState(false);
  const others = draft.days.filter(({ date }) => date !== day.date);
  const special = { label: label.trim(), date: day.date, hours: treatment === 'open' ? hours : [] };
  const problemAt = (path: string) => (isTried ? problemsOf(special, draft).get(path) : undefined);
  const isWrong = treatment === 'open' && hours.length === 0;

  const decide = () => {
    if (treatment === 'rules') return onDecide(others);
    setTried(true);
    if (isWrong || problemsOf(special, draft).size > 0) return;
    onDecide([...others, special].toSorted((one, other) => (one.date < other.date ? -1 : 1)));
  };

  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="fixed inset-0 z-10 grid place-items-center overflow-auto bg-opacity-gray-500 p-6"
    >
      <Modal className="w-full max-w-2xl rounded-12 bg-white p-6 shadow-4">
        <Dialog className="flex flex-col gap-4 outline-none">
          <div>
            <Heading slot="title" className="text-std-22B-150">
              {yearAndDay(day.date)}
            </Heading>
            <p className="text-std-16N-170 text-solid-gray-700">
              いまの内容：{day.hours}（{day.decidedBy}）
            </p>
          </div>
          <ChoiceList
            label="この日の扱い"
            choices={[
              { id: 'rules', word: 'きまりのとおり', explanation: '曜日や祝日などのきまりで決まります。' },
              { id: 'closed', word: 'この日は閉庁', explanation: '臨時の休みなど。' },
              { id: 'open', word: 'この日だけの時間で開庁', explanation: '休日窓口など。' },
            ]}
            value={treatment}
            onChange={(value) => setTreatment(treatmentFrom(value))}
          />
          {treatment === 'rules' ? null : (
            <TextField
              label="特別日の名前"
              description="例：休日窓口、庁舎停電。通話の記録にも残ります。"
              value={label}
              onChange={setLabel}
              maxLength={60}
              errorMessage={problemAt('days.0.label')}
            />
          )}
          {treatment === 'open' ? (
            <div>
              <HoursFields
                of="この日"
                hours={hours}
                onChange={setHours}
                problemAt={problemAt}
                path="days.0.hours"
              />
              {isTried && isWrong ? (
                <p role="alert" className="text-std-16N-170 text-error-2">
                  ＊開庁する時間を入力してください。
                </p>
              ) : null}
            </div>
          ) : null}
          <div className="flex justify-end gap-3">
            <Button look="outline" onPress={onClose}>
              やめる
            </Button>
            <Button onPress={decide}>この内容にする</Button>
          </div>
          <p className="text-right text-std-16N-170 text-solid-gray-700">
            電話に使われるのは、画面の下の「保存の確認へ」で保存してからです。
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What is wrong with the one special day, by its place. */
function problemsOf(special: Special, draft: Calendar): ReadonlyMap<string, string> {
  const checked = checkCalendar({ ...draft, days: [special] });
  const problems = checked.ok ? [] : checked.problems;
  return new Map(
    problems.filter(({ path }) => path.startsWith('days.')).map(({ path, message }) => [path, message]),
  );
}

function treatmentOf(now: Special | undefined): Treatment {
  if (now === undefined) return 'rules';
  return now.hours.length === 0 ? 'closed' : 'open';
}

function treatmentFrom(value: string): Treatment {
  return value === 'closed' || value === 'open' ? value : 'rules';
}
