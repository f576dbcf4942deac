import type { DeskCallEvent, DeskCallOrder, DeskLine } from '../port.ts';

/** Clerks' own telephones, with nobody at them: a test says what becomes of a call. */
export class SimulatedDeskLine implements DeskLine {
  /** What was ordered, in order. */
  readonly orders: DeskCallOrder[] = [];
  /** Ids of those that were to be hung up. */
  readonly ended: string[] = [];
  #listener: (event: DeskCallEvent) => void = () => undefined;

  onDeskCall(listener: (event: DeskCallEvent) => void): void {
    this.#listener = listener;
  }

  async ringDesk(order: DeskCallOrder): Promise<void> {
    this.orders.push(order);
  }

  async endDeskCall(id: string): Promise<void> {
    this.ended.push(id);
    this.tell({ type: 'failed', id, reason: 'stopped' });
  }

  tell(event: DeskCallEvent): void {
    this.#listener(event);
  }
}
