import { ChoiceEntry, TextEntry } from './form-context.tsx';
import { TRANSPORTS } from './trunk-words.ts';

/** Whom we are connected with. */
export function ConnectionFields() {
  return (
    <div className="flex flex-col gap-4">
      <TextEntry
        name="name"
        path="name"
        label="回線の名前"
        description="職員が見分けるための名前です。例：本庁の代表電話"
        isRequired
      />
      <div className="grid grid-cols-[1fr_12rem] items-end gap-4">
        <TextEntry
          name="host"
          path="host"
          label="相手のアドレス"
          description="書類の「SIPサーバー」「接続先」などです。例：192.0.2.10、sip.example.jp"
          isRequired
        />
        <TextEntry
          name="port"
          path="port"
          label="ポート"
          description="ふつうは5060です。"
          inputMode="numeric"
          isRequired
        />
      </div>
      <ChoiceEntry name="transport" path="transport" label="通信方式" columns={3} choices={TRANSPORTS} />
    </div>
  );
}
