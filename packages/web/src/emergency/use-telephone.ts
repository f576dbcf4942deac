import {
  EmergencyDoneSchema,
  EmergencyPinSetSchema,
  EmergencyTelephoneSchema,
} from '@madoguchi/server/emergency-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const ADDRESS = '/api/emergency/telephone';

/** How switching by telephone is set up; for those who may switch. */
export function useTelephone() {
  return useQuery({
    queryKey: queryKeys.emergencyTelephone,
    queryFn: ({ signal }) => request(ADDRESS, EmergencyTelephoneSchema, { signal }),
    refetchInterval: 10_000,
  });
}

/** @returns names the number for it; null for none. */
export function useNameTelephone() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (change: { phoneNumber: string | null; version: number }) =>
      request(ADDRESS, EmergencyDoneSchema, { method: 'PUT', body: change }),
    onSettled: afterwards,
  });
}

/** @returns sets one's own PIN, and answers with one's 担当者番号. */
export function useSetPin() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (pin: string) =>
      request(`${ADDRESS}/pin`, EmergencyPinSetSchema, { method: 'PUT', body: { pin } }),
    onSettled: afterwards,
    // What was typed is not to stay in memory after the dialog.
    gcTime: 0,
  });
}

/** @returns takes one's own PIN away. */
export function useRemovePin() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: () => request(`${ADDRESS}/pin`, EmergencyDoneSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

function useReread(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: queryKeys.emergencyTelephone });
}
