import { Icon, type IconName } from '../../design/icon.tsx';
import { Section } from '../../design/section.tsx';
import { NewCampaignLink } from './new-campaign-link.tsx';

const STEPS: readonly { readonly icon: IconName; readonly title: string; readonly words: string }[] = [
  {
    icon: 'list',
    title: '名簿を読み込む',
    words: '基幹システムから取り出した、CSVかExcelのファイルを使います。',
  },
  {
    icon: 'clock',
    title: '時間と文面を決める',
    words: 'かける曜日と時間を決め、ひとりずつの案内を聞いて確かめます。',
  },
  {
    icon: 'check',
    title: '決裁に出す',
    words: '決裁が済むまでは、だれにも電話もSMSも届きません。',
  },
  {
    icon: 'phoneOut',
    title: '自動で発信する',
    words: '決めた日に始まります。いつでも止められます。結果はファイルで取り出せます。',
  },
];

/** Stands in place of the list while there is nothing: what a campaign is, and how one begins. */
export function FirstSteps({ mayEdit }: { mayEdit: boolean }) {
  return (
    <Section title="配信はまだありません。次の順で進めます">
      <ol className="grid grid-cols-2 gap-3">
        {STEPS.map(({ icon, title, words }, index) => (
          <li
            key={title}
            className="flex items-start gap-3 rounded-8 border border-solid-gray-300 bg-white px-4 py-3"
          >
            <span className="pt-1 text-key-900">
              <Icon name={icon} className="size-6" />
            </span>
            <span>
              <span className="block text-std-16B-170">
                {index + 1}. {title}
              </span>
              <span className="text-std-16N-170 text-solid-gray-700">{words}</span>
            </span>
          </li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap items-center gap-4">
        {mayEdit ? <NewCampaignLink /> : null}
        <p className="text-std-16N-170 text-solid-gray-700">
          作り始めるだけでは、まだ発信されません。途中でやめて、後で続けることもできます。
        </p>
      </div>
    </Section>
  );
}
