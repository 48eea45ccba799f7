import { compare, type Figure } from './compare';
import type { Fields } from './fields';
import { failed, passed, type Outcome } from './outcome';
import { askFor, functionOf, leftOf, subjectOf, type Subject } from './nrf-subject';
import type { RatedService, RatingAnswer, RatingFunction, ServiceRating } from './rating-function';

/** A number `n` of messages is any: these are tried. */
const SOME_COUNTS = [1n, 2n, 100n];
/** Random use is tried in so many ways, each by its own seed. */
const RANDOM_RUNS = 20;

/**
 * A vector of Nrf_Rating. It is asked of the engine through an adapter that speaks as the interface does; the suite offers
 * Nchf_ConvergedCharging only.
 */
export function replayNrfRating(vector: Fields): Outcome {
  const request = vector.object('request');
  const figures = vector.object('figures');
  const subject = subjectOf(vector, request, figures);
  const expected = vector.object('expected');
  const op = request.text('op');
  const replay = scenarios[op];
  if (!replay) return request.refuse('op', `${op} is not understood`);
  const outcome = replay({ request, figures, expected, subject });
  if (outcome.status === 'passed') {
    request.finish();
    figures.finish();
  }
  return outcome;
}

interface Scene {
  request: Fields;
  figures: Fields;
  expected: Fields;
  subject: Subject;
}

const scenarios: Record<string, (scene: Scene) => Outcome> = {
  create: replayCreate,
  update: (scene) => {
    const started = openedBy(scene);
    const consumed = scene.figures.whole('used', 1n);
    return compareAnswer(started.update([ask(scene, { consumed, requested: 0n })]), scene);
  },
  release: (scene) => {
    if (scene.request.has('requestSubType')) scene.request.oneOf('requestSubType', ['DEBIT', 'RELEASE']);
    return compareAnswer(
      openedBy(scene).release([ask(scene, { consumed: scene.figures.whole('used', 1n) })]),
      scene,
    );
  },
  'create, then update until 403, then release with 0 used': replayUntilOut,
  'create/update/release with two rating groups in one session': replayRatingGroups,
};

function replayCreate(scene: Scene): Outcome {
  const { request } = scene;
  const [listed] = request.objects('serviceRating');
  const asked = listed ?? request;
  const subType = asked.has('requestSubType') ? asked.oneOf('requestSubType', ['RESERVE', 'DEBIT']) : 'DEBIT';
  const service = {
    serviceId: Number(asked.whole('serviceId', BigInt(scene.subject.service.serviceId))),
    ratingGroup: Number(asked.whole('ratingGroup', BigInt(scene.subject.service.ratingGroup))),
  };
  const counts = countsOf(asked);
  listed?.finish();
  const outcomes = counts.map((count) => {
    const rated = {
      ...service,
      consumed: subType === 'DEBIT' ? (count ?? 1n) : 0n,
      requested: subType === 'DEBIT' ? null : (count ?? 0n),
    };
    return compareAnswer(functionOf(scene.subject).create([rated]), scene);
  });
  return outcomes.find(({ status }) => status !== 'passed') ?? passed;
}

/** Numbers of units that are asked for; `n`: any. Null: the vector asks for no number. */
function countsOf(asked: Fields): (bigint | null)[] {
  const unit = asked.object('requestedUnit');
  const count = unit.textOr('serviceSpecificUnit');
  unit.finish();
  if (count === null) return [null];
  if (count === 'n') return SOME_COUNTS;
  return /^\d+$/.test(count) ? [BigInt(count)] : asked.refuse('requestedUnit', `${count} is no number`);
}

/** Sessions that use between two shares of each grant until there is nothing: the bucket has given what was used. */
function replayUntilOut({ figures, expected, subject }: Scene): Outcome {
  const use = /^each update consumes between (\d+) and (\d+) % of the last grant$/.exec(
    figures.text('usePattern'),
  );
  const law =
    /^bucket after release = (\d+) - sum of all consumed octets, including the report that got 403$/.exec(
      expected.text('invariant'),
    );
  if (!use) return figures.refuse('usePattern', 'is not understood');
  if (!law) return expected.refuse('invariant', 'is not understood');
  for (let seed = 1; seed <= RANDOM_RUNS; seed += 1) {
    const outcome = compareRun(seed, subject, [BigInt(use[1] ?? ''), BigInt(use[2] ?? '')], {
      before: BigInt(law[1] ?? ''),
      status: expected.text('statusWhenExhausted'),
    });
    if (outcome.status !== 'passed') return outcome;
  }
  expected.finish();
  return passed;
}

function compareRun(
  seed: number,
  subject: Subject,
  [least, most]: [bigint, bigint],
  law: { before: bigint; status: string },
): Outcome {
  const rating = functionOf(subject);
  const next = sequenceOf(seed);
  let answer = rating.create([askFor(subject, { requested: 0n })]);
  let consumed = 0n;
  while (answer.status !== 403) {
    const grant = answer.services[0]?.granted ?? 0n;
    const share = least + (next() % (most - least + 1n));
    const used = (grant * share + 99n) / 100n;
    consumed += used;
    answer = rating.update([askFor(subject, { consumed: used, requested: 0n })]);
  }
  if (String(answer.status) !== law.status) return failed(`expected ${law.status}, ours ${answer.status}`);
  rating.release([askFor(subject, { consumed: 0n })]);
  const left = leftOf(rating);
  return left === law.before - consumed
    ? passed
    : failed(`seed ${seed}: the bucket holds ${left} after ${consumed} of ${law.before} were consumed`);
}

/** Two rating groups of a session draw on one bucket: one report of each in an update, another in the release. */
function replayRatingGroups({ figures, expected, subject }: Scene): Outcome {
  const used = figures.object('used');
  const uses = [used.list('rg1'), used.list('rg2')].map((list) => list.map((each) => BigInt(String(each))));
  used.finish();
  const rating = functionOf(subject);
  const report = (index: number): ServiceRating[] =>
    uses.map((list, group) => ({
      serviceId: subject.service.serviceId,
      ratingGroup: group + 1,
      consumed: list[index] ?? 0n,
      requested: subject.packageSize,
    }));
  const reports = Math.max(...uses.map(({ length }) => length));
  const answers = [rating.create(report(reports))];
  for (let index = 0; index < reports - 1; index += 1) answers.push(rating.update(report(index)));
  answers.push(rating.release(report(reports - 1)));
  const isAnswered = ({ services }: RatingAnswer) =>
    uses.every((_, group) =>
      services.some((each) => each.ratingGroup === group + 1 && each.resultCode === 'SUCCESS'),
    );
  return compare(
    { eachRatingGroupAnswered: answers.every(isAnswered), bucketAfter: String(leftOf(rating)) },
    expected.all(),
  );
}

/** A function with a session that was granted a package. */
function openedBy({ subject }: Scene): RatingFunction {
  const rating = functionOf(subject);
  rating.create([askFor(subject, { requested: 0n })]);
  return rating;
}

const ask = ({ subject }: Scene, units: Partial<ServiceRating>): ServiceRating => askFor(subject, units);

function compareAnswer(answer: RatingAnswer, { expected }: Scene): Outcome {
  const [service] = answer.services;
  return compare(
    { status: answer.status, headers: answer.headers, ...(service ? figuresOf(service) : {}) },
    expected.all(),
  );
}

function figuresOf({ serviceId, ratingGroup, resultCode, granted }: RatedService): {
  [name: string]: Figure;
} {
  return {
    serviceId,
    ratingGroup,
    resultCode,
    ...(granted === null ? {} : { grantedUnit: { totalVolume: String(granted) } }),
  };
}

/** Numbers that repeat with their seed (a linear congruence; the constants are Knuth's MMIX). */
function sequenceOf(seed: number): () => bigint {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return state >> 33n;
  };
}
