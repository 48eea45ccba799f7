import { connect } from './http-connection.mjs';
import { numberOf } from './subscribers.mjs';

const octets = 10_000_000;
const base = '/nchf-convergedcharging/v3/chargingdata';

/**
 * A network function with one connection that is kept alive: creates a session of a random subscriber, and releases it.
 * @param {{ port: number, token: string, subjects: number, firstSubject?: number, run: number }} options one subject: a hot bucket
 * @param {number} at which client it is: part of its sessions' charging ids
 */
export async function nchfClient({ port, token, subjects, firstSubject = 1, run }, at) {
  const connection = await connect(
    port,
    `authorization: Bearer ${token}\r\ncontent-type: application/json\r\n`,
  );
  const consumer = { nodeFunctionality: 'SMF', nFName: `bench-${run}-${at}` };
  let chargingId = 0;
  let reference = '';
  return {
    async reserve() {
      chargingId += 1;
      const subscriberIdentifier = `msisdn-${numberOf(firstSubject + Math.floor(Math.random() * subjects))}`;
      // Literals of one form each: objects put together from parts cost a tenth of what a client does.
      const body = JSON.stringify({
        subscriberIdentifier,
        chargingId,
        nfConsumerIdentification: consumer,
        invocationTimeStamp: new Date().toISOString(),
        invocationSequenceNumber: 0,
        multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: octets } }],
      });
      const answer = await connection.post(base, body);
      if (answer.status !== 201) throw new Error(`create: ${answer.status} ${answer.text}`);
      reference = referenceOf(answer.text);
    },
    async settle() {
      const usedUnitContainer = [{ localSequenceNumber: 1, totalVolume: octets / 2 }];
      const body = JSON.stringify({
        chargingId,
        nfConsumerIdentification: consumer,
        invocationTimeStamp: new Date().toISOString(),
        invocationSequenceNumber: 1,
        multipleUnitUsage: [{ ratingGroup: 1, usedUnitContainer }],
      });
      const answer = await connection.post(`${base}/${reference}/release`, body);
      if (answer.status !== 204) throw new Error(`release: ${answer.status} ${answer.text}`);
    },
    close: async () => connection.close(),
  };
}

/** The last part of the location. @param {string} answer */
function referenceOf(answer) {
  const from = answer.indexOf('\r\nlocation: ');
  if (from < 0) throw new Error(`create: no location in ${answer}`);
  const to = answer.indexOf('\r\n', from + 2);
  return answer.slice(answer.lastIndexOf('/', to) + 1, to);
}
