import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../account-queries.ts';

/** Whether who is signed in may change announcements, sounds and readings. */
export function useMayEdit(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.rights.includes('editFlows') ?? false;
}
