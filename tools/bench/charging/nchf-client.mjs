import net from 'node:net';
import { numberOf } from './subscribers.mjs';

const octets = 10_000_000;
const base = '/nchf-convergedcharging/v3/chargingdata';

/**
 * A network function with one connection that is kept alive: creates a session of a random subscriber, and releases it.
 * @param {{ port: number, token: string, subjects: number, firstSubject?: number, run: number }} options one subject: a hot bucket
 * @param {number} at which client it is: part of its sessions' charging ids
 */
export async function nchfClient({ port, token, subjects, firstSubject = 1, run }, at) {
  const connection = await connect(port, token);
  const consumer = { nodeFunctionality: 'SMF', nFName: `bench-${run}-${at}` };
  let chargingId = 0;
  let reference = '';
  const body = (sequence, usage, more = {}) =>
    JSON.stringify({
      ...more,
      chargingId,
      nfConsumerIdentification: consumer,
      invocationTimeStamp: new Date().toISOString(),
      invocationSequenceNumber: sequence,
      multipleUnitUsage: [{ ratingGroup: 1, ...usage }],
    });
  return {
    async reserve() {
      chargingId += 1;
      const subscriberIdentifier = `msisdn-${numberOf(firstSubject + Math.floor(Math.random() * subjects))}`;
      const answer = await connection.post(
        base,
        body(0, { requestedUnit: { totalVolume: octets } }, { subscriberIdentifier }),
      );
      if (answer.status !== 201) throw new Error(`create: ${answer.status} ${answer.text}`);
      reference = /\r\nlocation: \S*\/([0-9a-f-]+)\r\n/i.exec(answer.text)?.[1] ?? '';
    },
    async settle() {
      const used = { usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: octets / 2 }] };
      const answer = await connection.post(`${base}/${reference}/release`, body(1, used));
      if (answer.status !== 204) throw new Error(`release: ${answer.status} ${answer.text}`);
    },
    close: async () => connection.close(),
  };
}

/** HTTP/1.1 by hand: a library would cost more than what is measured. */
async function connect(port, token) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.setEncoding('latin1');
  let received = '';
  /** @type {{ resolve: (answer: { status: number, text: string }) => void, reject: (error: Error) => void } | null} */
  let waiting = null;
  socket.on('data', (chunk) => {
    received += chunk;
    const head = received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0);
    if (received.length < head + 4 + length) return;
    const text = received;
    received = '';
    waiting?.resolve({ status: Number(text.slice(9, 12)), text });
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return {
    post(path, body) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n` +
            `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      });
    },
    close() {
      waiting = null;
      socket.destroy();
    },
  };
}
