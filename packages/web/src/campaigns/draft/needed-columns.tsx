import type { CampaignChoices } from '@madoguchi/server/campaign-contract';

/** Which columns the list has to have for a scenario. */
export function NeededColumns({ flow }: { flow: CampaignChoices['flows'][number] }) {
  const columns = [
    '宛名番号',
    '電話番号',
    ...(flow.asksBirthDate ? ['生年月日（本人確認のため）'] : []),
    ...flow.values,
  ];
  return (
    <p className="text-std-16N-170">
      このシナリオの名簿に要る列：{columns.map((name) => `「${name}」`).join('')}
    </p>
  );
}
