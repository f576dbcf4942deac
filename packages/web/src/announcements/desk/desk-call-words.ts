import type { DeskCall } from '@madoguchi/server/announcement-contract';

const FAILURES: Readonly<Record<NonNullable<DeskCall['reason']>, string>> = {
  noLine: '空いている回線がないため、かけられませんでした。時間をおいて、もう一度お試しください。',
  notDialable: 'かけられない電話番号のため、かけませんでした。',
  busy: 'あなたの電話機がお話し中でした。',
  unanswered: 'あなたの電話機の受話器が取られませんでした。',
  notReached: 'あなたの電話機を呼び出せませんでした。ご自分の電話番号をご確認ください。',
  nothingRecorded: '声が録音されていませんでした。もう一度お試しください。',
  soundFailed: '音声を用意できませんでした。時間をおいて、もう一度お試しください。',
  stopped: '電話をとりやめました。',
  expired: '電話の仕組みがお受けできなかったため、おかけしませんでした。もう一度お試しください。',
};

/** How the call to the clerk's own telephone stands. */
export function deskCallInWords(call: DeskCall): string {
  switch (call.state) {
    case 'ordered':
      return 'お待ちください';
    case 'ringing':
      return 'あなたの電話機を呼び出しています。受話器をお取りください';
    case 'listening':
      return '電話機でアナウンスを流しています';
    case 'recording':
      return '「ピー」という音のあとにお話しください。終わったら # を押します';
    case 'reviewing':
      return '録音した声を流しています。よければ 1、録り直すときは 2 を押します';
    case 'done':
      return call.kind === 'record' ? '録音しました' : '終わりました';
    case 'failed':
      return call.reason === null ? 'かけられませんでした' : FAILURES[call.reason];
    case 'unknown':
      return '途中で仕組みが止まったため、結果が分かりません。もう一度お試しください';
  }
}
