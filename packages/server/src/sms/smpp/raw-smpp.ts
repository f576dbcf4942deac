import smpp from 'smpp';

/**
 * The library with `short_message`, `message_payload` and the dates left as they are on the wire. By itself it decodes them while
 * it cuts PDUs from the stream: it reads data_coding 0 and 1 as the GSM alphabet (an '_' in a receipt's id becomes '§'), and a
 * date it cannot read throws there and leaves the session deaf.
 */
for (const name of ['submit_sm', 'deliver_sm']) {
  const command = smpp.commands[name];
  if (command?.params === undefined) throw new Error(`the smpp library has no ${name}`);
  const params = Object.entries(command.params).map(
    ([key, { filter: _filter, ...param }]) => [key, param] as const,
  );
  smpp.addCommand(name, { id: command.id, params: Object.fromEntries(params) });
}
smpp.addTLV('message_payload', { id: 0x0424, type: smpp.types.tlv.buffer });

/**
 * By itself the library reads on to the next NUL, which some gateways leave out: the id then swallows the parameter after it, and
 * its receipt matches no text.
 */
smpp.addTLV('receipted_message_id', {
  id: 0x001e,
  type: {
    ...smpp.types.tlv.cstring,
    read(buffer, offset, length) {
      const value = buffer.subarray(offset, offset + length);
      const end = value.indexOf(0);
      return value.toString('latin1', 0, end === -1 ? value.length : end);
    },
  },
});

export { smpp };
