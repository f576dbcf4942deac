import type { TrunkDraft } from './draft.ts';
import type { Trunk } from './trunk.ts';

/** What a kind of trunk has in common; a trunk begins as a copy of it. */
export type TrunkProfile = {
  readonly id: string;
  /** For the screen. */
  readonly label: string;
  readonly explanation: string;
  /** The stations between this system and the telephone network, for a picture. */
  readonly way: readonly string[];
  /** Whether it registers with user and password. */
  readonly registers: boolean;
  readonly settings: Omit<Trunk, 'id' | 'name' | 'profile' | 'host' | 'accounts' | 'match'>;
};

const usual: TrunkProfile['settings'] = {
  port: 5060,
  transport: 'udp',
  srtp: false,
  numberFormat: 'national',
  codecs: ['ulaw'],
  dtmf: 'rfc4733',
  reliableProvisional: 'supported',
  sessionTimer: { mode: 'accept', expiresS: 1800, minS: 90 },
  nat: null,
  calledNumberSources: ['requestUri', 'to'],
  presentedNumber: 'called',
  dialsTollFree: false,
  lines: { total: 100, received: 100, transferred: 100, placed: 100, whenFull: { type: 'busy' } },
  rtpTimeoutS: 60,
  checkEveryS: 60,
};

/** The kinds of trunk that a Japanese city meets. Nothing else in the product knows them by name. */
export const TRUNK_PROFILES: readonly TrunkProfile[] = [
  {
    id: 'homeGateway',
    label: 'ホームゲートウェイの内線',
    way: ['ホームゲートウェイ', 'ひかり電話'],
    explanation:
      'ひかり電話のホームゲートウェイに、内線電話機として登録します。かけられた番号は宛先（To）で届き、押したキーは音で届きます。',
    registers: true,
    settings: {
      ...usual,
      codecs: ['ulaw'],
      dtmf: 'inband',
      reliableProvisional: 'off',
      sessionTimer: { mode: 'accept', expiresS: 300, minS: 90 },
      calledNumberSources: ['to', 'requestUri'],
      // Two calls at once with 複数チャネル, whatever they are for.
      lines: { total: 2, received: 2, transferred: 1, placed: 2, whenFull: { type: 'busy' } },
    },
  },
  {
    id: 'hikari',
    label: 'ひかり電話（オフィスタイプ）直収',
    way: ['ひかり電話'],
    explanation: 'ひかり電話の網に直接つなぎます。相手の機器のアドレスで認証し、登録はありません。',
    registers: false,
    settings: {
      ...usual,
      reliableProvisional: 'supported',
      sessionTimer: { mode: 'required', expiresS: 300, minS: 90 },
      calledNumberSources: ['pCalledPartyId', 'requestUri', 'to'],
      lines: { total: 32, received: 32, transferred: 16, placed: 16, whenFull: { type: 'busy' } },
    },
  },
  {
    id: 'sbc',
    label: '事業者の装置（アドレス認証）',
    way: ['電話会社の装置', '電話網'],
    explanation:
      '電話会社の装置（SBC）とアドレスで認証し合います。番号は国番号付き（＋81）でやり取りします。',
    registers: false,
    settings: {
      ...usual,
      numberFormat: 'plusE164',
      codecs: ['ulaw', 'alaw'],
      calledNumberSources: ['diversion', 'historyInfo', 'requestUri', 'to'],
    },
  },
  {
    id: 'register050',
    label: '050番号（登録方式）',
    way: ['インターネット', '050の事業者'],
    explanation: '番号ごとの利用者名と暗証で登録します。一つの事業者の番号は、まとめて一つの回線にします。',
    registers: true,
    settings: {
      ...usual,
      sessionTimer: { mode: 'accept', expiresS: 300, minS: 90 },
      calledNumberSources: ['requestUri', 'to'],
      lines: { total: 10, received: 10, transferred: 5, placed: 5, whenFull: { type: 'busy' } },
    },
  },
];

/** A trunk of that profile. Throws RangeError where there is none of that id. */
export function trunkOfProfile(
  profileId: string,
  own: Pick<Trunk, 'id' | 'name' | 'host'> & Partial<Trunk>,
): Trunk {
  const profile = TRUNK_PROFILES.find(({ id }) => id === profileId);
  if (profile === undefined) throw new RangeError(`no trunk profile ${profileId}`);
  const { settings } = profile;
  return {
    ...settings,
    codecs: [...settings.codecs],
    calledNumberSources: [...settings.calledNumberSources],
    match: [],
    accounts: [],
    profile: profileId,
    ...own,
  };
}

/** The beginning of a trunk of that profile, for somebody to fill in. */
export function trunkDraftOfProfile({ id, settings, registers }: TrunkProfile): TrunkDraft {
  return {
    ...settings,
    codecs: [...settings.codecs],
    calledNumberSources: [...settings.calledNumberSources],
    name: '',
    profile: id,
    host: '',
    match: [],
    accounts: registers ? [{ number: '', user: '', password: '' }] : [],
  };
}
