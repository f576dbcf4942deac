import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { meQuery } from '../account-queries.ts';
import { type LiveState, NOTHING_YET, withCalls, withLinkLost, withSnapshot } from './live-state.ts';
import { openLiveStream } from './live-stream.ts';

/** The calls of this moment, while the screen is open. */
export function useLiveCalls(): LiveState {
  const queryClient = useQueryClient();
  const [state, setState] = useState(NOTHING_YET);
  useEffect(
    () =>
      openLiveStream({
        onSnapshot: (news) => setState((before) => withSnapshot(before, news, Date.now())),
        onCalls: (news) => setState((before) => withCalls(before, news, Date.now())),
        onLost: () => setState(withLinkLost),
        // A 401 here leads to the sign-in page (query-client.ts).
        onRefused: () => void queryClient.refetchQueries({ queryKey: meQuery.queryKey }),
      }),
    [queryClient],
  );
  return state;
}
