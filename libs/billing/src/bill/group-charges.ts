import type { AccountRelation } from '@ronghe/contracts';
import { addDays, type BillPeriod } from '@ronghe/kernel';
import { groupCharges as chargesOf } from '@ronghe/rating';
import { shouldBeLine, type ChargeLine } from './charge-line';
import { sharedDiscountsOn } from '../sharing/shared-discounts';
import { paidCharges } from '../sharing/paid-charges';
import { termsOn } from './day-terms';
import type { DraftQuestion } from './draft-bill';

/** What the accounts of a billing group should be charged for a period, in the order of the accounts. */
export type GroupCharges = (period: BillPeriod, part: 'all' | 'advance') => ChargeLine[][];

/** Charges of the accounts of a billing group with who pays them, worked out for all at once, each period once. */
export function groupCharges(
  questions: readonly DraftQuestion[],
  relations: readonly AccountRelation[] = [],
): GroupCharges {
  const known = new Map<string, ChargeLine[][]>();
  return (period, part) => {
    const key = `${period.key}/${part}`;
    const charges = known.get(key) ?? payable(questions, relations, period, part);
    known.set(key, charges);
    return charges;
  };
}

function payable(
  questions: readonly DraftQuestion[],
  relations: readonly AccountRelation[],
  period: BillPeriod,
  part: 'all' | 'advance',
): ChargeLine[][] {
  const charges = shouldBill(questions, relations, period, part);
  const accounts = questions.map(({ accountId }, index) => ({ accountId, lines: charges[index] ?? [] }));
  return paidCharges(accounts, relations, period);
}

/** What a service period costs, whatever has been billed of it. */
function shouldBill(
  questions: readonly DraftQuestion[],
  relations: readonly AccountRelation[],
  period: BillPeriod,
  part: 'all' | 'advance',
): ChargeLine[][] {
  const [first] = questions;
  if (!first) return [];
  const { offers, policies, cycle } = first;
  const lastDay = addDays(period.endDay, -1);
  const charges = chargesOf({
    accounts: questions.map(({ accountId, balanceGroupId, paymentMode, holdings, usageTotals, prepaid }) => ({
      accountId,
      ...(balanceGroupId === undefined ? {} : { balanceGroupId }),
      isPrepaid: paymentMode === 'prepaid',
      holdings,
      usageTotals: usageTotals.get(period.key) ?? [],
      ...(prepaid ? { debitedFees: prepaid.fees.filter((fee) => fee.period === period.key) } : {}),
    })),
    ...{ offers, cycle, period, part },
    ...termsOn(policies, lastDay),
    sharedDiscounts: sharedDiscountsOn(lastDay, relations),
  });
  return charges.map((lines, index) => {
    const isPrepaid = questions[index]?.paymentMode === 'prepaid';
    return lines.map((line) => shouldBeLine(line, period, isPrepaid));
  });
}
