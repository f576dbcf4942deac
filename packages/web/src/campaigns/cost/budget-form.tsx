import type { Budget } from '@madoguchi/server/campaign-cost-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useSaveBudget } from './cost-queries.ts';
import { typedYen } from './cost-words.ts';

type Typed = {
  readonly monthlyYen: string;
  readonly fixedYen: string;
  readonly receivedYen: string;
  readonly warnPercent: string;
  readonly shares: readonly { readonly department: string; readonly yen: string }[];
};
const FIELDS = [
  { id: 'monthlyYen', label: '1か月の予算（円・税込み）', hint: '市が払う電話とSMSの料金すべて' },
  { id: 'fixedYen', label: 'うち毎月決まった料金（円）', hint: '基本料・回線・番号など' },
  { id: 'receivedYen', label: 'うち受電で使う分（円）', hint: '転送、案内のSMSなど' },
  { id: 'warnPercent', label: '注意を出す割合（％）', hint: '配信に使える額に対して' },
] as const;
const YEN_PROBLEM = '数字で入力してください。';

/** 予算 of each month: what is left of it is for campaigns. */
export function BudgetForm({ budget, version }: { budget: Budget; version: number }) {
  const [typed, setTyped] = useState<Typed>(() => ({
    monthlyYen: String(budget.monthlyYen),
    fixedYen: String(budget.fixedYen),
    receivedYen: String(budget.receivedYen),
    warnPercent: String(budget.warnPercent),
    shares: budget.shares.map(({ department, yen }) => ({ department, yen: String(yen) })),
  }));
  // what was looked at, however often the screen reads it again meanwhile
  const [seen, setSeen] = useState(version);
  const save = useSaveBudget();
  const read = readTyped(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read.budget !== null && !save.isPending)
      save.mutate({ budget: read.budget, version: seen }, { onSuccess: () => setSeen(seen + 1) });
  };
  const changeShare = (nth: number, change: Partial<Typed['shares'][number]>) =>
    setTyped({
      ...typed,
      shares: typed.shares.map((share, index) => (index === nth ? { ...share, ...change } : share)),
    });
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      <div className="grid grid-cols-4 items-end gap-4">
        {FIELDS.map(({ id, label, hint }) => (
          <TextField
            key={id}
            label={label}
            description={hint}
            size="small"
            inputMode="numeric"
            autoComplete="off"
            value={typed[id]}
            errorMessage={typedYen(typed[id]) === null ? YEN_PROBLEM : undefined}
            onChange={(value) => setTyped({ ...typed, [id]: value })}
          />
        ))}
      </div>
      <p className="text-std-16N-170">
        配信に使える額：
        <strong className="numerals">
          {read.limitYen === null ? '－' : `1か月 ${read.limitYen.toLocaleString('ja')}円`}
        </strong>
      </p>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-std-16B-170">
          部署の配分（定めない部署は、市全体の残りまで使えます）
        </legend>
        {typed.shares.map(({ department, yen }, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row that is being typed has nothing else to be known by
          <div key={nth} className="flex flex-wrap items-end gap-4">
            <TextField
              label={`部署の名前（${nth + 1}）`}
              size="small"
              value={department}
              onChange={(value) => changeShare(nth, { department: value })}
            />
            <TextField
              label={`1か月の上限（円）（${nth + 1}）`}
              size="small"
              inputMode="numeric"
              value={yen}
              errorMessage={typedYen(yen) === null ? YEN_PROBLEM : undefined}
              onChange={(value) => changeShare(nth, { yen: value })}
            />
            <Button
              look="outline"
              size="small"
              aria-label={`${department === '' ? `${nth + 1}番目の部署` : department}の配分をなくす`}
              onPress={() => setTyped({ ...typed, shares: typed.shares.filter((_, index) => index !== nth) })}
            >
              なくす
            </Button>
          </div>
        ))}
        <div>
          <Button
            look="outline"
            size="small"
            onPress={() => setTyped({ ...typed, shares: [...typed.shares, { department: '', yen: '0' }] })}
          >
            部署の配分を加える
          </Button>
        </div>
      </fieldset>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" isPending={save.isPending} isDisabled={read.budget === null}>
          予算を保存する
        </Button>
        {read.problem === null ? null : <p className="text-std-16N-170 text-error-2">＊{read.problem}</p>}
      </div>
      {save.error === null ? null : (
        <Notice kind="error" title="予算を保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      {save.isSuccess ? <Notice kind="success" title="予算を保存しました" /> : null}
    </Form>
  );
}

/** What was typed as a budget, or what stands against it. */
function readTyped(typed: Typed): {
  readonly budget: Budget | null;
  readonly limitYen: number | null;
  readonly problem: string | null;
} {
  const [monthlyYen, fixedYen, receivedYen, warnPercent] = FIELDS.map(({ id }) => typedYen(typed[id]));
  const shares = typed.shares.map(({ department, yen }) => ({
    department: department.trim(),
    yen: typedYen(yen),
  }));
  const wrong = (problem: string, limitYen: number | null = null) => ({ budget: null, limitYen, problem });
  if (monthlyYen == null || fixedYen == null || receivedYen == null || warnPercent == null)
    return wrong('赤い印のところを直してください。');
  const limitYen = monthlyYen - fixedYen - receivedYen;
  if (limitYen < 0) return wrong('決まった料金と受電で使う分の合計が、予算を超えています。');
  if (warnPercent < 1 || warnPercent > 100)
    return wrong('注意を出す割合は、1から100までの数字にしてください。', limitYen);
  const named: Budget['shares'] = [];
  for (const { department, yen } of shares) {
    if (yen === null) return wrong('赤い印のところを直してください。', limitYen);
    if (department === '') return wrong('部署の名前を入力してください。', limitYen);
    if (named.some((other) => other.department === department))
      return wrong(`「${department}」が2つあります。`, limitYen);
    named.push({ department, yen });
  }
  if (named.reduce((sum, { yen }) => sum + yen, 0) > limitYen)
    return wrong('部署の配分の合計が、配信に使える額を超えています。', limitYen);
  return {
    budget: { monthlyYen, fixedYen, receivedYen, warnPercent, shares: named },
    limitYen,
    problem: null,
  };
}
