import { Toolbar } from 'react-aria-components/Toolbar';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { copySelection, pasteCopied } from './clipboard.ts';
import { removeAndGoOn } from './remove-and-go-on.ts';
import { useStudio } from './studio-context.tsx';
import { useTools } from './tools.tsx';

export type View = 'canvas' | 'outline';
export type Mode = 'edit' | 'trial' | 'replay';

const MODES = [
  { id: 'edit', word: '作る' },
  { id: 'trial', word: 'お試し' },
  { id: 'replay', word: '過去の通話で試算' },
] as const;

const VIEWS = [
  { id: 'canvas', word: '図' },
  { id: 'outline', word: '一覧' },
] as const;

/** What can be done with the whole flow and with the chosen nodes; arrow keys move within it, Tab leaves it. */
export function StudioToolbar({
  view,
  mode,
  onView,
  onMode,
  onAsk,
}: {
  view: View;
  mode: Mode;
  onView: (view: View) => void;
  onMode: (mode: Mode) => void;
  onAsk: (what: 'add' | 'search' | 'problems') => void;
}) {
  const studio = useStudio();
  const tools = useTools();
  const { state, problems, dispatch } = studio;
  const { selection, history, mayEdit } = state;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const [chosen] = [...selection].slice(-1);
  return (
    <Toolbar aria-label="フローの操作" className="flex flex-wrap items-center gap-1.5">
      <fieldset className="flex">
        <legend className="sr-only">見せ方</legend>
        {VIEWS.map(({ id, word }) => (
          <Button
            key={id}
            look={view === id ? 'solid' : 'outline'}
            size="tight"
            aria-pressed={view === id}
            onPress={() => onView(id)}
          >
            {word}
          </Button>
        ))}
      </fieldset>
      <fieldset className="flex">
        <legend className="sr-only">すること</legend>
        {MODES.map(({ id, word }) => (
          <Button
            key={id}
            look={mode === id ? 'solid' : 'outline'}
            size="tight"
            aria-pressed={mode === id}
            onPress={() => onMode(id)}
          >
            {word}
          </Button>
        ))}
      </fieldset>
      {mayEdit && mode === 'edit' ? (
        <>
          <Button
            look="outline"
            size="tight"
            isDisabled={history.past.length === 0}
            onPress={() => dispatch({ type: 'undo' })}
          >
            元に戻す
          </Button>
          <Button
            look="outline"
            size="tight"
            isDisabled={history.future.length === 0}
            onPress={() => dispatch({ type: 'redo' })}
          >
            やり直す
          </Button>
          <Button look="outline" size="tight" onPress={() => onAsk('add')}>
            ノードを追加する
          </Button>
          <Button
            look="outline"
            size="tight"
            isDisabled={chosen === undefined}
            onPress={() => chosen !== undefined && tools.askConnect({ nodeId: chosen, branch: null })}
          >
            つなぐ
          </Button>
          <Button
            look="outline"
            size="tight"
            isDisabled={selection.size === 0}
            onPress={() => copySelection(studio)}
          >
            写す
          </Button>
          <Button look="outline" size="tight" onPress={() => pasteCopied(studio, tools)}>
            貼り付ける
          </Button>
          <Button
            look="outline"
            size="tight"
            isDisabled={selection.size === 0}
            onPress={() => removeAndGoOn(studio, tools, selection)}
          >
            削除
          </Button>
        </>
      ) : null}
      <Button look="outline" size="tight" onPress={() => onAsk('search')}>
        <Icon name="search" className="size-4" />
        探す
      </Button>
      <Button look="outline" size="tight" onPress={() => onAsk('problems')}>
        <Icon name={errors > 0 ? 'cross' : warnings > 0 ? 'alert' : 'check'} className="size-4" />
        {problemsInWords(errors, warnings)}
      </Button>
    </Toolbar>
  );
}

function problemsInWords(errors: number, warnings: number): string {
  const words = [
    ...(errors === 0 ? [] : [`直すところ${errors}件`]),
    ...(warnings === 0 ? [] : [`注意${warnings}件`]),
  ];
  return words.length === 0 ? '直すところなし' : words.join('・');
}
