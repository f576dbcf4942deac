import { ChoiceEntry, SelectEntry, TextEntry, useTrunkForm } from './form-context.tsx';
import { CODECS, KEY_WAYS, NUMBER_FORMATS, PROVISIONALS, SOURCES, TIMERS, YES_NO } from './trunk-words.ts';

/** Fields shown folded: a problem in one of them must open the fold. */
export const DETAIL_PATHS = [
  'srtp',
  'match',
  'numberFormat',
  'codecs',
  'dtmf',
  'reliableProvisional',
  'sessionTimer',
  'nat',
  'calledNumberSources',
  'dialsTollFree',
  'rtpTimeoutS',
  'checkEveryS',
] as const;

/** What the kind already set rightly; changed where the carrier says so. */
export function DetailFields() {
  const { values } = useTrunkForm();
  return (
    <div className="flex flex-col gap-4">
      <p className="text-std-16N-170 text-solid-gray-700">
        つなぎ方に合わせて設定してあります。電話会社から指定があるときだけ変えてください。
      </p>
      <div className="grid grid-cols-2 items-start gap-4">
        <SelectEntry name="numberFormat" label="電話番号の書き方" choices={NUMBER_FORMATS} />
        <SelectEntry name="firstSource" label="かけられた番号を、まず探す場所" choices={SOURCES} />
        <SelectEntry name="codecs" label="音声の形式" choices={CODECS} />
        <SelectEntry name="dtmf" label="押されたキーの届き方" choices={KEY_WAYS} />
        <SelectEntry name="reliableProvisional" label="呼び出し中の確認（100rel）" choices={PROVISIONALS} />
        <SelectEntry name="dialsTollFree" label="フリーダイヤルへの転送に使う" choices={YES_NO} />
        <SelectEntry
          name="timerMode"
          label="通話が続いているかの確認（セッションタイマー）"
          choices={TIMERS}
        />
        <div className="grid grid-cols-2 items-start gap-4">
          <TextEntry
            name="timerExpiresS"
            path="sessionTimer.expiresS"
            label="確認の間隔（秒）"
            inputMode="numeric"
            size="small"
          />
          <TextEntry
            name="timerMinS"
            path="sessionTimer.minS"
            label="最短の間隔（秒）"
            inputMode="numeric"
            size="small"
          />
        </div>
        <TextEntry
          name="rtpTimeoutS"
          path="rtpTimeoutS"
          label="音が途絶えた通話を切るまでの秒数"
          description="0にすると切りません。"
          inputMode="numeric"
          size="small"
        />
        <TextEntry
          name="checkEveryS"
          path="checkEveryS"
          label="相手の機器を確かめる間隔（秒）"
          description="0にすると確かめません。"
          inputMode="numeric"
          size="small"
        />
      </div>
      <TextEntry
        name="match"
        path="match"
        label="電話が届く、相手のアドレス"
        description="「相手のアドレス」と違うアドレスから電話が届くときに、1行に一つずつ入力します。例：192.0.2.0/28"
        rows={3}
      />
      <ChoiceEntry
        name="srtp"
        path="srtp"
        label="音声の暗号化（SRTP）を使う"
        description="通信方式がTLSのときに使えます。"
        columns={2}
        choices={YES_NO}
      />
      <ChoiceEntry
        name="isBehindNat"
        path="isBehindNat"
        label="このシステムは、アドレスを変換するルーターの内側にある"
        description="相手から見えるアドレスが、このシステムのアドレスと違うときに「はい」を選びます。"
        columns={2}
        choices={YES_NO}
      />
      {values.isBehindNat === 'yes' ? (
        <div className="grid grid-cols-2 items-start gap-4">
          <TextEntry
            name="natPublicAddress"
            path="nat.publicAddress"
            label="相手から見えるアドレス"
            size="small"
            isRequired
          />
          <TextEntry
            name="natLocalPort"
            path="nat.localPort"
            label="この回線のために使うポート"
            inputMode="numeric"
            size="small"
            isRequired
          />
          <TextEntry
            name="natLocalNetworks"
            path="nat.localNetworks"
            label="ルーターの内側のアドレスの範囲"
            description="1行に一つずつ。例：192.168.1.0/24"
            rows={2}
          />
        </div>
      ) : null}
    </div>
  );
}
