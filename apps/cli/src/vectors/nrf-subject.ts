import { NOW, type RatedUnits, type VectorBalance } from './balances';
import type { Fields } from './fields';
import { balancesAfter } from './left-balances';
import { OperatorAccount } from './operator-account';
import { OperatorSessions } from './operator-sessions';
import { tariffOf } from './operator-tariff';
import type { RateEntry } from './rate-tables';
import { RatingFunction, type ServiceRating } from './rating-function';

const BUCKET = 'bucket';
/** What a vector that does not show it asks for: the services of those that do. */
const OCTETS = { serviceId: 1, ratingGroup: 32 };
const MESSAGES = { serviceId: 4, ratingGroup: 32 };
/** Where a vector says no package, any will do. */
const SOME_PACKAGE = 1000n;

/** What a vector is about: packages of octets, or messages. */
export interface Subject {
  service: typeof OCTETS;
  packageSize: bigint;
  bucket: bigint | null;
  destination: string;
}

/** Reads it from the offer, the figures and the destination. */
export function subjectOf(vector: Fields, request: Fields, figures: Fields): Subject {
  const offer = vector.textOr('offer');
  const destination = request.object('destinationId');
  const number = destination.has('type') ? destination.oneOf('type', ['DN']) && destination.text('data') : '';
  destination.finish();
  const packageSize = figures.whole('packageSize', SOME_PACKAGE);
  const bucket = figures.has('bucketOctets') ? figures.whole('bucketOctets') : null;
  if (offer?.startsWith('package price, octets')) {
    return { service: OCTETS, packageSize, bucket, destination: number };
  }
  const messages = /^message tariff by destination prefix table, bucket of (\d+) messages$/.exec(offer ?? '');
  if (offer !== null && !messages) vector.refuse('offer', `${offer} is not understood`);
  const count = messages ? BigInt(messages[1] ?? '') : null;
  return { service: MESSAGES, packageSize: 1n, bucket: count, destination: number };
}

/** The offer's bucket; where the vector names none, money that lasts. Prices are by prefixes of the destination. */
export function functionOf({ service, packageSize, bucket, destination }: Subject): RatingFunction {
  const balance: VectorBalance = {
    id: BUCKET,
    units: bucket === null ? null : unitsOf(service),
    access: 'own',
    value: String(bucket ?? 0n),
    mayBeNegative: bucket === null,
    ...{
      priority: 0,
      validity: null,
      band: null,
      prefixes: [],
      increment: '1',
      isBlocker: false,
      held: null,
    },
  };
  const size = String(packageSize);
  const step = { from: '0', price: { amount: '1', per: size }, increment: size };
  const entry: RateEntry = {
    prefixes: destination === '' ? [] : [destination.slice(0, 1), destination.slice(0, 4), '9'],
    ...{ days: null, from: 0, until: null, weight: 0, label: null },
    rate: { connectFee: null, steps: [step], maximumPerEvent: null },
  };
  const tariff = tariffOf(unitsOf(service).usageClass, [entry], [balance], null);
  const account = new OperatorAccount(tariff, [balance], NOW);
  return new RatingFunction(new OperatorSessions(account, NOW), { destination, startedAt: NOW });
}

function unitsOf(service: Subject['service']): RatedUnits {
  return service === OCTETS ? { usageClass: 'data', unit: 'kb' } : { usageClass: 'sms', unit: 'message' };
}

/** One request of the vector's service. */
export function askFor({ service }: Subject, units: Partial<ServiceRating>): ServiceRating {
  return { ...service, consumed: 0n, requested: null, ...units };
}

/** Units that the bucket has left after what sessions hold. */
export function leftOf({ sessions }: RatingFunction): bigint {
  return balancesAfter(sessions)[BUCKET]?.numerator ?? 0n;
}
