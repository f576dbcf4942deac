import type { EmergencyList, EmergencyTelephone } from '@madoguchi/server/emergency-contract';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/section.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { OwnPin } from './own-pin.tsx';
import { TelephoneNumber } from './telephone-number.tsx';
import { useTelephone } from './use-telephone.ts';

/** Setting up switching by telephone, for when no screen is at hand. */
export function TelephonePart({ numbers }: { numbers: EmergencyList['numbers'] }) {
  const { data, error, isPending, refetch } = useTelephone();
  return (
    <Section title="電話での操作">
      <div className="flex flex-col gap-6 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
        <p className="text-std-16N-170">
          画面を使えないときは、操作用の電話番号にかけ、担当者番号と暗証番号を押すと、用意した案内を流したり止めたりできます。
        </p>
        {error === null ? null : (
          <Notice
            kind="error"
            title="電話での操作の設定を読み込めませんでした"
            action={
              <Button look="outline" size="small" onPress={() => void refetch()}>
                もう一度読み込む
              </Button>
            }
          >
            {messageOf(error)}
          </Notice>
        )}
        {isPending ? <Loading rows={3} /> : null}
        {data === undefined ? null : (
          <>
            {data.closedUntil === null ? null : (
              <Notice kind="warning" title="電話での操作を止めています">
                暗証番号などを間違えた電話が10回あったため、
                <span className="numerals">{momentShown(data.closedUntil)}</span>
                まで、だれも電話では操作できません。画面からは操作できます。
              </Notice>
            )}
            <TelephoneNumber telephone={data} numbers={numbers} />
            <OwnPin own={data.own} />
            <People people={data.people} />
          </>
        )}
      </div>
    </Section>
  );
}

function People({ people }: { people: EmergencyTelephone['people'] }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-std-16B-170">電話で操作できる人</h3>
      {people.length === 0 ? (
        <p className="text-std-16N-170">暗証番号を設定した人は、まだいません。</p>
      ) : (
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {people.map(({ personId, name, isLocked }) => (
            <li key={personId} className="flex items-center gap-2 text-std-16N-170">
              {name}
              {isLocked ? <StateLabel word="使用停止" icon="alert" tone="warning" /> : null}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
