import type { LocalizedText } from '@ronghe/contracts';
import { moneyFromMinor, moneyToAmount, moneyToDecimal, zeroMoney } from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation } from '@ronghe/rating';
import { less, negated, type BilledCharge, type ChargeLine } from './charge-line';

/**
 * Should be billed − has been billed = what is written now (SEMANTICS §7). The first bill, a second run (nothing),
 * late usage, backdating and repair all come through here. Where nothing differs by a fen there is no line; what is no
 * longer owed at all is taken back by a negative line at the rate of the original.
 */
export function subtractBilled(should: readonly ChargeLine[], billed: readonly BilledCharge[]): ChargeLine[] {
  // Of a first bill all is written.
  if (billed.length === 0) return [...should];
  const billedByKey = new Map(billed.map((charge) => [identity(charge), charge]));
  const stillDue = new Set(should.map(identity));
  const written = should.map((line) => {
    const before = billedByKey.get(identity(line));
    return before ? difference(line, before) : line;
  });
  const takenBack = billed.filter((charge) => !stillDue.has(identity(charge))).map(takeBack);
  return [...written, ...takenBack].filter((line, index) => {
    const isFirst = index < should.length && !billedByKey.has(identity(line));
    return isFirst || differs(line);
  });
}

/** Also usage that a discount gives away or a minimum has covered is on a bill: 0.00 to pay, but told. */
function differs({ amount, discount, net, exactUsage }: ChargeLine): boolean {
  const isUsage = exactUsage >= FEN || exactUsage <= -FEN;
  return isUsage || [amount, discount, net].some((money) => money !== zeroMoney);
}

const FEN = moneyToAmount(moneyFromMinor(1n));

function difference(line: ChargeLine, before: BilledCharge): ChargeLine {
  const builder = new ExplanationBuilder();
  const should = builder.append(line.explanation);
  return { ...line, ...less(line, before), explanation: lessBilled(builder, should, before) };
}

function takeBack(charge: BilledCharge): ChargeLine {
  const builder = new ExplanationBuilder();
  const should = builder.add('round', { amount: '0.00' }, (result) => ({
    en: `no longer owed: ${result}`,
    'zh-CN': `不再应收：${result}`,
  }));
  return { ...charge, ...negated(charge), references: [], explanation: lessBilled(builder, should, charge) };
}

function lessBilled(builder: ExplanationBuilder, should: string, before: BilledCharge): Explanation {
  const amount = moneyToDecimal(before.net);
  builder.add('subtract-money', { from: should, amount }, (result): LocalizedText => ({
    en: `${amount} was billed before for ${before.servicePeriod}: ${result}`,
    'zh-CN': `${before.servicePeriod} 账期此前已出账 ${amount}，本次 ${result}`,
  }));
  return builder.build();
}

/** What another account paid before and this one owes now is taken back there and written here. */
function identity(line: { servicePeriod: string; key: string; payer?: string }): string {
  return `${line.servicePeriod}|${line.key}|${line.payer ?? ''}`;
}
