import {
  addMs,
  compareRatios,
  ratioOf,
  startOfLocalDate,
  localDateOf,
  sumRatios,
  zeroRatio,
  type Instant,
  type Ratio,
} from '@ronghe/kernel';
import {
  newSession,
  reservedOf,
  updateSession,
  type SessionAnswer,
  type SessionState,
} from './terms/charging-session';
import { priceEvent } from './terms/event-price';
import { compileRateTable, type RateTable } from './terms/rate-table';
import { usableAt, type SpendableBalance } from './terms/spendable-balances';
import { balanceOf, NOW } from './balances';
import { compare, type Figure } from './compare';
import { fieldsOf, type Fields } from './fields';
import { byChoice, failed, passed, type Outcome } from './outcome';
import { entriesOf, timeOf } from './rate-tables';

const ZONE = 'UTC';

interface Account {
  service: string;
  table: RateTable;
  balances: SpendableBalance[];
  sessions: Map<string, { state: SessionState; startedAt: Instant }>;
}

/** One step as the engine is asked: units used since the last report, and how many are to be set aside. */
interface Report {
  used: bigint;
  reserve: bigint | null;
}

/** Steps of sessions in their order; the first that differs decides. */
export function replaySession(vector: Fields): Outcome {
  const service = vector.text('service');
  const tariff = vector.object('tariff').skip('unit', 'note', 'rounding');
  const account: Account = {
    service,
    table: compileRateTable(entriesOf(tariff)),
    balances: vector.objects('balances').map((fields) => {
      const balance = balanceOf(fields, service);
      fields.finish();
      return balance;
    }),
    sessions: new Map(),
  };
  tariff.finish();
  let outcome: Outcome = passed;
  for (const step of vector.objects('steps')) {
    const result = replayStep(account, step);
    if (result.status === 'failed') return result;
    if (result.status !== 'passed') outcome = result;
  }
  return outcome;
}

function replayStep(account: Account, step: Fields): Outcome {
  const op = step.oneOf('op', ['initial', 'interim', 'final', 'event', 'session']);
  const name = step.textOr('session') ?? 'the only one';
  const known = account.sessions.get(name);
  const startedAt = op === 'session' || !known ? instantOf(step.textOr('at')) : known.startedAt;
  step.skip('at');
  const usage = {
    destination: step.textOr('destination') ?? '',
    startedAt,
    zone: ZONE,
    isDuration: account.service === 'voice',
  };
  const price = priceEvent(account.table, usage);
  let state = op === 'session' ? newSession : (known?.state ?? newSession);
  let answer: SessionAnswer | null = null;
  const requested = step.has('requested') ? step.whole('requested') : null;
  for (const report of reportsOf(op, step, requested)) {
    // What asks for no amount asks for one increment.
    const reserve = report.reserve === 0n ? 1n : report.reserve;
    const usable = usableAt(account.balances, startedAt, ZONE);
    answer = updateSession(state, usable, price, { used: report.used, reserve });
    state = answer.session;
    const after = new Map(answer.balances.map((balance) => [balance.id, balance]));
    account.balances = account.balances.map((balance) => after.get(balance.id) ?? balance);
  }
  account.sessions.set(name, { state, startedAt });
  const expected = step.take('expect');
  step.finish();
  if (answer === null) return passed;
  return settle(
    figuresOf(account, state, answer, startedAt, fieldsOf(expected, 'expect')),
    fieldsOf(expected, 'expect'),
    requested,
  );
}

function reportsOf(op: string, step: Fields, wanted: bigint | null): Report[] {
  if (op === 'session') {
    const uses = step.list('used').map((used) => BigInt(String(used)));
    return [
      { used: 0n, reserve: 0n },
      ...uses.map((used, index) => ({ used, reserve: index < uses.length - 1 ? 0n : null })),
    ];
  }
  const used = step.whole('used', 0n);
  if (op === 'event') return [{ used: used === 0n ? (wanted ?? 0n) : used, reserve: null }];
  if (op === 'final') return [{ used, reserve: null }];
  return [{ used, reserve: wanted ?? 0n }];
}

function figuresOf(
  { balances }: Account,
  state: SessionState,
  answer: SessionAnswer,
  startedAt: Instant,
  expected: Fields,
): { [name: string]: Figure } {
  const amounts = balances.map((balance) => ({ ...balance, left: leftOf(balance) }));
  const usable = usableAt(balances, startedAt, ZONE).map(({ id }) => id);
  const total = (kind: SpendableBalance['kind']) =>
    sumRatios(amounts.filter((balance) => balance.kind === kind).map(({ left }) => left));
  const isOut = answer.isOutOfCredit || answer.overrun > 0n;
  const removed = amounts
    .filter(
      ({ id, left, validity }) =>
        compareRatios(left, zeroRatio) === 0 || (validity !== null && !usable.includes(id)),
    )
    .map(({ id }) => id);
  return {
    ok: !isOut,
    ...(isOut ? { error: 'out_of_credit' } : {}),
    ...(answer.granted === null ? {} : { granted: ratioOf(answer.granted) }),
    balancesAfter: Object.fromEntries(amounts.map(({ id, left }) => [id, left])),
    reserved: Object.fromEntries(balances.map(({ id }) => [id, reservedOf(state, id)])),
    totalMoneyAfter: total('money'),
    balancesAfterTotal: sumRatios([total('money'), total('units')]),
    someBalanceNegative: amounts.some(({ left }) => compareRatios(left, zeroRatio) < 0),
    bucketRemoved: removed.find((id) => id === expected.textOr('bucketRemoved')) ?? 'none',
  };
}

function leftOf(balance: SpendableBalance): Ratio {
  return balance.kind === 'money' ? balance.remaining : ratioOf(balance.remaining);
}

/** A grant that ends with an increment that is paid already may differ from others', if it covers what was asked. */
function settle(ours: { [name: string]: Figure }, expected: Fields, requested: bigint | null): Outcome {
  if ('error' in ours !== expected.has('error') && (expected.has('error') || expected.has('granted'))) {
    return failed('error' in ours ? 'ours is out of credit' : 'ours is not out of credit');
  }
  const values = expected.all();
  const outcome = compare(ours, values);
  if (outcome.status !== 'failed' || !('granted' in values) || requested === null) return outcome;
  const { granted, ...rest } = values;
  const isEnough = compareRatios(ours['granted'] as Ratio, ratioOf(requested)) >= 0;
  const isOther =
    compare({ granted: ours['granted'] ?? null }, { granted: granted ?? null }).status === 'failed';
  const isRestSame = Object.keys(rest).length === 0 || compare(ours, rest).status === 'passed';
  return isEnough && isOther && isRestSame
    ? byChoice(
        'a-grant-ends-with-an-increment',
        'what is asked for is granted; the increment is paid already',
      )
    : outcome;
}

function instantOf(at: string | null): Instant {
  return at === null ? NOW : addMs(startOfLocalDate(localDateOf(NOW, ZONE), ZONE), timeOf(at));
}
