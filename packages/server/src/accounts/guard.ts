import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../http/index.ts';
import type { Auth, Person } from './create-auth.ts';
import { mayDo, type Right } from './rights.ts';

/** Lets people through to what they may do. Every route but sign-in asks it first. */
export type Guard = {
  /** Who asks. @throws Refusal 401 where nobody is signed in. */
  signedIn(request: FastifyRequest): Promise<Person>;
  /** Who asks, if they may do `right`. @throws Refusal 401, 403. */
  allowed(request: FastifyRequest, right: Right): Promise<Person>;
  /** Asks again later, for an answer that stays open: false once the person has left, is suspended or has lost the right. */
  stillAllowed(request: FastifyRequest, right: Right): Promise<boolean>;
};

export function createGuard(auth: Pick<Auth, 'whoIs'>): Guard {
  async function signedIn(request: FastifyRequest): Promise<Person> {
    const person = await auth.whoIs(webHeaders(request.headers));
    if (person === null) throw new Refusal(401, 'signInNeeded', 'ログインしてください。');
    return person;
  }
  return {
    signedIn,
    async allowed(request, right) {
      const person = await signedIn(request);
      if (!mayDo(person.role, right))
        throw new Refusal(403, 'notAllowed', 'この操作を行う権限がありません。');
      return person;
    },
    async stillAllowed(request, right) {
      const person = await auth.whoIs(webHeaders(request.headers));
      return person !== null && mayDo(person.role, right);
    },
  };
}

/** Node's headers as the Fetch standard's. */
export function webHeaders(headers: IncomingHttpHeaders): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') result.append(name, value);
    else for (const one of value ?? []) result.append(name, one);
  }
  return result;
}
