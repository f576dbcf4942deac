import { Select } from '../../design/select.tsx';
import { useCampaignChoices } from '../campaign-queries.ts';

const ALL = 'all';
const idOf = (department: string) => `of ${department}`;

/** Shows campaigns of one department alone; nothing where no department has a share of the budget. */
export function DepartmentFilter({
  value,
  onChange,
}: {
  /** Undefined: of all. */
  value: string | undefined;
  onChange: (department: string | undefined) => void;
}) {
  const { data } = useCampaignChoices();
  const departments = [...new Set([...(data?.departments ?? []), ...(value === undefined ? [] : [value])])];
  if (departments.length === 0) return null;
  return (
    <div className="min-w-56">
      <Select
        label="部署"
        choices={[
          { id: ALL, word: 'すべての部署' },
          ...departments.map((department) => ({ id: idOf(department), word: department })),
        ]}
        value={value === undefined ? ALL : idOf(value)}
        onChange={(id) => onChange(departments.find((department) => idOf(department) === id))}
      />
    </div>
  );
}
