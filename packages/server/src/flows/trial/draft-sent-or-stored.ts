import type { BundleDraft } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import { assembleBundle } from '../drafts/assemble.ts';

/** The draft that was sent along, or the one that is stored. @throws Refusal 404, 400 */
export async function draftSentOrStored(
  db: Database,
  flowId: string,
  sent: BundleDraft | null,
): Promise<BundleDraft> {
  if (sent !== null && sent.entryFlowId !== flowId)
    throw new Refusal(400, 'otherFlow', '別のフローの内容です。');
  const bundle = sent ?? (await assembleBundle(db, flowId, `draft:${flowId}`));
  if (bundle === null)
    throw new Refusal(404, 'notFound', 'このフローは見つかりません。削除された可能性があります。');
  return bundle;
}
