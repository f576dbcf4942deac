import type { PlacedCallEvent, PlacedCallOrder, PlacingLine } from '../port.ts';

/** Calls that the city places, with nobody at the telephones: a test says what becomes of them. */
export class SimulatedPlacingLine implements PlacingLine {
  /** What was ordered, in order. */
  readonly orders: PlacedCallOrder[] = [];
  /** Ids of those that were to be taken down. */
  readonly ended: string[] = [];
  readonly placedCallIds = new Set<string>();
  #listener: (event: PlacedCallEvent) => void = () => undefined;

  onPlacedCall(listener: (event: PlacedCallEvent) => void): void {
    this.#listener = listener;
  }

  async placeCall(order: PlacedCallOrder): Promise<void> {
    this.orders.push(order);
    this.placedCallIds.add(order.id);
  }

  async endPlacedCall(id: string): Promise<void> {
    if (!this.placedCallIds.has(id)) return;
    this.ended.push(id);
    this.tell({ type: 'failed', id, reason: 'stopped' });
  }

  tell(event: PlacedCallEvent): void {
    if (event.type !== 'talking' && event.type !== 'ringingCitizen') this.placedCallIds.delete(event.id);
    this.#listener(event);
  }
}
