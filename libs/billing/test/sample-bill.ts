import {
  addMoney,
  amountFromMicro,
  instantFromIso,
  moneyFromMinor,
  sumMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import type { Bill, BillLine } from '../src/bill/bill';

const billId = '0198c1de-0000-7000-8000-000000000001';

/** A bill of so many lines, with a tax that is spread as bills do: Σ tax of lines = tax of the rate. */
export function sampleBill(nets: readonly bigint[], more: Partial<Bill> = {}): Bill {
  const lines = nets.map((net, index) => sampleLine(index + 1, moneyFromMinor(net)));
  const total = sumMoney(lines.map((line) => line.net));
  const tax = sumMoney(lines.map((line) => line.tax));
  return {
    billId,
    number: 'B202606-00000001',
    lane: 7,
    accountId: '0198c1de-0000-7000-8000-00000000000a',
    customerId: '0198c1de-0000-7000-8000-00000000000c',
    zone: 'Asia/Shanghai',
    period: '2026-06',
    periodFrom: instantFromIso('2026-05-31T16:00:00Z'),
    periodTo: instantFromIso('2026-06-30T16:00:00Z'),
    total,
    taxes: [{ percent: '9', gross: total, tax }],
    issuedAt: instantFromIso('2026-06-30T18:00:00Z'),
    dueAt: instantFromIso('2026-07-30T16:00:00Z'),
    lines,
    statement: null,
    ...more,
  };
}

/** Every third line has a discount of 1.00. */
export function sampleLine(no: number, net: Money): BillLine {
  const discount = moneyFromMinor(no % 3 === 0 ? 100n : 0n);
  const amount = addMoney(net, discount);
  return {
    billId,
    no,
    servicePeriod: no % 5 === 0 ? '2026-05' : '2026-06',
    key: `fee/${no}`,
    card: `sub${Math.ceil(no / 40)}`,
    productId: null,
    chargeClass: 'plan fee',
    chargeCode: 'monthly-fee',
    label: { en: `Plan fee ${no}`, 'zh-CN': `套餐月租费 ${no}` },
    amount,
    discount,
    net,
    exact: amountFromMicro(net * 10_000n),
    exactUsage: amountFromMicro(0n),
    exactSettled: amountFromMicro(0n),
    taxClass: 'voice',
    taxPercent: '9',
    tax: moneyFromMinor((net * 9n) / 109n),
    serviceDate: '2026-06-30' as LocalDate,
    discounts: [],
    references: [],
    explanation: {
      steps: [
        {
          text: {
            en: `plan fee: 199.00 × 20 of 30 days (${no})`,
            'zh-CN': `月租费：199.00 元 × 20/30 天（${no}）`,
          },
        },
      ],
    } as unknown as BillLine['explanation'],
  };
}
