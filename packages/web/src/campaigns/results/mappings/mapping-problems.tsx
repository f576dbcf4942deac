import { Notice } from '../../../design/notice.tsx';
import { counted } from '../../campaign-words.ts';
import type { EditedMapping } from './mapping-draft.ts';

/** Beside the button: what keeps the mapping from being stored, and where it stands on the long form. */
export function MappingProblems({
  edited,
  problems,
}: {
  edited: EditedMapping;
  problems: ReadonlyMap<string, string>;
}) {
  if (problems.size === 0) return null;
  return (
    <Notice kind="error" title={`直すところが${counted(problems.size, 'か所')}あります`}>
      <ul className="list-disc pl-6">
        {[...problems].map(([path, words]) => (
          <li key={path}>
            {placeOf(edited, path)}：{words}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** @param path as in `problemsOf` */
function placeOf({ columns, substitutes }: EditedMapping, path: string): string {
  const [what = '', key = ''] = path.split(' ');
  const placeIn = (rows: readonly { readonly key: number }[]) =>
    rows.findIndex((row) => row.key === Number(key)) + 1;
  switch (what) {
    case 'header':
      return `${placeIn(columns)}列目の見出し`;
    case 'source':
      return `${placeIn(columns)}列目の中身`;
    case 'substitute':
      return `書けない文字（${placeIn(substitutes)}）`;
    case 'columns':
      return '列';
    default:
      return '様式の名前';
  }
}
