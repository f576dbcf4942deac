import type { Finding, NodeSurroundings } from './finding.ts';
import type { Prompt } from './prompt.ts';
import { namesIn, parseTemplate, type TemplateFault } from './template.ts';

/** What is wrong with one prompt; `what` is staff's word for its place ('案内', '押し間違いの案内'). */
export function checkPrompt(
  prompt: Prompt,
  what: string,
  surroundings: NodeSurroundings,
): readonly Finding[] {
  return [...checkLink(prompt, what, surroundings), ...checkContent(prompt, what, surroundings)];
}

/** What is removed from the library must not be spoken on unseen: staff say whether its last words stay. */
function checkLink(
  { announcementId }: Prompt,
  what: string,
  { announcementIds }: NodeSurroundings,
): readonly Finding[] {
  if (announcementId === undefined || announcementIds === undefined) return [];
  if (announcementIds.includes(announcementId)) return [];
  return [
    {
      severity: 'error',
      code: 'announcementRemoved',
      message: `${what}に使っているアナウンスが、アナウンス集から削除されています。`,
      mend: '別のアナウンスを選ぶか、アナウンス集とのつながりを外して、今の内容をそのまま使ってください。',
    },
  ];
}

function checkContent(prompt: Prompt, what: string, surroundings: NodeSurroundings): readonly Finding[] {
  if (prompt.type === 'audio') {
    if (surroundings.audioIds.includes(prompt.audioId)) return [];
    return [
      {
        severity: 'error',
        code: 'unknownAudio',
        message: `${what}の音声ファイルが登録されていません。`,
        mend: '音声ファイルを登録するか、別の音声または文章を選んでください。',
      },
    ];
  }
  const faults = checkTemplate(prompt.text, what);
  if (faults.length > 0 || saysSomething(prompt)) return faults;
  const isBlank = prompt.text.trim() === '';
  return [
    {
      severity: 'error',
      code: 'emptyText',
      message: isBlank
        ? `${what}の文章が空です。`
        : `${what}の文章が記号だけで、読み上げる言葉がありません。`,
      mend: '読み上げる文章を入力してください。',
    },
  ];
}

/** As `checkPrompt`, where there may be no prompt at all. */
export function checkOptionalPrompt(
  prompt: Prompt | null,
  what: string,
  surroundings: NodeSurroundings,
): readonly Finding[] {
  return prompt === null ? [] : checkPrompt(prompt, what, surroundings);
}

/** What is wrong with the `{{…}}` in a text. */
export function checkTemplate(text: string, what: string): readonly Finding[] {
  return parseTemplate(text).faults.map((fault) => ({
    severity: 'error',
    code: 'badValue',
    message: `${what}の「${fault.at}」は値として読み取れません。`,
    mend: MENDS[fault.reason],
  }));
}

const MENDS: Readonly<Record<TemplateFault['reason'], string>> = {
  name: '名前には文字・数字・「_」だけを使ってください。先頭に数字は使えません。',
  readAs:
    '読み方は text, digits, telephone, date, time, amount, number のいずれかにしてください。例: {{受付番号|digits}}',
  braces: '値は {{名前}} のように、二重の波かっこで囲んで書いてください。',
};

/** Names of the values in the prompts. */
export function namesInPrompts(prompts: readonly (Prompt | null)[]): readonly string[] {
  return prompts.flatMap((prompt) => (prompt?.type === 'text' ? namesIn(prompt.text) : []));
}

/** Whether the caller hears anything of it: symbols alone have no sound. */
export function saysSomething(prompt: Prompt | null): boolean {
  if (prompt === null || prompt.type === 'audio') return prompt !== null;
  return parseTemplate(prompt.text).parts.some(
    (part) => part.type === 'value' || /[\p{L}\p{N}]/u.test(part.text),
  );
}

/** A prompt that is marked as notice of recording should speak of it. */
export function checkNotice(prompt: Prompt | null): readonly Finding[] {
  const words = prompt?.type === 'text' ? prompt.text : prompt?.type === 'audio' ? prompt.transcript : '';
  if (/録音|記録/.test(words)) return [];
  return [
    {
      severity: 'warning',
      code: 'noticeWithoutWord',
      message: '録音の告知とされていますが、案内に「録音」という言葉がありません。',
      mend: '「通話を録音します」など、録音することが分かる言葉を入れてください。',
    },
  ];
}
