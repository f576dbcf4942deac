const ADDRESS = '数字のアドレス（例：192.0.2.10）で入力してください。';
const CREDENTIAL = '半角の英字、数字、記号で、128文字以内で入力してください。空白は使えません。';
const FROM_0 = '0から2000までの数字で入力してください。';

/** What a field must be, by its path without the places in lists. */
const WORDS: Readonly<Record<string, string>> = {
  name: '回線の名前を、60文字以内で入力してください。',
  host: '相手のアドレスを、数字（例：192.0.2.10）か名前（例：sip.example.jp）で入力してください。',
  port: '1から65535までの数字で入力してください。',
  srtp: '音声を暗号化するには、通信方式をTLSにしてください。',
  match: `${ADDRESS}範囲は「192.0.2.0/24」のように書きます。`,
  'accounts.number': '番号を、市外局番から数字だけで入力してください。',
  'accounts.user': `利用者名を、${CREDENTIAL}`,
  'accounts.password': `暗証を、${CREDENTIAL}`,
  codecs: '音声の形式を、一つ以上選んでください。',
  'sessionTimer.expiresS': '90秒から86400秒までの数字で入力してください。',
  'sessionTimer.minS': '90秒以上で、確かめる間隔より長くない数字を入力してください。',
  'nat.publicAddress': ADDRESS,
  'nat.localPort': '1から65535までの数字で入力してください。',
  'nat.localNetworks': 'アドレスの範囲を「192.168.1.0/24」のように入力してください。',
  calledNumberSources: '一つ以上選んでください。',
  presentedNumber: '表示する番号を、数字だけで入力してください。',
  'lines.total': '1から2000までの数字で入力してください。',
  'lines.received': FROM_0,
  'lines.transferred': FROM_0,
  'lines.placed': FROM_0,
  'lines.whenFull.lines': '1から100までの数字で入力してください。',
  rtpTimeoutS: '0から3600までの数字で入力してください。',
  checkEveryS: '0から3600までの数字で入力してください。',
};

/** What a person who filled in a field of a trunk wrongly is told. @param path as TrunkSchema's issues name it */
export function wordsOfField(path: readonly PropertyKey[]): string {
  const field = path.filter((part) => typeof part === 'string').join('.');
  return WORDS[field] ?? '入力内容をご確認ください。';
}
