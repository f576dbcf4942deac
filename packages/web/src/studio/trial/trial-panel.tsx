import {
  type BundleDraft,
  expectationOf,
  flowToTry,
  type PathStep,
  recipientValuesOf,
  runTrial,
  type TrialInput,
  type TrialSetting,
} from '@madoguchi/flow';
import type { KeptFlowTest, TrialHouse } from '@madoguchi/server/trial-contract';
import { useEffect, useMemo, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { Fold } from '../../design/fold.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { Conversation, type OnListen } from './conversation.tsx';
import { KeptTests } from './kept-tests.tsx';
import { withoutLastDeed } from './last-deed.ts';
import { SaveAsTest } from './save-as-test.tsx';
import { Telephone } from './telephone.tsx';
import { TrialSettings } from './trial-settings.tsx';
import { CALLERS, settingInWords } from './trial-words.ts';
import { houseViewOf, useRemoveTest, useSaveTest } from './use-trial.ts';

export type TrialPanelProps = {
  /** The draft as it is on the screen, with the flows that it leads to. */
  bundle: BundleDraft;
  house: TrialHouse;
  tests: readonly KeptFlowTest[];
  mayEdit: boolean;
  now: number;
  onListen?: OnListen | undefined;
  /** The way that the call has gone, and where it stands, for whoever draws the flow. */
  onPath?: ((path: readonly PathStep[], at: { flowId: string; nodeId: string } | null) => void) | undefined;
};

/** A call through a draft, by a drawn telephone: nobody is called, nothing is sent. */
export function TrialPanel({ bundle, house, tests, mayEdit, now, onListen, onPath }: TrialPanelProps) {
  const [setting, setSetting] = useState(() => usualSetting(house, now));
  const [inputs, setInputs] = useState<readonly TrialInput[] | null>(null);
  const [areConditionsOpen, setAreConditionsOpen] = useState(true);
  const [isStepwise, setIsStepwise] = useState(false);
  const view = useMemo(() => houseViewOf(house), [house]);
  const isPlaced = useMemo(() => recipientValuesOf(bundle).length > 0, [bundle]);
  const made = useMemo(() => flowToTry(bundle), [bundle]);
  const trial = useMemo(
    () => (made.ok && inputs !== null ? runTrial(made.flow, view, setting, inputs) : null),
    [made, view, setting, inputs],
  );
  const save = useSaveTest(bundle.entryFlowId);
  const remove = useRemoveTest(bundle.entryFlowId);
  const problem = save.error ?? remove.error;
  useEffect(() => {
    if (trial !== null) onPath?.(trial.path, trial.place);
  }, [trial, onPath]);
  const onward: readonly TrialInput[] = isStepwise ? [] : [{ type: 'listenOut' }];
  const doIt = (input: TrialInput) => setInputs((before) => [...(before ?? []), input, ...onward]);
  if (!made.ok) {
    const titles = made.nodes.map(
      ({ flowId, nodeId }) => bundle.flows[flowId]?.nodes[nodeId]?.title || nodeId,
    );
    return (
      <Notice kind="warning" title="設定の途中のノードがあるため、まだ試せません">
        先に、次のノードの設定を直してください：{titles.map((title) => `「${title}」`).join('、')}
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-4">
        <div className="flex flex-col gap-2">
          <Telephone
            trial={trial}
            onDo={doIt}
            onBegin={() => {
              setInputs(onward);
              setAreConditionsOpen(false);
            }}
          />
          <Button
            look="quiet"
            size="small"
            isDisabled={inputs === null || withoutLastDeed(inputs) === null}
            onPress={() => setInputs(inputs === null ? null : withoutLastDeed(inputs))}
          >
            一つ前に戻る
          </Button>
          <CheckBox label="案内を一つずつ聞く" isSelected={isStepwise} onChange={setIsStepwise} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Fold
            title="電話の条件"
            explanation={settingInWords(setting, isPlaced)}
            isOpen={areConditionsOpen}
            onOpenChange={setAreConditionsOpen}
          >
            <TrialSettings
              bundle={bundle}
              house={house}
              setting={setting}
              now={now}
              onChange={(changed) => {
                setSetting(changed);
                setInputs(null);
              }}
            />
          </Fold>
          <Section title="通話の流れ">
            <Conversation steps={trial?.steps ?? []} onListen={onListen} />
          </Section>
          {trial === null || !mayEdit ? null : (
            <SaveAsTest
              isPending={save.isPending}
              onSave={(name) => {
                const test = { setting, inputs: [...trial.inputs], expected: expectationOf(trial) };
                save.mutate({ testId: null, name, test });
              }}
            />
          )}
        </div>
      </div>
      {problem === null ? null : (
        <Notice kind="error" title="保存できませんでした">
          {messageOf(problem)}
        </Notice>
      )}
      <Section title="保存した確認">
        <KeptTests
          bundle={bundle}
          house={view}
          tests={tests}
          mayEdit={mayEdit}
          onOpen={({ test }) => {
            setSetting(test.setting);
            setInputs(test.inputs);
          }}
          onAccept={({ testId, name, test }) => {
            const expected = expectationOf(runTrial(made.flow, view, test.setting, test.inputs));
            save.mutate({ testId, name, test: { ...test, expected } });
          }}
          onRemove={({ testId }) => remove.mutate(testId)}
        />
      </Section>
    </div>
  );
}

function usualSetting(house: TrialHouse, now: number): TrialSetting {
  const [number] = house.numbers;
  const [caller] = CALLERS;
  return {
    at: new Date(now).toISOString(),
    phoneNumber: number?.phoneNumber ?? '0725001001',
    ...(number === undefined ? {} : { phoneNumberName: number.name }),
    caller: { kind: caller?.id ?? 'mobile', number: caller?.number ?? null },
    onLists: [],
    transfers: { usual: 'answered', byNumber: {} },
    sms: 'accepted',
    recording: 'works',
    identity: 'matches',
    recipient: {},
  };
}
