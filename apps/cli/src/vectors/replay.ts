import { isDomainError } from '@ronghe/kernel';
import { replayChargeModel } from './charge-models';
import { replayDiscountOrTax } from './discounts-taxes';
import { fieldsOf, type Fields, type Json } from './fields';
import { replayIdentifier } from './identifiers';
import { replayOnlineCharging } from './online-charging';
import { failed, NotApplicable, type Outcome } from './outcome';
import { replayProration } from './proration-periods';
import { replayUsageRating } from './usage-rating';

/** What came of one vector of a file. */
export interface Replayed {
  id: string;
  /** `kind`, `model`, `service` or `interface`, whichever the file sorts by. */
  kind: string;
  outcome: Outcome;
}

/** Which replayer takes a file, by what its vectors have. */
const replayers: { sortedBy: string; has: string; replay: (vector: Fields) => Outcome }[] = [
  { sortedBy: 'model', has: 'tariff', replay: replayChargeModel },
  { sortedBy: 'service', has: 'tariff', replay: replayUsageRating },
  { sortedBy: 'interface', has: 'request', replay: replayOnlineCharging },
];

const discountKinds = [
  'stacked_discounts',
  'allocate_discount',
  'cross_product_discounts',
  'net_gross_tax',
  'months_between_inclusive',
];

/** What a vector says about itself and not to the engine. */
const aboutTheVector = [
  'id',
  'kind',
  'model',
  'service',
  'notes',
  'source',
  'instantiated',
  'disputed',
  'expected',
];

/** Replays the vectors of one file, in their order. */
export function replayFile(content: Json): Replayed[] {
  return fieldsOf(content, 'file').list('vectors').map(replayVector);
}

/** Replays one vector. What the engine refuses and the vector did not expect is a failure. */
export function replayVector(vector: Json): Replayed {
  const fields = fieldsOf(vector, 'vector');
  return replayVectorBy(vector, replayerOf(fields)?.replay ?? kindReplayer(fields));
}

/** The same by a replayer of one's own choice. */
export function replayVectorBy(vector: Json, replay: (vector: Fields) => Outcome): Replayed {
  const fields = fieldsOf(vector, 'vector');
  const id = fields.textOr('id') ?? 'without id';
  const kind = fields.textOr(replayerOf(fields)?.sortedBy ?? 'kind') ?? 'unknown';
  const outcome = outcomeOf(() => {
    const read = fieldsOf(vector, 'vector');
    const result = replay(read);
    if (result.status === 'passed') read.skip(...aboutTheVector).finish();
    return shortened(result);
  });
  return { id, kind, outcome };
}

function replayerOf(fields: Fields) {
  return replayers.find(({ sortedBy, has }) => fields.has(sortedBy) && fields.has(has));
}

function kindReplayer(fields: Fields): (vector: Fields) => Outcome {
  const kind = fields.textOr('kind');
  if (kind !== null && discountKinds.includes(kind)) return replayDiscountOrTax;
  return typeof fields.take('input') === 'string' || !fields.has('input')
    ? replayIdentifier
    : replayProration;
}

function outcomeOf(replay: () => Outcome): Outcome {
  try {
    return replay();
  } catch (error) {
    if (error instanceof NotApplicable) return { status: 'not applicable', reason: error.message };
    if (isDomainError(error)) return failed(`${error.code}: ${error.message}`);
    // A defect fails its vector, and the others are replayed all the same.
    return failed(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

function shortened(outcome: Outcome): Outcome {
  return outcome.status === 'failed' ? failed(outcome.reason.slice(0, 400)) : outcome;
}
