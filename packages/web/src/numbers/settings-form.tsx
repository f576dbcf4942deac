import type { NumberDraft, NumberShown } from '@madoguchi/server/number-contract';
import { type FormEvent, useEffect, useRef } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { BehindNotice } from '../design/behind-notice.tsx';
import { Button } from '../design/button.tsx';
import { CheckBox } from '../design/check-box.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { ChoiceList } from '../design/choice-list.tsx';
import { DateField } from '../design/date-field.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { Select } from '../design/select.tsx';
import { TextField } from '../design/text-field.tsx';
import { useDraft } from '../use-draft.ts';
import { PRESENTED, WHEN_FULL } from './number-words.ts';
import { numberProblemsOf, useSaveNumber } from './use-numbers.ts';

const NO_CALENDAR = 'none';

/** Everything about a number but its state. Who may not change it sees it all the same. */
export function SettingsForm({
  number,
  calendars,
  mayManage,
}: {
  number: NumberShown;
  calendars: readonly { readonly calendarId: string; readonly name: string }[];
  mayManage: boolean;
}) {
  const form = useDraft(`number ${number.phoneNumber}`, number, (value): NumberDraft => value.draft);
  const { draft, base, edit } = form;
  const save = useSaveNumber(number.phoneNumber);
  const problem = numberProblemsOf(save.error);
  const formRef = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.error === null) return;
    const first = formRef.current?.querySelector<HTMLElement>('input[aria-invalid=true]');
    first?.focus({ preventScroll: true });
    // What is wrong stands below the field, where the button must not cover it.
    first?.scrollIntoView({ block: 'center' });
  }, [save.error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    save.mutate(
      { draft, version: base.version },
      { onSuccess: ({ version }) => form.saved({ ...number, draft, version }, draft) },
    );
  };
  return (
    <Form
      ref={formRef}
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-5 rounded-8 border border-solid-gray-300 bg-white px-5 py-4 [&_:is(input,button,label)]:scroll-mb-28"
    >
      {form.isBehind ? (
        <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
          {`${number.changedBy ?? 'ほかの人'}が、この番号の設定を変更しました。`}
        </BehindNotice>
      ) : null}
      {save.error === null || form.isBehind ? null : (
        <Notice kind="error" title="保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      <fieldset disabled={!mayManage} className="contents">
        <div className="grid grid-cols-[3fr_2fr] items-start gap-4">
          <TextField
            label="名前"
            size="small"
            isRequired
            autoComplete="off"
            value={draft.name}
            onChange={(name) => edit({ name })}
            errorMessage={problem('name')}
          />
          <DateField
            label="開始日（空のときは、すぐに始まります）"
            value={draft.opensOn ?? undefined}
            onChange={(day) => edit({ opensOn: day ?? null })}
          />
        </div>
        <TextField
          label="停止中の転送先"
          description="「停止」にすると、すべての電話をこの番号へそのまま転送します。このシステムで受けている番号は使えません。"
          size="small"
          inputMode="tel"
          autoComplete="off"
          value={draft.forwardTo}
          onChange={(forwardTo) => edit({ forwardTo })}
          errorMessage={problem('forwardTo')}
        />
        <div className="grid grid-cols-[3fr_2fr] items-start gap-4">
          <TextField
            label="障害のときの転送先"
            description="このシステムが動かないとき、開庁時間内はこの番号へ転送します。"
            size="small"
            inputMode="tel"
            autoComplete="off"
            value={draft.fallbackNumber}
            onChange={(fallbackNumber) => edit({ fallbackNumber })}
            errorMessage={problem('fallbackNumber')}
          />
          <div className="pt-8">
            <Select
              label="開庁時間"
              choices={[
                ...calendars.map(({ calendarId, name }) => ({ id: calendarId, word: name })),
                { id: NO_CALENDAR, word: '決めない（転送しません）' },
              ]}
              value={draft.calendarId ?? NO_CALENDAR}
              onChange={(id) => edit({ calendarId: id === NO_CALENDAR ? null : id })}
            />
          </div>
        </div>
        <ChoiceList
          label="転送先の電話機に表示する番号"
          columns={2}
          choices={PRESENTED}
          value={draft.presented}
          onChange={(id) => {
            const chosen = PRESENTED.find((each) => each.id === id);
            if (chosen !== undefined) edit({ presented: chosen.id });
          }}
        />
        {draft.presented === 'number' ? (
          <TextField
            label="表示する番号"
            size="small"
            inputMode="tel"
            autoComplete="off"
            value={draft.presentedNumber}
            onChange={(presentedNumber) => edit({ presentedNumber })}
            errorMessage={problem('presentedNumber')}
          />
        ) : null}
        <div className="flex flex-wrap items-start gap-6">
          <TextField
            label="この番号で同時に受ける数"
            description="空のときは、回線の数まで受けます。"
            size="small"
            inputMode="numeric"
            autoComplete="off"
            value={draft.maxCalls}
            onChange={(maxCalls) => edit({ maxCalls })}
            errorMessage={problem('maxCalls')}
          />
          {draft.maxCalls.trim() === '' ? null : (
            <ChoiceBar
              label="それより多いときに聞こえるもの"
              choices={WHEN_FULL}
              value={draft.whenFull}
              onChange={(id) => {
                const chosen = WHEN_FULL.find((each) => each.id === id);
                if (chosen !== undefined) edit({ whenFull: chosen.id });
              }}
            />
          )}
        </div>
        <div>
          <CheckBox
            label="通話と伝言を録音する"
            isSelected={draft.recordingEnabled}
            onChange={(recordingEnabled) => edit({ recordingEnabled })}
          />
          <p className="text-std-16N-170 text-solid-gray-700">
            {draft.recordingEnabled
              ? 'フローで録音のお知らせを聞いた人の通話と伝言だけを、録音します。'
              : 'フローに録音の指定があっても、何も録音しません。伝言は受けられません。お知らせの文が残るときは、フローを直してください。'}
          </p>
          <p className="text-std-16N-170 text-solid-gray-700">
            公開中のフローのお知らせ：
            {number.recordingNotices.length === 0
              ? 'ありません（録音されません）'
              : number.recordingNotices.map((text) => `「${text}」`).join('')}
          </p>
        </div>
      </fieldset>
      {mayManage ? (
        <div className="sticky bottom-0 -mx-5 -mb-4 flex flex-wrap items-center gap-3 rounded-b-8 border-t border-solid-gray-300 bg-white px-5 py-3 print:hidden">
          <Button type="submit" isPending={save.isPending} isDisabled={form.isBehind}>
            <Icon name="check" />
            {save.isPending ? '保存しています…' : '設定を保存する'}
          </Button>
          <p role="status" className="text-std-16N-170 text-solid-gray-700">
            {save.isSuccess && !form.isEdited
              ? '保存しました。次の電話から、この設定になります。'
              : form.isEdited
                ? '保存していない変更があります。'
                : ''}
          </p>
        </div>
      ) : null}
    </Form>
  );
}
