import type { RecipientPreview } from '@madoguchi/server/campaign-contract';
import { useMemo, useState } from 'react';
import { SpokenIn } from '../../announcements/spoken-voice.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { useTellHeard } from '../campaign-deeds.ts';
import { useRecipientPreview } from '../campaign-queries.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { SayingNodeShown } from './saying-node-shown.tsx';
import { textsFor } from './texts-for.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Exactly what this person would hear and read. */
export function RecipientPreviewShown({
  campaignId,
  recipientId,
  unheard = NOTHING,
}: {
  campaignId: string;
  recipientId: number;
  /** Texts of the scenario that nobody has listened to. */
  unheard?: ReadonlySet<string> | undefined;
}) {
  const { data, error, refetch } = useRecipientPreview(campaignId, recipientId);
  if (data === undefined)
    return error === null ? (
      <Loading rows={3} />
    ) : (
      <ReadingTrouble what="流れる内容" error={error} onAgain={() => void refetch()} />
    );
  const { bundle } = data;
  return (
    <SpokenIn voice={bundle?.flows[bundle.entryFlowId]?.voice}>
      <Shown campaignId={campaignId} preview={data} unheard={unheard} />
    </SpokenIn>
  );
}

function Shown({
  campaignId,
  preview: { recipient, bundle, values, sharesCallWith, sms, missingValues },
  unheard,
}: {
  campaignId: string;
  preview: RecipientPreview;
  unheard: ReadonlySet<string>;
}) {
  const tellHeard = useTellHeard(campaignId);
  const [now] = useState(() => Date.now());
  const nodes = useMemo(() => (bundle === null ? [] : textsFor(bundle, values, now)), [bundle, values, now]);
  const before = nodes.filter(({ when }) => when === 'before');
  const after = nodes.filter(({ when }) => when === 'after');
  return (
    <section aria-label="この方に流れる内容" className="flex flex-col gap-4">
      <p className="text-std-16B-170">
        宛名番号 {recipient.addresseeNumber} の方に流れる内容
        <span className="ml-3 font-normal">
          {[
            recipient.telephoneShown,
            recipient.nameKana === '' ? 'フリガナなし' : recipient.nameKana,
            recipient.hasBirthDate ? '生年月日あり' : '生年月日なし（本人確認はできません）',
          ].join('　')}
        </span>
      </p>
      {missingValues.length === 0 ? null : (
        <Notice kind="warning" title={`この方の名簿には、${missingValues.join('、')}がありません`} />
      )}
      {sharesCallWith === 0 ? null : (
        <Notice kind="info" title={`同じ電話番号の方が、ほかに${sharesCallWith}人います`}>
          電話は1回にまとめます。お誕生日でどなたかを確かめるまでは、どなたの内容も流れません。確かめた後は、その方の内容だけが流れます。
        </Notice>
      )}
      {nodes.length === 0 ? null : (
        <>
          <Group
            title="本人確認の前（だれが出ても聞こえます）"
            nodes={before}
            values={values}
            unheard={unheard}
            onHeard={tellHeard}
            empty="案内はありません。"
          />
          {after.length === 0 ? null : (
            <Group
              title="本人確認の後（ご本人だけが聞きます）"
              nodes={after}
              values={values}
              unheard={unheard}
              onHeard={tellHeard}
              empty=""
            />
          )}
        </>
      )}
      {sms === null ? null : (
        <div className="flex flex-col gap-1">
          <p className="flex items-center gap-2 text-std-16B-170">
            <Icon name="message" />
            SMS（{sms.characters}文字、{sms.parts}通分）
          </p>
          <p className="rounded-8 border border-solid-gray-300 bg-solid-gray-50 px-4 py-3 text-std-16N-170 whitespace-pre-wrap">
            {sms.text}
          </p>
        </div>
      )}
      {nodes.length === 0 && sms === null ? (
        <p className="text-std-16N-170 text-solid-gray-700">
          流れる内容がありません。シナリオかSMSの文面を決めて保存してください。
        </p>
      ) : null}
    </section>
  );
}

function Group({
  title,
  nodes,
  values,
  unheard,
  onHeard,
  empty,
}: {
  title: string;
  nodes: ReturnType<typeof textsFor>;
  values: RecipientPreview['values'];
  unheard: ReadonlySet<string>;
  onHeard: () => void;
  empty: string;
}) {
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2 text-std-16B-170">
        <Icon name="phone" />
        {title}
      </p>
      {nodes.length === 0 ? <p className="text-std-16N-170">{empty}</p> : null}
      <ol className="flex flex-col gap-2">
        {nodes.map((node) => (
          <SayingNodeShown key={node.id} node={node} values={values} unheard={unheard} onHeard={onHeard} />
        ))}
      </ol>
    </div>
  );
}
