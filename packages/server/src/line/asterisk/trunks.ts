import { endpointOf, type Trunk } from '@madoguchi/telephony/trunk';
import type { Admission } from '../port.ts';
import { type Attempt, attemptDialling } from './attempt.ts';
import type { Call } from './call.ts';
import type { DeskCall } from './desk-call.ts';
import { admit, freeForPlacing, hasFreeLine, type LineUse } from './lines.ts';
import { type Dialling, isLoop } from './loop.ts';
import { calledNumbersOf } from './offer.ts';
import { diallingOf, type PlacedCall } from './placed-call.ts';

/** The trunks as they are set now, and who uses their lines. What is in use is counted from the calls themselves: nothing can leak. */
export class Trunks {
  #trunks: readonly Trunk[];
  readonly #calls: ReadonlyMap<string, Call>;
  readonly #placed: ReadonlyMap<string, PlacedCall>;
  readonly #desk: ReadonlyMap<string, DeskCall>;
  readonly #attempts: ReadonlyMap<string, Attempt>;

  constructor(
    trunks: readonly Trunk[],
    calls: ReadonlyMap<string, Call>,
    placed: ReadonlyMap<string, PlacedCall>,
    desk: ReadonlyMap<string, DeskCall>,
    attempts: ReadonlyMap<string, Attempt>,
  ) {
    this.#trunks = trunks;
    this.#calls = calls;
    this.#placed = placed;
    this.#desk = desk;
    this.#attempts = attempts;
  }

  replace(trunks: readonly Trunk[]): void {
    this.#trunks = trunks;
  }

  byId(id: string | null): Trunk | null {
    return this.#trunks.find((trunk) => trunk.id === id) ?? null;
  }

  /** Id of the trunk that carries a channel. @param name as Asterisk names it, `PJSIP/trunk-main-0000001a` */
  idOfChannel(name: string): string | null {
    const endpoint = /^PJSIP\/(.+)-[0-9a-f]{8}$/.exec(name)?.[1];
    const trunk = this.#trunks.find(
      (each) =>
        endpoint === `trunk-${each.id}` ||
        each.accounts.some(({ number }) => endpoint === endpointOf(each, number)),
    );
    return trunk?.id ?? null;
  }

  /** What may be the number that was called, the likeliest first, by the order of sources of the call's trunk. */
  calledNumbers(call: Call): readonly string[] {
    const sources = this.byId(call.offer.trunkId)?.calledNumberSources ?? ['requestUri'];
    return calledNumbersOf(call.offer, sources);
  }

  /** What becomes of a call that has just come in and is not counted yet. A trunk that was taken away meanwhile has no limit. */
  admit(call: Call): Admission {
    if (isLoop(call.offer, this.dialling)) return 'loop';
    const trunk = this.byId(call.offer.trunkId);
    if (trunk === null) return 'served';
    const overflowing = [...this.#calls.values()].filter(
      (each) => each.admission === 'overflow' && each.offer.trunkId === trunk.id,
    ).length;
    return admit(trunk, this.useOf(trunk.id), overflowing);
  }

  /**
   * The trunk by which a leg leaves, and whether a line is free on it: the one that registers the called number, else the one that the
   * call came by, else any other that has a line.
   */
  forLeg(
    call: Call,
    order: { readonly calledNumber: string | null; readonly tollFree: boolean },
  ): Trunk | 'noLine' | 'notDialable' {
    const able = order.tollFree ? this.#trunks.filter((trunk) => trunk.dialsTollFree) : this.#trunks;
    if (able.length === 0) return order.tollFree ? 'notDialable' : 'noLine';
    const registers = (trunk: Trunk) => trunk.accounts.some(({ number }) => number === order.calledNumber);
    const rank = (trunk: Trunk) => (registers(trunk) ? 0 : trunk.id === call.offer.trunkId ? 1 : 2);
    return (
      able
        .toSorted((one, other) => rank(one) - rank(other))
        .find((trunk) => hasFreeLine(trunk.lines, this.useOf(trunk.id), 'transferred')) ?? 'noLine'
    );
  }

  /** The trunk by which both legs of a placed call leave: the one that registers the number, else any other with two free lines. */
  forPlaced(calledNumber: string): Trunk | 'noLine' {
    return this.#first(calledNumber, ({ id, lines }) => {
      const use = this.useOf(id);
      return hasFreeLine(lines, { ...use, placed: use.placed + 1 }, 'placed');
    });
  }

  /** Of every trunk, by its id. */
  get use(): ReadonlyMap<string, LineUse> {
    return new Map(this.#trunks.map(({ id }) => [id, this.useOf(id)]));
  }

  /** The trunk by which a clerk's own telephone is rung: one line of the share for placed calls. */
  forDesk(calledNumber: string): Trunk | 'noLine' {
    return this.#first(calledNumber, ({ id, lines }) => hasFreeLine(lines, this.useOf(id), 'placed'));
  }

  /** The trunk by which a campaign's call leaves. @param leftFree lines that stay free for received calls, whatever is waiting */
  forAttempt(calledNumber: string, leftFree: number): Trunk | 'noLine' {
    return this.#first(calledNumber, ({ id, lines }) => freeForPlacing(lines, this.useOf(id), leftFree) > 0);
  }

  /** Attempts for that number that find a line now. */
  linesForAttempts(leftFree: number): number {
    return this.#trunks.reduce(
      (sum, { id, lines }) => sum + freeForPlacing(lines, this.useOf(id), leftFree),
      0,
    );
  }

  /** The one that registers the number, if it will do, else any other that will. */
  #first(calledNumber: string, willDo: (trunk: Trunk) => boolean): Trunk | 'noLine' {
    const registers = (trunk: Trunk) => trunk.accounts.some(({ number }) => number === calledNumber);
    return (
      this.#trunks.toSorted((one, other) => Number(registers(other)) - Number(registers(one))).find(willDo) ??
      'noLine'
    );
  }

  useOf(trunkId: string): LineUse {
    let received = 0;
    let transferred = 0;
    let attempts = 0;
    for (const { admission, offer, transfer, forward, isAttempt } of this.#calls.values()) {
      if (offer.trunkId === trunkId && isAttempt) attempts++;
      else if (admission === 'served' && offer.trunkId === trunkId) received++;
      if (forward?.trunkId === trunkId) transferred++;
      for (const leg of transfer?.legs.values() ?? []) if (leg.trunkId === trunkId) transferred++;
    }
    // Both lines are kept from the beginning: a citizen's telephone must never be the one that finds none.
    const placed = 2 * [...this.#placed.values()].filter((each) => each.trunkId === trunkId).length;
    const desk = [...this.#desk.values()].filter((each) => each.trunkId === trunkId).length;
    attempts += [...this.#attempts.values()].filter((each) => each.trunkId === trunkId).length;
    return { received, transferred, placed: placed + desk + attempts };
  }

  /** What is being dialled and not talked with yet. */
  get dialling(): readonly Dialling[] {
    const legs = [...this.#calls.values()].flatMap(({ offer, transfer, forward, answered }) =>
      [
        ...[...(transfer?.legs.values() ?? [])].filter(({ state }) => state !== 'talking'),
        ...(forward === null || answered ? [] : [forward]),
      ].flatMap(({ to, presented }) =>
        to === null
          ? []
          : // A citizen's own number says nothing: he may call twice at once.
            [{ to, presented: presented === offer.callerNumber ? null : presented }],
      ),
    );
    const desk = [...this.#desk.values()]
      .filter(({ state }) => state === 'ringing')
      .map(({ order }) => ({ to: order.staff, presented: order.calledNumber }));
    const attempts = [...this.#attempts.values()].flatMap(attemptDialling);
    return [...legs, ...[...this.#placed.values()].flatMap(diallingOf), ...desk, ...attempts];
  }
}
