import type { TrunkDraft } from '@madoguchi/server/trunk-contract';
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../design/button.tsx';
import { Fold } from '../design/fold.tsx';
import { Icon } from '../design/icon.tsx';
import { Section } from '../design/section.tsx';
import { AccountFields } from './account-fields.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { DETAIL_PATHS, DetailFields } from './detail-fields.tsx';
import { TrunkFormProvider } from './form-context.tsx';
import { draftOfValues, type TrunkValues, valuesOf } from './form-values.ts';
import { LineFields } from './line-fields.tsx';
import { PresentedFields } from './presented-fields.tsx';
import { SaveTrouble } from './save-trouble.tsx';
import { TestResult } from './test-result.tsx';
import { TestRunning } from './test-running.tsx';
import { TestTrouble } from './test-trouble.tsx';
import { registersByKind } from './trunk-words.ts';
import { problemsOf, type StoredAs, useSaveTrunk, useTestTrunk } from './use-trunks.ts';

const INVALID_FIELD = ':is(input, textarea)[aria-invalid=true], [role=radiogroup][aria-invalid=true] input';

/** The few fields that a kind needs, the rest folded; a test of what is typed; saving. */
export function TrunkForm({
  initial,
  passwordsLost = [],
  storedAs,
  onSaved,
  onReload,
}: {
  initial: TrunkDraft;
  /** Numbers whose passwords have to be entered anew. */
  passwordsLost?: readonly string[];
  /** Null: a new one. */
  storedAs: StoredAs | null;
  onSaved: () => void;
  /** Drops what is typed and begins anew with what is stored now. */
  onReload: () => void;
}) {
  const [values, setValues] = useState<TrunkValues>(() => valuesOf(initial, passwordsLost));
  const [isOpen, setOpen] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const save = useSaveTrunk();
  const test = useTestTrunk();
  const isOfSave = save.error !== null;
  const trouble = save.error ?? test.error;
  const problems = useMemo(() => problemsOf(trouble), [trouble]);
  const isInDetails = problems.some(({ path }) => DETAIL_PATHS.some((each) => path.split('.')[0] === each));
  const testRef = useRef<HTMLDivElement>(null);
  const { status: testStatus } = test;
  useEffect(() => {
    // The button is always in sight, what comes of it is at the end of the form.
    if (testStatus === 'pending' || testStatus === 'success')
      testRef.current?.scrollIntoView({ block: 'nearest' });
  }, [testStatus]);
  const { reset: forgetTest } = test;
  const change = useCallback(
    (changes: Partial<TrunkValues>) => {
      setValues((before) => ({ ...before, ...changes }));
      // An answer to other settings than those on the screen would mislead.
      forgetTest();
    },
    [forgetTest],
  );

  useEffect(() => {
    if (trouble === null) return;
    const first = formRef.current?.querySelector<HTMLElement>(INVALID_FIELD);
    if (first !== undefined && first !== null) first.focus();
    else (isOfSave ? formRef : testRef).current?.scrollIntoView();
  }, [trouble, isOfSave]);

  const saveAs = (as: StoredAs | null) => {
    if (save.isPending) return;
    forgetTest();
    save.mutate({ draft: draftOfValues(values), storedAs: as }, { onSuccess: onSaved });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saveAs(storedAs);
  };
  const runTest = () => {
    if (test.isPending) return;
    save.reset();
    const order = { draft: draftOfValues(values), trunkId: storedAs?.trunkId ?? null };
    test.mutate(order);
  };

  return (
    <TrunkFormProvider values={values} change={change} problems={problems}>
      <Form
        ref={formRef}
        onSubmit={submit}
        validationBehavior="aria"
        className="flex flex-col gap-4 [&_:is(input,textarea,button,label)]:scroll-mb-28"
      >
        <SaveTrouble error={save.error} storedAs={storedAs} onReload={onReload} onOverwrite={saveAs} />
        <Section title="相手（電話会社の機器）">
          <ConnectionFields />
        </Section>
        {registersByKind(values.profile) || values.accounts.length > 0 ? (
          <Section title="登録する番号">
            <AccountFields />
          </Section>
        ) : null}
        <Section title="同時に通話できる数">
          <LineFields />
        </Section>
        <Section title="転送先に表示する番号">
          <PresentedFields />
        </Section>
        <Fold
          title="詳しい設定"
          explanation="電話会社から指定があるときだけ開いてください"
          // What is to be mended must be in sight.
          isOpen={isOpen || isInDetails}
          onOpenChange={setOpen}
        >
          <DetailFields />
        </Fold>
        <div ref={testRef} className="scroll-mb-28">
          <TestTrouble error={test.error} />
          {test.isPending ? <TestRunning /> : null}
          <div role="status">
            {test.data === undefined ? null : (
              <TestResult result={test.data} title="接続を試した結果（いま入力されている内容）" />
            )}
          </div>
        </div>
        <div className="sticky bottom-0 -mx-6 flex flex-wrap items-center gap-3 border-t border-solid-gray-300 bg-white px-6 py-3">
          <Button type="submit" isPending={save.isPending}>
            <Icon name="check" />
            {save.isPending ? '保存しています…' : '保存する'}
          </Button>
          <Button look="outline" isPending={test.isPending} onPress={runTest}>
            <Icon name="plug" />
            {test.isPending ? '試しています…' : '接続を試す'}
          </Button>
          <p className="text-std-16N-170 text-solid-gray-700">
            保存すると、数秒後からこの設定で電話を受けます。試すだけでは、電話に影響しません。
          </p>
        </div>
      </Form>
    </TrunkFormProvider>
  );
}
