import {
  moneyFromMinor,
  moneyToAmount,
  moneyToDecimal,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Amount,
  type Money,
} from '@ronghe/kernel';
import { ExplanationBuilder } from '@ronghe/rating';
import type { BilledCharge, ChargeLine } from '../bill/charge-line';
import { CREDIT_KEY } from './credit-note';

/**
 * Lines of a run, none of which takes back more than credit notes by hand have left of its charge: what a clerk has credited
 * stands, and is not given twice.
 * @param billed all that stands of the account, credits by hand among it
 */
export function limitRepairs(lines: readonly ChargeLine[], billed: readonly BilledCharge[]): ChargeLine[] {
  const credits = billed.filter(({ key }) => key.startsWith(CREDIT_KEY));
  if (credits.length === 0) return [...lines];
  return lines.flatMap((line) => {
    const credit = credits.find((each) => isSame(each, line, CREDIT_KEY));
    if (!credit || line.net >= zeroMoney) return [line];
    const before = billed.find((each) => isSame(each, line, ''))?.net ?? zeroMoney;
    const least = atMostZero(negateMoney(sumMoney([before, credit.net])));
    return line.net >= least ? [line] : limited(line, least, credit.net);
  });
}

function limited(line: ChargeLine, net: Money, credited: Money): ChargeLine[] {
  const spared = subtractMoney(net, line.net);
  const builder = new ExplanationBuilder();
  const from = builder.append(line.explanation);
  builder.add('subtract-money', { from, amount: moneyToDecimal(negateMoney(spared)) }, (result) => ({
    en: `${moneyToDecimal(negateMoney(credited))} was credited by hand before: ${result}`,
    'zh-CN': `此前已手工冲减 ${moneyToDecimal(negateMoney(credited))}，本次 ${result}`,
  }));
  const isTold = net !== zeroMoney || line.exactUsage >= FEN || line.exactUsage <= -FEN;
  if (!isTold) return [];
  const amount = sumMoney([net, line.discount]);
  const exact = (line.exact + moneyToAmount(spared)) as Amount;
  return [{ ...line, amount, net, exact, explanation: builder.build() }];
}

function isSame(charge: BilledCharge, line: ChargeLine, prefix: string): boolean {
  return (
    charge.key === `${prefix}${line.key}` &&
    charge.servicePeriod === line.servicePeriod &&
    charge.payer === line.payer
  );
}

function atMostZero(money: Money): Money {
  return money < zeroMoney ? money : zeroMoney;
}

const FEN = moneyToAmount(moneyFromMinor(1n));
