import { mayDo } from '../../accounts/index.ts';
import type {
  SwitchableMessage,
  Switched,
  SwitchingCall,
  SwitchingDeed,
  TelephoneSwitching,
} from '../../calls/emergency/port.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Clock } from '../../clock.ts';
import { answeringWithin, type Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import { SpeechError } from '../../speech/index.ts';
import { type MessageSounds, prepareMessage } from '../prepare-messages.ts';
import { periodsOn, type Switching, switchOff, switchOn } from '../switch-emergency.ts';
import { enterByTelephone } from './enter.ts';

/** A caller waits in silence for it. */
const ANSWER_LIMIT_MS = 5_000;

/** What calls ask for, done in PostgreSQL with its audit entries. */
export function createTelephoneSwitching(parts: {
  readonly db: Database;
  readonly sounds: Pick<MessageSounds, 'prepare'>;
  readonly clock: Pick<Clock, 'now'>;
}): TelephoneSwitching {
  const { sounds, clock } = parts;
  const db = answeringWithin(parts.db, ANSWER_LIMIT_MS);
  const now = () => new Date(clock.now());
  /** Looks wait for one another anyhow: here they do without holding connections that calls need. */
  let looking: Promise<unknown> = Promise.resolve();

  async function deed(
    { callId, callerNumber }: SwitchingCall,
    { person, messageId, version }: SwitchingDeed,
    act: (trx: Database, switching: Switching) => Promise<unknown>,
  ): Promise<Switched> {
    const from = { channel: 'telephone', callId, callerNumber, version } as const;
    try {
      return await db.transaction().execute(async (trx): Promise<Switched> => {
        if (!(await mayStill(trx, person))) return 'refused';
        await act(trx, { messageId, person, at: now(), from });
        return 'done';
      });
    } catch (error) {
      if (error instanceof Refusal) return 'refused';
      throw error;
    }
  }

  return {
    enter(call, entry) {
      const entered = looking.then(() => enterByTelephone(db, call, entry, now()));
      looking = entered.catch(() => undefined);
      return entered;
    },
    messages: () => readSwitchable(db, now()),
    async switchOn(call, ordered, endsAt) {
      if (!(await isReady(ordered.messageId))) return 'refused';
      return await deed(call, ordered, (trx, switching) => switchOn(trx, switching, endsAt));
    },
    switchOff: (call, ordered) => deed(call, ordered, switchOff),
  };

  /** A word of the dictionary, or the machine, may have changed since it was saved. */
  async function isReady(messageId: string): Promise<boolean> {
    const row = await db
      .selectFrom('emergency_message')
      .select('text')
      .where('message_id', '=', messageId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) return false;
    try {
      await prepareMessage(sounds, row.text);
      return true;
    } catch (error) {
      if (error instanceof SpeechError) return false;
      throw error;
    }
  }
}

async function mayStill(trx: Database, person: string): Promise<boolean> {
  const row = await trx
    .selectFrom('person')
    .select(['role', 'suspended'])
    .where('id', '=', person)
    .executeTakeFirst();
  return row !== undefined && !row.suspended && mayDo(row.role, 'switchEmergency');
}

async function readSwitchable(db: Database, at: Date): Promise<readonly SwitchableMessage[]> {
  const rows = await db
    .selectFrom('emergency_message')
    .select(['message_id', 'name', 'version', 'phone_numbers'])
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('message_id')
    .execute();
  const on = new Map((await periodsOn(db, at)).map((period) => [period.message_id, period.ends_at]));
  const numbers = await db.selectFrom('phone_number').select(['phone_number', 'name']).execute();
  const names = new Map(numbers.map((row) => [row.phone_number, row.name]));
  return rows.map((row) => ({
    messageId: row.message_id,
    name: row.name,
    version: row.version,
    numberNames: row.phone_numbers?.map((number) => names.get(number) ?? showNumber(number)) ?? null,
    onUntil: on.get(row.message_id) ?? null,
  }));
}
