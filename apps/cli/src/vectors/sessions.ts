import {
  addMs,
  compareRatios,
  contains,
  localDateOf,
  ratioOf,
  startOfLocalDate,
  sumRatios,
  zeroRatio,
  type Instant,
  type Ratio,
} from '@ronghe/kernel';
import { balancesOf, instantAt, NOW, type VectorBalance } from './balances';
import { compare, type Figure } from './compare';
import { fieldsOf, type Fields } from './fields';
import { balancesAfter, ratioOfAmount } from './left-balances';
import { codeOf, OperatorAccount, ZONE, type UsageStart } from './operator-account';
import { OperatorSessions, type SessionAnswer } from './operator-sessions';
import { tariffOf } from './operator-tariff';
import { byChoice, failed, passed, type Outcome } from './outcome';
import { digitsOf, entriesOf, minutesOf, roundingOf } from './rate-tables';

const MINUTE_MS = 60_000;
const RATING_GROUP = 1;

/** A step as a session is asked: units used since the last report, and how many are wanted; null: it ends. */
interface StepReport {
  used: bigint;
  wanted: bigint | null;
}

/** Steps of sessions in their order; the first that differs decides. */
export function replaySession(vector: Fields): Outcome {
  const service = vector.text('service');
  const tariff = vector.object('tariff').skip('unit', 'note');
  const balances = balancesOf(vector, null);
  const documents = tariffOf(service, entriesOf(tariff), balances, roundingOf(tariff));
  tariff.finish();
  const sessions = new OperatorSessions(new OperatorAccount(documents, balances, NOW), NOW);
  const starts = new Map<string, UsageStart>();
  for (const step of vector.objects('steps')) {
    const result = replayStep(sessions, starts, step);
    // After a choice the two engines are not in the same state: what follows says nothing.
    if (result.status !== 'passed') return result;
  }
  return passed;
}

function replayStep(sessions: OperatorSessions, starts: Map<string, UsageStart>, step: Fields): Outcome {
  const op = step.oneOf('op', ['initial', 'interim', 'final', 'event', 'session']);
  const name = step.textOr('session') ?? 'the only one';
  const destination = digitsOf(step, 'destination', step.textOr('destination') ?? '');
  const now = instantOf(step);
  const known = op === 'session' ? undefined : starts.get(name);
  const start = known ?? { destination, startedAt: now };
  starts.set(name, start);
  sessions.account.expire(now);
  const requested = step.has('requested') ? step.whole('requested') : null;
  const ask = ({ used, wanted }: StepReport): SessionAnswer =>
    wanted === null
      ? sessions.end(name, start, used, now)
      : sessions.report(name, start, [{ ratingGroup: RATING_GROUP, used, wanted }], now);
  const answers = reportsOf(op, step, requested).map(ask);
  // An immediate event uses what it was granted, all of it or nothing.
  if (op === 'event' && answers[0]?.told[0]) {
    const isCovered = (answers[0].told[0].granted ?? 0n) >= (requested ?? 0n);
    const used = ask({ used: isCovered ? (requested ?? 0n) : 0n, wanted: null });
    answers.push({ ...used, told: answers[0].told });
  }
  const expected = step.take('expect');
  step.finish();
  const answer = answers.at(-1);
  if (!answer) return passed;
  const fields = fieldsOf(expected, 'expect');
  return settle(figuresOf(sessions, { name, answer, requested, now }, fields), fields, requested);
}

function reportsOf(op: string, step: Fields, wanted: bigint | null): StepReport[] {
  if (op === 'session') {
    const uses = step.list('used').map((used) => BigInt(String(used)));
    return [
      { used: 0n, wanted: 0n },
      ...uses.map((used, index) => ({ used, wanted: index < uses.length - 1 ? 0n : null })),
    ];
  }
  const used = step.whole('used', 0n);
  if (op === 'final' || (op === 'event' && used > 0n)) return [{ used, wanted: null }];
  return [{ used, wanted: wanted ?? 0n }];
}

interface Answered {
  name: string;
  answer: SessionAnswer;
  requested: bigint | null;
  now: Instant;
}

function figuresOf(
  sessions: OperatorSessions,
  { name, answer, now, requested }: Answered,
  expected: Fields,
): { [name: string]: Figure } {
  const balances = sessions.account.balances ?? [];
  const left = balancesAfter(sessions);
  const total = (isMoney: boolean) =>
    sumRatios(
      balances.filter(({ units }) => (units === null) === isMoney).map(({ id }) => left[id] ?? zeroRatio),
    );
  const granted = answer.told[0]?.granted ?? null;
  const isOut = answer.hasOverrun || (granted !== null && granted < (requested ?? 1n));
  const removed = expected.textOr('bucketRemoved');
  return {
    ok: !isOut,
    ...(isOut ? { error: 'out_of_credit' } : {}),
    ...(granted === null ? {} : { granted: ratioOf(granted) }),
    balancesAfter: left,
    reserved: Object.fromEntries(
      balances.map((balance) => [balance.id, reservedOf(sessions, name, balance)]),
    ),
    totalMoneyAfter: total(true),
    balancesAfterTotal: sumRatios([total(true), total(false)]),
    someBalanceNegative: Object.values(left).some((each) => compareRatios(each, zeroRatio) < 0),
    bucketRemoved: removed !== null && isGone(sessions, removed, left[removed], now) ? removed : 'none',
  };
}

function reservedOf(sessions: OperatorSessions, name: string, { id, units }: VectorBalance): Ratio {
  return units === null
    ? ratioOfAmount(sessions.heldBy(name, id).money)
    : ratioOf(sessions.heldBy(name, codeOf(id)).units);
}

/** Nothing can be taken of it any more. */
function isGone(sessions: OperatorSessions, id: string, left: Ratio | undefined, now: Instant): boolean {
  if (left === undefined) return false;
  const bucket = sessions.account.state.buckets.find(({ code }) => code === codeOf(id));
  return (
    compareRatios(left, zeroRatio) === 0 ||
    (bucket !== undefined && !contains({ from: bucket.validFrom, to: bucket.validTo }, now))
  );
}

/**
 * A grant that ends with an increment that is paid already may differ from others', if it covers what was asked; and where
 * funds cover a part of it, that part is granted as the last one.
 */
function settle(ours: { [name: string]: Figure }, expected: Fields, requested: bigint | null): Outcome {
  const granted = ours['granted'] as Ratio | undefined;
  const isPart = 'error' in ours && granted !== undefined && granted.numerator > 0n;
  if (isPart && (expected.has('error') || expected.has('granted'))) {
    // What is held, and so what is left, follows from what is granted.
    const {
      error,
      granted: _,
      balancesAfter: __,
      reserved: ___,
      totalMoneyAfter: ____,
      ...rest
    } = expected.all();
    const isRestSame = Object.keys(rest).length === 0 || compare(ours, rest).status === 'passed';
    if (isRestSame && (error ?? 'out_of_credit') === 'out_of_credit')
      return byChoice('a-grant-may-be-a-part', 'what funds cover is granted, as the final unit');
  }
  if ('error' in ours !== expected.has('error') && (expected.has('error') || expected.has('granted'))) {
    return failed('error' in ours ? 'ours is out of credit' : 'ours is not out of credit');
  }
  const values = expected.all();
  const outcome = compare(ours, values);
  if (outcome.status !== 'failed' || !('granted' in values) || requested === null || !granted) return outcome;
  const { granted: theirs, ...rest } = values;
  const isEnough = compareRatios(granted, ratioOf(requested)) >= 0;
  const isOther = compare({ granted }, { granted: theirs ?? null }).status === 'failed';
  const isRestSame = Object.keys(rest).length === 0 || compare(ours, rest).status === 'passed';
  return isEnough && isOther && isRestSame
    ? byChoice(
        'a-grant-ends-with-an-increment',
        'what is asked for is granted; the increment is paid already',
      )
    : outcome;
}

/** A time of day, or whatever names an instant. */
function instantOf(step: Fields): Instant {
  const at = step.textOr('at');
  if (at === null || !/^\d{1,2}:\d\d/.test(at)) return instantAt(step, 'at') ?? NOW;
  return addMs(startOfLocalDate(localDateOf(NOW, ZONE), ZONE), minutesOf(step, at) * MINUTE_MS);
}
