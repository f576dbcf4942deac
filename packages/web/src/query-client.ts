import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isSignedOut } from './api/api-error.ts';

/** @param onSignedOut called whenever an answer says that the session has ended. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => (query.meta?.['quiet'] === true ? undefined : watch(error)),
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) =>
        mutation.meta?.['quiet'] === true ? undefined : watch(error),
    }),
    defaultOptions: {
      queries: {
        // What the server refused it would refuse again; only a lost answer is worth a second try.
        retry: (failures, error) =>
          failures < 1 && error instanceof ApiError && (error.status === 0 || error.status === 503),
        retryDelay: 500,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
  // What was typed and not saved waits as long as the page is open, or until signing out.
  queryClient.setQueryDefaults(['draft'], { gcTime: Number.POSITIVE_INFINITY });
  return queryClient;
}
