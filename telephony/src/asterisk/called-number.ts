import type { CalledNumberSource, Trunk } from '../trunk/trunk.ts';

/** Variables of a channel with where the called number may stand, URL-encoded: `uri` is made here, the others by `inbound`. */
const VARIABLES = {
  requestUri: 'uri',
  to: 'to',
  diversion: 'diversion',
  historyInfo: 'history',
  pCalledPartyId: 'pcpid',
} as const satisfies Record<CalledNumberSource, string>;

/** Context that goes to the extension of the called number in `fallback`, or does `unknown`. */
export const CALLED_CONTEXT = 'called';

/** What an endpoint hands to its channels, so that the dialplan itself can look for the called number in the trunk's order. */
export function calledByVariable({ calledNumberSources }: Pick<Trunk, 'calledNumberSources'>): string {
  return `CALLED_BY=${calledNumberSources.map((source) => VARIABLES[source]).join('-')}`;
}

/** Steps of an extension of `inbound` that lead to `CALLED_CONTEXT`; the first has the label `label`. */
export function lookForCalledNumber(label: string): string {
  return ` same => n(${label}),Set(RAW=\${EXTEN})
 same => n,Set(${VARIABLES.requestUri}=sip%3A\${URIENCODE(\${REPLACE(RAW,(),-)})})
 same => n,Goto(${CALLED_CONTEXT},s,1)`;
}

/**
 * Finds the called number as `line/asterisk/offer.ts` of the server does, as far as expressions of the dialplan can: the user part of the
 * last SIP or tel URI, which in Diversion is the original (RFC 5806, 8.1), but of the first in History-Info, whose entries come in order.
 * Only what is a served number leads anywhere. What is looked at is URL-encoded, so that nothing in it means anything to the dialplan.
 *
 * @param unknown steps for a call whose number is not served; the first line begins after its priority
 */
export function calledContext(unknown: readonly [string, ...string[]]): string {
  const [first, ...rest] = unknown;
  return `[${CALLED_CONTEXT}]
exten => s,1,Set(AT=0)
 same => n(next),Set(AT=$[\${AT} + 1])
 same => n,Set(SOURCE=\${CUT(CALLED_BY,-,\${AT})})
 same => n,GotoIf($["\${SOURCE}" = ""]?unknown)
 same => n,Set(VALUE=\${\${SOURCE}})
 same => n,Set(BEFORE=\${IF($["\${SOURCE}" = "${VARIABLES.historyInfo}"]?:.*)})
 same => n,Set(USER=$["\${VALUE}" =~ "\${BEFORE}[sStT][iIeE][pPlL][sS]?%3A(%2B[-.0-9]+|[-.0-9]+)"])
 same => n,Set(DIGITS=\${FILTER(0-9,\${IF($["\${USER:0:3}" = "%2B"]?\${USER:3}:\${USER})})})
 same => n,GotoIf($["\${DIGITS}" = ""]?next)
 same => n,Set(DIGITS=\${IF($["\${DIGITS:0:2}" = "81" & \${LEN(\${DIGITS})} > 10]?0\${DIGITS:2}:\${DIGITS})})
 same => n,GotoIf($[\${DIALPLAN_EXISTS(fallback,\${DIGITS},1)}]?fallback,\${DIGITS},1)
 same => n,Goto(next)
 same => n(unknown),${first}
${rest.map((step) => ` same => n,${step}`).join('\n')}`;
}
