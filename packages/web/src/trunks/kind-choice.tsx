import { TRUNK_PROFILES } from '@madoguchi/server/trunk-contract';
import { Fragment } from 'react';
import { ChoiceList } from '../design/choice-list.tsx';
import { Icon } from '../design/icon.tsx';

/** The first question of a new trunk: how the carrier connects us. */
export function KindChoice({
  profileId,
  onChange,
}: {
  profileId: string | null;
  onChange: (profileId: string) => void;
}) {
  return (
    <ChoiceList
      label="電話会社とのつなぎ方"
      description="電話会社の書類や契約の名前から選んでください。分からないときは、電話会社に「SIPでつなぐ方式」をお尋ねください。"
      columns={2}
      value={profileId}
      onChange={onChange}
      choices={TRUNK_PROFILES.map(({ id, label, explanation, way }) => ({
        id,
        word: label,
        explanation,
        picture: <WayPicture stations={['このシステム', ...way]} />,
      }))}
    />
  );
}

function WayPicture({ stations }: { stations: readonly string[] }) {
  return (
    <span aria-hidden="true" className="mt-2 flex flex-wrap items-center gap-1.5 text-dns-14N-130">
      {stations.map((station, at) => (
        <Fragment key={station}>
          {at === 0 ? null : <span className="h-0.5 w-5 bg-key-900" />}
          <span className="flex items-center gap-1 rounded-4 border border-key-900 bg-white px-2 py-1 text-solid-gray-800">
            {at === 0 ? <Icon name="phone" className="size-4" /> : null}
            {station}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
