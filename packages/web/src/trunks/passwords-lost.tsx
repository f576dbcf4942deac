import type { TrunkShown } from '@madoguchi/server/trunk-contract';
import { Notice } from '../design/notice.tsx';

/** Says that a trunk takes no calls until its passwords are entered anew; nothing where they are there. */
export function PasswordsLost({ trunk }: { trunk: Pick<TrunkShown, 'passwordsLost'> }) {
  if (trunk.passwordsLost.length === 0) return null;
  return (
    <div className="my-3">
      <Notice kind="error" title="この回線は使えません。暗証を入れ直してください">
        保存してある暗証（パスワード）を読み取れなくなりました。設定の「登録する番号」で、電話会社の書類にある暗証をもう一度入力して保存すると、また使えるようになります。
      </Notice>
    </div>
  );
}
