import {
  SmsReceivedSchema,
  SmsRecentSchema,
  SmsTermsSchema,
  SmsTestReplySchema,
} from '@madoguchi/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const LOOK_AGAIN_MS = 3_000;

/** What was sent lately, newest first; followed while the screen is open, since receipts come later. */
export function useSmsRecent() {
  return useQuery({
    queryKey: queryKeys.smsRecent,
    queryFn: ({ signal }) => request('/api/sms/recent', SmsRecentSchema, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** How texts are cut and priced; the operator's contracts, which change only with a new start. */
export function useSmsTerms() {
  return useQuery({
    queryKey: queryKeys.smsTerms,
    queryFn: ({ signal }) => request('/api/sms/terms', SmsTermsSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What the local SMSC simulator received. */
export function useSmsReceived() {
  return useQuery({
    queryKey: queryKeys.smsReceived,
    queryFn: ({ signal }) => request('/api/sms/received', SmsReceivedSchema, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Hands one text over for sending; never repeated by itself, since that might send it twice. */
export function useSmsTest() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (sms: { readonly to: string; readonly text: string }) =>
      request('/api/sms/test', SmsTestReplySchema, { body: sms }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.smsRecent }),
        queryClient.invalidateQueries({ queryKey: queryKeys.smsReceived }),
      ]),
  });
}
