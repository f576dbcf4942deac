/** The part of `smpp` 0.5.1 (JavaScript without types) that this folder uses, read from its lib/. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  type WireType = { readonly default: unknown };
  /** How an optional parameter is laid out; `length` is that of its value on the wire. */
  type TlvType = WireType & {
    read(buffer: Buffer, offset: number, length: number): unknown;
    write(value: string | Buffer, buffer: Buffer, offset: number): void;
    size(value: string | Buffer): number;
  };
  type Param = { readonly type: WireType; readonly default?: unknown; readonly filter?: unknown };
  type Command = { readonly id: number; readonly params?: Readonly<Record<string, Param>> };

  interface Pdu {
    readonly command: string;
    readonly sequence_number: number;
    isResponse(): boolean;
    /** The PDU that answers this request; generic_nack where the command is unknown. */
    response(fields?: { readonly command_status?: number }): Pdu;
    readonly [field: string]: unknown;
  }

  interface Session extends EventEmitter<{ pdu: [Pdu]; close: []; error: [Error] }> {
    /** Gives the PDU its sequence number. False where the socket takes nothing more. */
    send(pdu: Pdu): boolean;
  }

  const smpp: {
    readonly PDU: new (command: string | Buffer, fields?: Readonly<Record<string, unknown>>) => Pdu;
    readonly Session: new (options: { readonly socket: Socket }) => Session;
    readonly commands: Readonly<Record<string, Command>>;
    readonly types: {
      readonly buffer: WireType;
      readonly tlv: { readonly buffer: TlvType; readonly cstring: TlvType };
    };
    /** Replaces how a command is laid out, for the whole process. */
    addCommand(name: string, command: { id: number; params: Record<string, Param> }): void;
    addTLV(name: string, tlv: { id: number; type: TlvType }): void;
  };
  export default smpp;
  export type { Pdu, Session };
}
