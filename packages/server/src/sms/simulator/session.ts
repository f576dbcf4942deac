import type { Socket } from 'node:net';
import {
  CommandId,
  PduReader,
  readBind,
  readSubmit,
  responseTo,
  Status,
  type WireBind,
  type WirePdu,
  type WireSubmit,
  writePdu,
} from './wire.ts';

/** What the centre says of a submit: the body of the answer, or another way to treat it. */
export type SubmitAnswer = Buffer | 'silence' | 'cut' | 'refused' | 'throttled' | 'queueFull';

type Centre = {
  isDeaf(): boolean;
  bind(credentials: WireBind): boolean;
  bound(): void;
  submit(submit: WireSubmit): Promise<SubmitAnswer>;
  enquired(): void;
  closed(): void;
};

/** One connection of a client to the simulated SMS centre. A peer that speaks no SMPP is cut off. */
export class SmscSession {
  readonly #socket: Socket;
  readonly #centre: Centre;
  readonly #reader = new PduReader();
  readonly #delivering = new Map<number, (status: number | null) => void>();
  #sequence = 0;
  #bound: 'no' | 'transmitter' | 'receiver' | 'transceiver' = 'no';

  constructor(socket: Socket, centre: Centre) {
    this.#socket = socket;
    this.#centre = centre;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#read(bytes));
    // 'close' follows and says all that matters.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#bound = 'no';
      for (const settle of this.#delivering.values()) settle(null);
      centre.closed();
    });
  }

  get receivesReceipts(): boolean {
    return (this.#bound === 'receiver' || this.#bound === 'transceiver') && this.#socket.writable;
  }

  /** Sends a deliver_sm. @returns the status of its answer; null where the connection ended first */
  deliver(body: Buffer): Promise<number | null> {
    this.#sequence += 1;
    const sequence = this.#sequence;
    this.#socket.write(writePdu(CommandId.deliverSm, Status.ok, sequence, body));
    return new Promise((resolve) => {
      this.#delivering.set(sequence, (status) => {
        this.#delivering.delete(sequence);
        resolve(status);
      });
    });
  }

  cut(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    if (this.#centre.isDeaf()) return;
    try {
      for (const pdu of this.#reader.push(bytes)) this.#handle(pdu);
    } catch {
      this.cut();
    }
  }

  #handle(pdu: WirePdu): void {
    switch (pdu.commandId) {
      case CommandId.bindTransceiver:
        this.#bind(pdu, 'transceiver');
        return;
      case CommandId.bindTransmitter:
        this.#bind(pdu, 'transmitter');
        return;
      case CommandId.bindReceiver:
        this.#bind(pdu, 'receiver');
        return;
      case CommandId.submitSm:
        this.#submit(pdu);
        return;
      case CommandId.enquireLink:
        this.#write(responseTo(pdu, Status.ok));
        this.#centre.enquired();
        return;
      case CommandId.unbind:
        this.#write(responseTo(pdu, Status.ok));
        this.#socket.end();
        return;
      case CommandId.deliverSmResp:
        this.#delivering.get(pdu.sequence)?.(pdu.status);
        return;
      case CommandId.genericNack:
        return;
      default:
        this.#write(writePdu(CommandId.genericNack, Status.invalidCommandId, pdu.sequence));
    }
  }

  #bind(pdu: WirePdu, as: 'transmitter' | 'receiver' | 'transceiver'): void {
    if (!this.#centre.bind(readBind(pdu.body))) {
      this.#write(responseTo(pdu, Status.bindFailed));
      this.#socket.end();
      return;
    }
    this.#bound = as;
    this.#write(responseTo(pdu, Status.ok, Buffer.from('MADOGUCHI-SMSC\0', 'latin1')));
    this.#centre.bound();
  }

  #submit(pdu: WirePdu): void {
    if (this.#bound !== 'transmitter' && this.#bound !== 'transceiver') {
      this.#write(responseTo(pdu, Status.notBound));
      return;
    }
    this.#centre.submit(readSubmit(pdu.body)).then(
      (answer) => {
        if (answer === 'cut') this.cut();
        else if (answer === 'refused') this.#write(responseTo(pdu, Status.invalidDestination));
        else if (answer === 'throttled') this.#write(responseTo(pdu, Status.throttled));
        else if (answer === 'queueFull') this.#write(responseTo(pdu, Status.messageQueueFull));
        else if (answer !== 'silence') this.#write(responseTo(pdu, Status.ok, answer));
      },
      // The text could not be kept: no answer must claim that it was.
      () => this.cut(),
    );
  }

  #write(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }
}
