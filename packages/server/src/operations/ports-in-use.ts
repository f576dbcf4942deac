import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A port that Madoguchi was told to use is taken by another program. The message is for the operator. */
export class PortInUseError extends Error {
  readonly code = 'portInUse';
}

/**
 * Makes sure that the ports of SIP (UDP and TCP) and of the admin page are free, so that the operator hears of it in words instead of
 * finding it in the log of a program that did not start.
 * @throws PortInUseError
 */
export async function ensurePortsFree(
  sip: { readonly address: string; readonly port: number },
  http: { readonly address: string; readonly port: number },
): Promise<void> {
  if (!(await udpIsFree(sip.address, sip.port)) || !(await tcpIsFree(sip.address, sip.port))) {
    throw new PortInUseError(
      `電話（SIP）のポート ${sip.port} は、ほかのプログラムが使っています。そのプログラムを止めるか、MADOGUCHI_SIP_PORT で別の番号を指定してください。`,
    );
  }
  if (!(await tcpIsFree(http.address, http.port))) {
    throw new PortInUseError(
      `管理画面のポート ${http.port} は、ほかのプログラムが使っています。そのプログラムを止めるか、MADOGUCHI_HTTP_PORT で別の番号を指定してください。`,
    );
  }
}

function udpIsFree(address: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createSocket('udp4');
  socket.once('error', () => resolve(false));
  socket.bind(port, address, () => socket.close(() => resolve(true)));
  return promise;
}

function tcpIsFree(address: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, address, () => server.close(() => resolve(true)));
  return promise;
}
