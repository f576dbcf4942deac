import type { DrawSettings } from '../node-setting.tsx';
import { AnnouncementSettings } from './announcement-settings.tsx';
import {
  CallerConditionSettings,
  OpeningHoursSettings,
  VariableConditionSettings,
} from './condition-settings.tsx';
import { DigitsSettings } from './digits-settings.tsx';
import { IdentityCheckSettings } from './identity-check-settings.tsx';
import { MenuSettings } from './menu-settings.tsx';
import { AskMobileNumberSettings, CallBackRequestSettings } from './number-entry-settings.tsx';
import {
  EndSettings,
  GoToFlowSettings,
  QuestionnaireSettings,
  SetVariableSettings,
  VoicemailSettings,
} from './other-settings.tsx';
import { RecordResultSettings } from './record-result-settings.tsx';
import { SmsSettings } from './sms-settings.tsx';
import { TransferSettings } from './transfer-settings.tsx';

const SETTINGS: Readonly<Record<string, DrawSettings>> = {
  announcement: AnnouncementSettings,
  menu: MenuSettings,
  digits: DigitsSettings,
  identityCheck: IdentityCheckSettings,
  openingHours: OpeningHoursSettings,
  callerCondition: CallerConditionSettings,
  variableCondition: VariableConditionSettings,
  askMobileNumber: AskMobileNumberSettings,
  sms: SmsSettings,
  transfer: TransferSettings,
  voicemail: VoicemailSettings,
  callBackRequest: CallBackRequestSettings,
  questionnaire: QuestionnaireSettings,
  recordResult: RecordResultSettings,
  setVariable: SetVariableSettings,
  goToFlow: GoToFlowSettings,
  end: EndSettings,
};

/** The settings that staff see of a kind; null for one of a newer release. */
export function settingsOf(kind: string): DrawSettings | null {
  return SETTINGS[kind] ?? null;
}
