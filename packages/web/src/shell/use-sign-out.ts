import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { isSignedOut } from '../api/api-error.ts';
import { request } from '../api/request.ts';

/** While it runs nothing more should be asked for. */
export const SIGN_OUT = ['sign out'] as const;

/** Ends the session and forgets all that was read under it; somebody whose session has ended already is signed out, too. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationKey: SIGN_OUT,
    meta: { quiet: true },
    async mutationFn() {
      try {
        await request('/api/auth/sign-out', z.unknown(), { body: {} });
      } catch (error) {
        if (!isSignedOut(error)) throw error;
      }
    },
    async onSuccess() {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
  });
}
