import { type CalendarProblem, checkCalendar, type HolidaySet } from '@madoguchi/flow';
import type { CalendarDetail } from '@madoguchi/server/calendar-contract';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { BehindNotice } from '../design/behind-notice.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { useDraft } from '../use-draft.ts';
import { dayAndTime, momentShown } from '../words/japanese-time.ts';
import { CalendarFormProvider } from './form-context.tsx';
import { HearPanel } from './hear-panel.tsx';
import { MonthSection } from './month-section.tsx';
import { RuleFolds } from './rule-folds.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { problemsOf, useSaveCalendar } from './use-calendars.ts';

const INVALID_FIELD = ':is(input, [role=group])[aria-invalid=true]';

/** A calendar edited as a whole: what is typed is seen in the month at once and saved in one step. */
export function CalendarEditor({ detail, holidays }: { detail: CalendarDetail; holidays: HolidaySet }) {
  const { calendarId } = detail;
  const form = useDraft(`calendar ${calendarId}`, detail, ({ calendar }) => calendar);
  const { draft, base } = form;
  const save = useSaveCalendar(calendarId);
  const [isTried, setTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [tries, setTries] = useState(0);
  const formRef = useRef<HTMLDivElement>(null);
  const today = dayAndTime(new Date().toISOString()).day;
  const checked = checkCalendar(draft);
  const problems: readonly CalendarProblem[] = !isTried
    ? []
    : checked.ok
      ? problemsOf(save.error)
      : checked.problems;

  useEffect(() => {
    if (tries > 0) formRef.current?.querySelector<HTMLElement>(INVALID_FIELD)?.focus();
  }, [tries]);

  const askToSave = () => {
    setTried(true);
    save.reset();
    if (checked.ok) setAsking(true);
    else setTries((before) => before + 1);
  };
  const answer = (go: boolean) => {
    setAsking(false);
    if (!go || save.isPending) return;
    const sent = draft;
    save.mutate(
      { calendar: sent, version: base.version },
      {
        onSuccess: ({ version }) => {
          setTried(false);
          form.saved({ ...detail, calendar: sent, version }, sent);
        },
      },
    );
  };
  const isSaved = save.isSuccess && !form.isEdited;

  return (
    <CalendarFormProvider draft={draft} edit={form.edit} problems={problems}>
      <div ref={formRef} className="flex flex-col gap-5 [&_:is(input,textarea,button)]:scroll-mb-28">
        {form.isBehind ? (
          <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
            {`${detail.calendar.name}（${detail.changedBy ?? '初期設定'}が${momentShown(detail.changedAt)}に変更）`}
          </BehindNotice>
        ) : save.error === null ? null : (
          <Notice kind="error" title="保存できませんでした">
            {messageOf(save.error)}
          </Notice>
        )}
        <MonthSection
          draft={draft}
          saved={base.calendar}
          holidays={holidays}
          today={today}
          onDays={(days) => form.edit({ days })}
        />
        <HearPanel calendarId={calendarId} draft={draft} isEdited={form.isEdited} holidays={holidays} />
        <section aria-labelledby="rules-heading" className="print:hidden">
          <h2 id="rules-heading" className="mb-2 text-std-20B-150 text-solid-gray-900">
            開庁のきまり
          </h2>
          <div className="mb-3 max-w-xl">
            <TextField
              label="カレンダーの名前"
              size="small"
              value={draft.name}
              onChange={(name) => form.edit({ name })}
              maxLength={100}
              errorMessage={problems.find(({ path }) => path === 'name')?.message}
            />
          </div>
          <RuleFolds holidays={holidays} today={today} problems={problems} />
        </section>
        <div className="sticky bottom-0 -mx-6 flex flex-wrap items-center gap-3 border-t border-solid-gray-300 bg-white px-6 py-3 print:hidden">
          <Button isPending={save.isPending} isDisabled={!form.isEdited || form.isBehind} onPress={askToSave}>
            <Icon name="check" />
            {save.isPending ? '保存しています…' : '保存の確認へ'}
          </Button>
          <Button look="outline" isDisabled={!form.isEdited} onPress={form.takeNewest}>
            変更を取り消す
          </Button>
          <p role="status" className="text-std-16N-170">
            {problems.length > 0
              ? `入力内容に誤りが${problems.length}か所あります。赤い文字のところを直してください。`
              : form.isEdited
                ? '保存していない変更があります。電話には、まだ使われていません。'
                : isSaved
                  ? '保存しました。次の電話から、この内容で案内します。'
                  : '変更はありません。'}
          </p>
        </div>
        <SaveDialog
          saved={base.calendar}
          draft={draft}
          holidays={holidays}
          today={today}
          isOpen={isAsking}
          onAnswer={answer}
        />
      </div>
    </CalendarFormProvider>
  );
}
