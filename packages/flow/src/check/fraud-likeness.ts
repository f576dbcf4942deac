import type { Finding, Surroundings } from '../finding.ts';
import { accountSentence, linkHosts } from './campaign-words.ts';

/** What makes texts of the city look like a fraud: words for accounts, and links to pages that are not the city's. Texts in NFKC. */
export function fraudLikeness(
  texts: readonly string[],
  { ownHosts }: Pick<Surroundings, 'ownHosts'>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const sentence = texts.reduce<string | null>((found, text) => found ?? accountSentence(text), null);
  if (sentence !== null) {
    findings.push({
      severity: 'error',
      code: 'accountNumberAsked',
      message: `口座や暗証番号をお聞きする文、または振込先の口座が入っています（${sentence}）。詐欺の電話と見分けがつきません。`,
      mend: 'この文を除き、納付書や窓口での納付をご案内してください。',
    });
  }
  const host = texts.flatMap(linkHosts).find((each) => !isOwn(each, ownHosts));
  if (host !== undefined) findings.push(unknownLink(host, ownHosts));
  return findings;
}

function unknownLink(host: string, ownHosts: readonly string[] | undefined): Finding {
  const isUnset = ownHosts?.length === 0;
  return {
    severity: ownHosts === undefined ? 'warning' : 'error',
    code: 'unknownLink',
    message: isUnset
      ? `リンク（${host}）が入っていますが、市のホームページのアドレスがまだ登録されていないため、市のページか確かめられません。`
      : `市のホームページと確かめられないリンク（${host}）が入っています。`,
    mend: isUnset
      ? 'リンクを除くか、決裁する人に、「配信の費用と予算」の画面の「市のホームページのアドレス」への登録を依頼してください。'
      : '市のホームページのアドレスに変えるか、リンクを除いてください。市のアドレスは、「配信の費用と予算」の画面で決裁する人が登録します。',
  };
}

function isOwn(host: string, ownHosts: readonly string[] = []): boolean {
  return ownHosts.some((own) => host === own || host.endsWith(`.${own}`));
}
