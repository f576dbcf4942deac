import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryKeys } from './query-keys.ts';

export type Draft<T, D> = {
  /** What the form shows. */
  readonly draft: D;
  /** The version that the draft was begun from. */
  readonly base: T;
  readonly isEdited: boolean;
  /** Somebody else has saved meanwhile, and what was typed here is not saved yet. */
  readonly isBehind: boolean;
  edit(change: Partial<D>): void;
  /** After saving: what was typed since stays. @param sent the draft that was saved. */
  saved(value: T, sent: D): void;
  /** Having seen the newest, goes on with what was typed here: saving then replaces it knowingly. */
  keepMine(): void;
  /** Drops what was typed here. */
  takeNewest(): void;
};

/**
 * What is typed into a form over something that colleagues change too. A newer version fills the form by itself only while nothing
 * has been typed; otherwise the draft stays and says that it is behind. What is not saved yet is kept, until signing out, with what
 * was read from the server: whoever looks at another screen meanwhile finds it again.
 * @param name of the thing that is edited.
 */
export function useDraft<T extends { readonly version: number }, D extends object>(
  name: string,
  newest: T,
  draftOf: (value: T) => D,
): Draft<T, D> {
  const queryClient = useQueryClient();
  const [state, setState] = useState(
    () =>
      queryClient.getQueryData<{ readonly base: T; readonly draft: D }>(queryKeys.draft(name)) ?? {
        base: newest,
        draft: draftOf(newest),
      },
  );
  const isEdited = !isSame(state.draft, draftOf(state.base));
  useEffect(() => {
    const queryKey = queryKeys.draft(name);
    if (isEdited) queryClient.setQueryData(queryKey, state);
    else queryClient.removeQueries({ queryKey, exact: true });
  }, [queryClient, name, isEdited, state]);

  const isNewer = newest.version > state.base.version;
  // What the form shows may be untouched by the change: somebody took the call, say.
  const isUntouched = isSame(draftOf(newest), draftOf(state.base));
  if (isNewer && !isEdited) setState({ base: newest, draft: draftOf(newest) });
  else if (isNewer && isUntouched) setState({ ...state, base: newest });
  return {
    ...state,
    isEdited,
    isBehind: isNewer && isEdited && !isUntouched,
    edit: (change) => setState((before) => ({ ...before, draft: { ...before.draft, ...change } })),
    saved: (value, sent) =>
      setState((before) => ({
        base: value,
        draft: isSame(before.draft, sent) ? draftOf(value) : before.draft,
      })),
    keepMine: () => setState((before) => ({ ...before, base: newest })),
    takeNewest: () => setState({ base: newest, draft: draftOf(newest) }),
  };
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
