import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { meQuery } from '../account-queries.ts';
import { request } from '../api/request.ts';

export type Credentials = { readonly email: string; readonly password: string };

/** Signs in (the session travels in a cookie the page cannot read), then goes on to `back`. */
export function useSignIn(back: string | undefined) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    // 401 means a wrong password here, not that a session has ended.
    meta: { quiet: true },
    async mutationFn(credentials: Credentials) {
      await request('/api/auth/sign-in/email', z.unknown(), { body: credentials });
      queryClient.clear();
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    },
    onSuccess: () => navigate({ href: back ?? '/live' }),
  });
}
