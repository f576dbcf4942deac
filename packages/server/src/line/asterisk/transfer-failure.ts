import type { TransferFailure } from '@madoguchi/flow';

/**
 * Why a second leg did not come about. The only place where SIP codes (RFC 3261) and causes (ITU-T Q.850) are judged.
 * The SIP code decides where there is one; a leg that rang and went without a final answer was unanswered.
 */
export function classifyTransferFailure(leg: {
  readonly sipCode: number | null;
  readonly q850Cause: number | null;
  readonly rang: boolean;
}): TransferFailure {
  const { sipCode, q850Cause, rang } = leg;
  switch (sipCode) {
    case 486:
    case 600:
      return 'busy';
    case 603:
    case 403:
    case 607:
    case 608:
      return 'refused';
    case 408:
    case 480:
    case 487:
      return rang ? 'unanswered' : 'unreachable';
    case 404:
    case 410:
    case 484:
    case 500:
    case 502:
    case 503:
    case 504:
    case 604:
      return 'unreachable';
  }
  switch (q850Cause) {
    case 17:
      return 'busy';
    case 21:
      return 'refused';
    case 18:
    case 19:
      return rang ? 'unanswered' : 'unreachable';
    case 1:
    case 2:
    case 3:
    case 20:
    case 22:
    case 27:
    case 28:
    case 34:
    case 38:
    case 41:
    case 42:
      return 'unreachable';
  }
  return 'unknown';
}
