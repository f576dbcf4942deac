import {
  NumberDoneSchema,
  type NumberDraft,
  NumberPlanListSchema,
  NumberPlanSavedSchema,
  type NumberProblem,
  NumberProblemsSchema,
  NumberSavedSchema,
  type NumberState,
  PhoneNumberListSchema,
  TestCallerListSchema,
} from '@madoguchi/server/number-contract';
import { TelephoneTrialEndedSchema } from '@madoguchi/server/telephone-trial-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../account-queries.ts';
import { ApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

/** All phone numbers with their settings. Plans change them by themselves, so that they are asked for again. */
export function usePhoneNumbers() {
  return useQuery({
    queryKey: queryKeys.phoneNumbers,
    queryFn: ({ signal }) => request('/api/phone-numbers', PhoneNumberListSchema, { signal }),
    refetchInterval: 10_000,
  });
}

export function useSettledPlans(phoneNumber: string) {
  return useQuery({
    queryKey: queryKeys.numberPlans(phoneNumber),
    queryFn: ({ signal }) => request(`${addressOf(phoneNumber)}/plans`, NumberPlanListSchema, { signal }),
  });
}

export function useTestCallers() {
  return useQuery({
    queryKey: queryKeys.testCallers,
    queryFn: ({ signal }) => request('/api/test-callers', TestCallerListSchema, { signal }),
  });
}

/** Whether the person may change numbers; others only look. */
export function useMayManage(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.rights.includes('manageNumbers') ?? false;
}

/** Whether the person may say how many decisions a number asks for. */
export function useMaySetApproval(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.rights.includes('setApproval') ?? false;
}

export function useAddNumber() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (body: { readonly phoneNumber: string; readonly name: string }) =>
      request('/api/phone-numbers', NumberSavedSchema, { body }),
    onSuccess: afterwards,
  });
}

export function useSaveNumber(phoneNumber: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (body: { readonly draft: NumberDraft; readonly version: number }) =>
      request(addressOf(phoneNumber), NumberSavedSchema, { method: 'PUT', body }),
    onSettled: afterwards,
  });
}

export function useChangeState(phoneNumber: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (body: { readonly state: NumberState; readonly version: number }) =>
      request(`${addressOf(phoneNumber)}/state`, NumberSavedSchema, { method: 'PUT', body }),
    onSettled: afterwards,
  });
}

/** Lets test callers of a number hear the version in force again. */
export function useEndTrial(phoneNumber: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: () =>
      request(`${addressOf(phoneNumber)}/trial`, TelephoneTrialEndedSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

export function useSaveApproval(phoneNumber: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (body: { readonly steps: number; readonly version: number }) =>
      request(`${addressOf(phoneNumber)}/approval`, NumberSavedSchema, { method: 'PUT', body }),
    onSettled: afterwards,
  });
}

export function useAddPlan(phoneNumber: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (body: { readonly state: NumberState; readonly dueAt: string }) =>
      request(`${addressOf(phoneNumber)}/plans`, NumberPlanSavedSchema, { body }),
    onSettled: afterwards,
  });
}

export function useCancelPlan(phoneNumber: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (planId: number) =>
      request(`${addressOf(phoneNumber)}/plans/${planId}`, NumberDoneSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

export type TestCallerTyped = {
  readonly number: string;
  readonly note: string;
  readonly fromDay: string | null;
  readonly toDay: string | null;
  /** Null: a new one. */
  readonly version: number | null;
};

export function useSaveTestCaller() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (body: TestCallerTyped) =>
      request('/api/test-callers', NumberDoneSchema, { method: 'PUT', body }),
    onSettled: afterwards,
  });
}

export function useRemoveTestCaller() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (number: string) =>
      request(`/api/test-callers/${encodeURIComponent(number)}`, NumberDoneSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

function useReread(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [queryKeys.phoneNumbers, queryKeys.testCallers, queryKeys.numbers].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
}

function addressOf(phoneNumber: string): string {
  return `/api/phone-numbers/${encodeURIComponent(phoneNumber)}`;
}

/** What the server objects to, by field; none where it failed otherwise or not at all. */
export function numberProblemsOf(error: unknown): (path: NumberProblem['path']) => string | undefined {
  const told = error instanceof ApiError ? NumberProblemsSchema.safeParse(error.reply) : null;
  const problems = told?.success === true ? told.data.problems : [];
  return (path) => problems.find((problem) => problem.path === path)?.message;
}
