type Spell = { readonly sinceMs: number; readonly lastMs: number; readonly hasTakenSince: boolean };

/**
 * Which gateways have said for longer than `boundMs` that they are too fast or full. A spell of it goes on while nothing is taken, and
 * also where something is now and then but they say so again within `boundMs`: such a gateway takes less than comes in.
 */
export class Throttling {
  readonly #boundMs: number;
  readonly #spells = new Map<string, Spell>();

  constructor(boundMs: number) {
    this.#boundMs = boundMs;
  }

  /** A gateway asked to come later. */
  askedToComeLater(gateway: string, now: Date): void {
    const lastMs = now.getTime();
    const spell = this.#spells.get(gateway);
    const goesOn = spell !== undefined && this.#lasts(spell, lastMs);
    this.#spells.set(gateway, { sinceMs: goesOn ? spell.sinceMs : lastMs, lastMs, hasTakenSince: false });
  }

  /** A gateway took something. */
  took(gateway: string): void {
    const spell = this.#spells.get(gateway);
    if (spell !== undefined) this.#spells.set(gateway, { ...spell, hasTakenSince: true });
  }

  /** Names of gateways that should be spared what others can take. */
  overfull(now: Date): readonly string[] {
    const nowMs = now.getTime();
    return [...this.#spells].flatMap(([gateway, spell]) =>
      this.#lasts(spell, nowMs) && nowMs - spell.sinceMs >= this.#boundMs ? [gateway] : [],
    );
  }

  #lasts({ lastMs, hasTakenSince }: Spell, nowMs: number): boolean {
    return !hasTakenSince || nowMs - lastMs < this.#boundMs;
  }
}
