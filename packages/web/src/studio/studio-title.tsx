import { useEffect, useState } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/text-field.tsx';
import { PRODUCT_NAME } from '../product.ts';
import { StudioDialog } from './actions/studio-dialog.tsx';
import { rename } from './edit/edits.ts';
import { useStudio } from './studio-context.tsx';

/** The flow's name, as the screen's heading; it can be changed. */
export function StudioTitle({ name }: { name: string }) {
  const { flow, state, edit } = useStudio();
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    document.title = `${name}｜${PRODUCT_NAME}`;
  }, [name]);
  return (
    <>
      <h1 tabIndex={-1} className="text-std-20B-150 text-solid-gray-900">
        {name}
      </h1>
      {state.mayEdit ? (
        <Button look="quiet" size="tight" onPress={() => setTyped(name)}>
          名前を変える
        </Button>
      ) : null}
      {typed === null ? null : (
        <StudioDialog title="フローの名前を変える" onClose={() => setTyped(null)}>
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim() === '') return;
              edit(rename(flow, typed.trim()));
              setTyped(null);
            }}
          >
            <TextField
              label="フローの名前"
              value={typed}
              onChange={setTyped}
              maxLength={60}
              autoFocus
              errorMessage={typed.trim() === '' ? '名前を入力してください。' : undefined}
            />
            <div className="flex justify-end gap-3">
              <Button look="outline" onPress={() => setTyped(null)}>
                やめる
              </Button>
              <Button type="submit">変える</Button>
            </div>
          </form>
        </StudioDialog>
      )}
    </>
  );
}
