import { Refusal } from '../http/index.ts';

/** Said to whoever would overwrite a newer change unseen. The page keeps what was typed. */
export function changedMeanwhile(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    'ほかの職員が先に内容を変更しました。新しい内容をご確認ください。入力した内容は消えていません。',
  );
}
