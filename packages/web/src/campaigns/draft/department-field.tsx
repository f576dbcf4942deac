import { Link } from '@tanstack/react-router';
import { Select } from '../../design/select.tsx';
import { departmentWords } from '../campaign-words.ts';
import { Objection } from './objection.tsx';

/** No key of a list box may be empty. */
const idOf = (department: string) => `of ${department}`;

/** Whose share of the budget pays. One that has lost its share stays to be seen until another is chosen. */
export function DepartmentField({
  departments,
  value,
  onChange,
  problem,
}: {
  departments: readonly string[];
  value: string;
  onChange: (department: string) => void;
  problem: string | undefined;
}) {
  const choices = [...new Set(['', ...departments, value])];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Select
        label="予算を使う部署"
        choices={choices.map((department) => ({ id: idOf(department), word: departmentWords(department) }))}
        value={idOf(value)}
        onChange={(id) => onChange(choices.find((department) => idOf(department) === id) ?? '')}
      />
      <Objection message={problem} />
      <p className="text-std-16N-170 text-solid-gray-700">
        {departments.length === 0
          ? '部署ごとの配分は、まだ決められていません。'
          : '選んだ部署の配分を超えて発信しません。'}
        <Link to="/campaign-cost" className="ml-2 text-key-900 underline underline-offset-4">
          費用と予算
        </Link>
      </p>
    </div>
  );
}
