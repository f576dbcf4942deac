import type { ProbeResult } from './probe-result.ts';

/** What a clerk, who may be on the telephone with the carrier, is told of one question. */
export type ProbeWords = {
  readonly verdict: 'good' | 'warning' | 'bad';
  /** What the other side did, in one sentence. */
  readonly text: string;
  /** What to do next; null where all is well. */
  readonly advice: string | null;
};
type Answered = Extract<ProbeResult, { type: 'answered' }>;

const LATER = 'しばらくしてから、もう一度お試しください。続くときは電話会社にご連絡ください。';
const TELL_CARRIER = 'この表示の番号と英語の語句を、そのまま電話会社にお伝えください。';

/** @param asked the trunk itself, of a kind that registers or not; or one of its accounts */
export function wordProbe(result: ProbeResult, asked: 'trunk' | 'registeringTrunk' | 'account'): ProbeWords {
  switch (result.type) {
    case 'answered':
      return asked === 'account' ? wordAccount(result) : wordTrunk(result, asked);
    case 'noAnswer':
      return bad(
        '相手の機器から応答がありません。',
        'アドレスとポート、通信方式、ファイアウォールを確認してください。',
      );
    case 'refused':
      return bad(
        '接続が拒否されました。機器はありますが、このポートでは受け付けていません。',
        'ポートと通信方式を確認してください。',
      );
    case 'unreachable':
      return bad(
        'このシステムから相手のアドレスへ届く経路がありません。',
        'アドレスと、このシステムのネットワークの設定を確認してください。',
      );
    case 'nameNotFound':
      return bad(
        `名前（${result.host}）からアドレスが見つかりません。`,
        '名前のつづりを確認してください。正しいときは、ネットワークの担当者に名前解決（DNS）を確認してください。',
      );
    case 'certificateNotTrusted':
      return bad(
        `相手の証明書を確認できません（${result.reason}）。`,
        '証明書の期限と、アドレスに入力した名前が証明書の名前と同じかを、電話会社に確認してください。',
      );
    case 'connectionLost':
      return bad(
        '相手の機器が、答えずに接続を切りました。',
        '通信方式（UDP・TCP・TLS）とポートの組み合わせを確認してください。',
      );
    case 'unreadable':
      return bad(
        '返事はありましたが、電話の機器の返事ではありません。',
        'アドレスとポートを確認してください。別の機器につながっている可能性があります。',
      );
    case 'challengeNotSupported':
      return bad(
        '相手の機器が、このシステムで使えない認証方式を求めています。',
        'ダイジェスト認証（MD5、SHA-256、SHA-512-256）を使えるか、電話会社に確認してください。',
      );
    case 'notTried':
      return { verdict: 'warning', text: '相手の機器から応答がないため、確かめていません。', advice: null };
  }
}

function wordTrunk(answer: Answered, asked: 'trunk' | 'registeringTrunk'): ProbeWords {
  const { status } = answer;
  const code = codeOf(answer);
  if (status >= 300 && status < 400) return elsewhere(code);
  if (status === 503) return busy(code);
  if (status >= 500 && status !== 501) return { ...fault(code), verdict: 'warning' };
  const isRefusal = status === 401 || status === 403 || status === 407;
  if (isRefusal && asked === 'trunk') {
    return {
      verdict: 'warning',
      text: `応答がありましたが、このシステムからの問い合わせは断られました（${code}）。`,
      advice: 'このシステムのアドレスが電話会社に登録されているかを、電話会社に確認してください。',
    };
  }
  // Whatever else is answered to OPTIONS: there is somebody who speaks SIP with us.
  return { verdict: 'good', text: `応答がありました（${code}）。つながっています。`, advice: null };
}

function wordAccount(answer: Answered): ProbeWords {
  const { status, credentialsSent } = answer;
  const code = codeOf(answer);
  if (status < 300) {
    const proof = credentialsSent
      ? '利用者名と暗証は正しく受け付けられました。'
      : '利用者名と暗証は求められませんでした。';
    return { verdict: 'good', text: `登録できます（${code}）。${proof}`, advice: null };
  }
  if (status < 400) return elsewhere(code);
  switch (status) {
    case 401:
    case 403:
    case 407:
      return bad(
        `利用者名か暗証が違います（${code}）。`,
        '電話会社の書類と見比べて、入れ直してください。大文字と小文字は区別されます。',
      );
    case 404:
      return bad(
        `この番号は登録されていません（${code}）。`,
        '利用者名を確認し、正しいときは番号の契約が始まっているかを電話会社に確認してください。',
      );
    case 405:
    case 501:
      return {
        verdict: 'warning',
        text: `相手の機器は、登録を受け付けていません（${code}）。`,
        advice: '登録がいらない契約ではないか、電話会社に確認してください。',
      };
    case 408:
    case 480:
    case 504:
      return bad(`相手の機器の先から応答がありません（${code}）。`, LATER);
    case 503:
      return busy(code);
    default:
      return fault(code);
  }
}

function elsewhere(code: string): ProbeWords {
  return {
    verdict: 'warning',
    text: `別の接続先を案内されました（${code}）。`,
    advice: '正しいアドレスを電話会社に確認してください。',
  };
}

function busy(code: string): ProbeWords {
  return { verdict: 'warning', text: `相手の機器が混み合っています（${code}）。`, advice: LATER };
}

function fault(code: string): ProbeWords {
  return bad(`相手の機器から断られました（${code}）。`, TELL_CARRIER);
}

function bad(text: string, advice: string): ProbeWords {
  return { verdict: 'bad', text, advice };
}

/** '403 Forbidden': both, since the carrier's staff ask for either. */
function codeOf({ status, reason }: Answered): string {
  return reason === '' ? String(status) : `${status} ${reason}`;
}
