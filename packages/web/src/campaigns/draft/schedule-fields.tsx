import type { CampaignChoices } from '@madoguchi/server/campaign-contract';
import { useState } from 'react';
import { Fold } from '../../design/fold.tsx';
import { DetailFields } from './detail-fields.tsx';
import type { SettingsEdit } from './settings-edit.ts';
import { TimesFields } from './times-fields.tsx';

const DETAILS = [
  'callsPerSecond',
  'atOnce',
  'linesLeftFree',
  'nextChannelAfterMinutes',
  'callBackDays',
  'callBackFlowId',
];

/** Times first; speed and rules, which most leave as they are, behind a fold. */
export function ScheduleFields(props: SettingsEdit & { flows: CampaignChoices['flows'] }) {
  const [isOpen, setOpen] = useState(false);
  // What is to be mended must be in sight.
  const isInDetails = DETAILS.some((name) => props.problem(`settings.${name}`) !== undefined);
  return (
    <>
      <TimesFields {...props} />
      <Fold
        title="くわしく決める"
        explanation="速さ、かけ直し方、折り返しの扱い。ふつうはこのままで使えます"
        isOpen={isOpen || isInDetails}
        onOpenChange={setOpen}
      >
        <DetailFields {...props} />
      </Fold>
    </>
  );
}
