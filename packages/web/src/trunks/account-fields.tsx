import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { TextField } from '../design/text-field.tsx';
import { useProblem, useTrunkForm } from './form-context.tsx';
import type { AccountValues } from './form-values.ts';

/** Numbers that register with user and password. */
export function AccountFields() {
  const { values, change } = useTrunkForm();
  const { accounts } = values;
  const problem = useProblem('accounts');
  const replace = (key: string, changes: Partial<AccountValues>) =>
    change({ accounts: accounts.map((each) => (each.key === key ? { ...each, ...changes } : each)) });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-std-16N-170 text-solid-gray-700">
        電話会社の書類にある、番号ごとの利用者名と暗証（パスワード）を入力してください。ホームゲートウェイでは、内線番号を「番号」に入力します。
      </p>
      {problem === undefined || accounts.length > 0 ? null : (
        <p className="text-std-16N-170 text-error-2">＊{problem}</p>
      )}
      <ol className="flex flex-col gap-3">
        {accounts.map((account, at) => (
          <li key={account.key}>
            <AccountRow
              account={account}
              at={at}
              onChange={(changes) => replace(account.key, changes)}
              onRemove={() => change({ accounts: accounts.filter(({ key }) => key !== account.key) })}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button look="outline" size="small" onPress={() => change({ accounts: [...accounts, newAccount()] })}>
          番号を追加する
        </Button>
      </div>
    </div>
  );
}

function newAccount(): AccountValues {
  return { key: crypto.randomUUID(), number: '', user: '', password: '', isKept: false };
}

function AccountRow({
  account,
  at,
  onChange,
  onRemove,
}: {
  account: AccountValues;
  at: number;
  onChange: (changes: Partial<AccountValues>) => void;
  onRemove: () => void;
}) {
  const nth = `${at + 1}番目の番号`;
  return (
    <fieldset className="grid grid-cols-[1fr_1fr_1fr_auto] items-start gap-3 rounded-8 border border-solid-gray-300 px-4 pt-2 pb-4">
      <legend className="px-1 text-dns-14B-130 text-solid-gray-700">{nth}</legend>
      <TextField
        label="番号"
        size="small"
        isRequired
        inputMode="tel"
        autoComplete="off"
        value={account.number}
        onChange={(number) => onChange({ number })}
        errorMessage={useProblem(`accounts.${at}.number`)}
      />
      <TextField
        label="利用者名"
        size="small"
        isRequired
        autoComplete="off"
        value={account.user}
        onChange={(user) => onChange({ user })}
        errorMessage={useProblem(`accounts.${at}.user`)}
      />
      <div>
        <TextField
          label={account.isKept ? '暗証（設定済み）' : '暗証'}
          size="small"
          type="password"
          isRequired={!account.isKept}
          autoComplete="new-password"
          value={account.password}
          onChange={(password) => onChange({ password })}
          errorMessage={useProblem(`accounts.${at}.password`)}
        />
        {account.isKept ? (
          <p className="text-dns-14N-130 text-solid-gray-700">変えるときだけ入力してください。</p>
        ) : null}
      </div>
      <div className="pt-8">
        <Button look="quiet" size="small" aria-label={`${nth}を外す`} onPress={onRemove}>
          <Icon name="cross" className="size-4" />
          外す
        </Button>
      </div>
    </fieldset>
  );
}
