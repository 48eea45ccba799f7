import { isDomainError, ratioFromDecimal, ratioOf, type Amount, type Ratio } from '@ronghe/kernel';
import type { RatedUsage } from '@ronghe/rating';
import { balancesOf } from './balances';
import { compare, compareWithin, type Figure } from './compare';
import { fieldsOf, type Fields, type Json } from './fields';
import { balancesAfter, ratioOfAmount } from './left-balances';
import { OperatorAccount, type UsageStart } from './operator-account';
import { OperatorSessions } from './operator-sessions';
import { tariffOf, type OperatorTariff } from './operator-tariff';
import { failed, type Outcome } from './outcome';
import { entriesOf, roundingOf } from './rate-tables';
import { replaySession } from './sessions';
import { timeless, usageOf } from './usage-events';

type Figures = { [name: string]: Figure };

/** `usage_rating.json`: one event, several of them, or the steps of sessions, by the documents that an operator would write. */
export function replayUsageRating(vector: Fields): Outcome {
  if (vector.has('steps')) return replaySession(vector);
  const event = vector.object('event');
  const service = event.textOr('service') ?? vector.text('service');
  const { start, units, isTimeless } = usageOf(event);
  const tariff = vector.object('tariff').skip('note', 'unit');
  const entries = entriesOf(tariff);
  const rounding = roundingOf(tariff);
  const isWhole = event.flag('allOrNothing');
  if (event.has('operation')) event.oneOf('operation', ['max_session_duration']);
  const user = event.textOr('account');
  event.finish();
  tariff.finish();
  const balances = vector.has('balances') ? balancesOf(vector, user) : null;
  const documents = tariffOf(service, isTimeless ? timeless(entries) : entries, balances ?? [], rounding);
  const account = new OperatorAccount(documents, balances, start.startedAt);
  const expected = vector.take('expected');
  try {
    const rated = account.rateAll(start, balances ? units.slice(0, 1) : units);
    const [first] = rated;
    const about = first ? aboutRate(documents, first) : {};
    if (balances) {
      const { figures, amount } = debitAll(
        new OperatorSessions(account, start.startedAt),
        start,
        units,
        isWhole,
      );
      return settle({ ...about, ...figures }, amount, expected);
    }
    const amount = first?.amount ?? (0n as Amount);
    const key = rated.length === 1 ? 'amount' : 'amountEach';
    return settle({ ...about, [key]: ratioOfAmount(amount) }, ratioOfAmount(amount), expected);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return compare({ error: errors[error.code] ?? error.code }, expected);
  }
}

/** How a vector calls what the engine refuses. */
const errors: Record<string, string> = { usage_price_missing: 'no_rate_for_destination' };

/** Which entry prices the start of the usage, its connect fee, and how many stretches of one entry the usage has. */
function aboutRate({ entries }: OperatorTariff, { parts = [] }: RatedUsage): Figures {
  const stretches = parts.map(({ cell }) => entries.get(cell.slice(0, cell.lastIndexOf('/'))));
  const [entry] = stretches;
  if (!entry) return { spans: 0 };
  return {
    spans: stretches.filter((each, index) => each !== stretches[index - 1]).length,
    connectFee: ratioFromDecimal(entry.rate.connectFee ?? '0'),
    ...(entry.label === null ? {} : { selected: entry.label }),
  };
}

/** Events one after the other on the same balances; the figures of the last, and of each. */
function debitAll(
  sessions: OperatorSessions,
  start: UsageStart,
  units: readonly bigint[],
  isWhole: boolean,
): { figures: Figures; amount: Ratio } {
  const list = units.map((each) => debit(sessions, start, each, isWhole));
  const [only] = list;
  if (list.length === 1 && only) return only;
  const each = list.map(({ figures }) => figures);
  return {
    figures: { steps: each, balancesAfterEach: each.map(({ balanceAfter }) => balanceAfter ?? null) },
    amount: ratioOf(0n),
  };
}

/** An event as a session: what it needs is asked for, and what is granted of that is used. */
function debit(
  sessions: OperatorSessions,
  start: UsageStart,
  wanted: bigint,
  isWhole: boolean,
): { figures: Figures; amount: Ratio } {
  const { account } = sessions;
  const now = start.startedAt;
  account.expire(now);
  const asked = [{ ratingGroup: 1, used: 0n, wanted }];
  const { told } = sessions.report('event', start, wanted === 0n ? [] : asked, now);
  const granted = told.reduce((sum, each) => sum + (each.granted ?? 0n), 0n);
  const isCovered = granted >= wanted;
  const served = isCovered ? wanted : isWhole ? 0n : granted;
  const { rated, paid } = sessions.end('event', start, served, now);
  const amount = ratioOfAmount(rated?.amount ?? (0n as Amount));
  const after = balancesAfter(sessions);
  const values = Object.values(after);
  const drawn = [
    ...(rated?.takes ?? []).map(({ bucketCode }) => bucketCode.slice(bucketCode.indexOf('/') + 1)),
    ...paid.map(({ bucketId }) => bucketId),
  ];
  const figures = {
    amount,
    ok: isCovered,
    allowed: isCovered,
    servedSeconds: Number(served),
    maxDurationSeconds: Number(served),
    consumptionOrder: drawn,
    balancesAfter: after,
    ...(values.length === 1 ? { balanceAfter: values[0] ?? null } : {}),
    ...(isCovered ? {} : { error: 'insufficient_credit' }),
  };
  return { figures, amount };
}

/** Where engines round differently a vector gives bounds; ours must lie within. */
function settle(ours: Figures, exact: Ratio, expected: Json): Outcome {
  const fields = fieldsOf(expected, 'expected');
  if (fields.has('amountBetween')) return compareWithin(exact, ours, fields);
  // A refusal that the vector does not speak of is a difference, whatever the other figures.
  const isAsked = ['error', 'maxDurationSeconds', 'allowed', 'ok'].some((name) => fields.has(name));
  if ('error' in ours && !isAsked) return failed(`ours is refused: ${String(ours['error'])}`);
  if (fields.has('error') && !('error' in ours)) return failed('ours is not refused');
  return compare(ours, expected);
}
