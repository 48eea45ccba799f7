import { ratioOf, zeroRatio } from '@ronghe/kernel';
import { compileRateTable } from './terms/rate-table';
import type { SpendableBalance } from './terms/spendable-balances';
import { NOW } from './balances';
import type { Fields } from './fields';
import { RatingFunction, type ServiceRating } from './rating-function';

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
export function functionOf({ packageSize, bucket, destination }: Subject): RatingFunction {
  const head = { id: 'the bucket', priority: 0, validity: null, band: null };
  const balance: SpendableBalance =
    bucket === null
      ? { ...head, kind: 'money', remaining: zeroRatio, mayBeNegative: true }
      : { ...head, kind: 'units', remaining: bucket, increment: 1n, isBlocker: false };
  const prefixes = destination === '' ? [] : [destination.slice(0, 1), destination.slice(0, 4), '9'];
  const step = { from: 0n, price: ratioOf(1n), perUnits: packageSize, increment: packageSize };
  const entry = { prefixes, weekdays: null, months: null, monthDays: null, fromTimeMs: 0, weight: 0 };
  const table = compileRateTable([{ ...entry, connectFee: zeroRatio, steps: [step], maximum: null }]);
  const usage = { destination, startedAt: NOW, zone: 'UTC', isDuration: false };
  return new RatingFunction(table, usage, [balance]);
}

/** One request of the vector's service. */
export function askFor({ service }: Subject, units: Partial<ServiceRating>): ServiceRating {
  return withPackage({ ...service, consumed: 0n, requested: null, ...units });
}

/** What asks for no number of units asks for one, which the engine rounds up to a whole package. */
export function withPackage(rated: ServiceRating): ServiceRating {
  return { ...rated, requested: rated.requested === 0n ? 1n : rated.requested };
}

/** Units that the bucket has left after what sessions hold. */
export function leftOf({ balances }: RatingFunction): bigint {
  return balances.reduce((sum, balance) => (balance.kind === 'units' ? sum + balance.remaining : sum), 0n);
}
