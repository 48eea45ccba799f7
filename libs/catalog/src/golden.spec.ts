import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { BillingPolicy, OfferDocument, TaxPolicy, UsageTotal } from '@ronghe/contracts';
import {
  addAmounts,
  amountToDecimal,
  billPeriodAt,
  billPeriodOf,
  instantFromIso,
  moneyToDecimal,
  nextBillPeriod,
  sumMoney,
  zeroAmount,
  type Instant,
} from '@ronghe/kernel';
import {
  computeTaxes,
  explanationText,
  formBillLines,
  openState,
  periodEntitlements,
  ratePeriod,
  rateUsage,
  recompute,
  recurringCharges,
  rollover,
  usagePlanOf,
  type BillLine,
  type BucketGrant,
  type Holding,
  type RatingState,
  type UsageEvent,
} from '@ronghe/rating';
import { readDocuments } from './read-documents';

/** The golden family (testdata/golden): documents, holdings and usage in; bills and explanations out, to the cent. */

const root = join(__dirname, '../../..');
const cycle = { billDay: 1, zone: 'Asia/Shanghai' };

const { offers, policies } = readDocuments(
  ['catalog', 'policy'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => ({
      path: `${folder}/${name}`,
      text: readFileSync(join(root, folder, name), 'utf8'),
    })),
  ),
);
const taxPolicies = policies.filter((policy): policy is TaxPolicy => policy.kind === 'tax');
const billing = policies.find((policy): policy is BillingPolicy => policy.kind === 'billing');
const chargeClasses = billing?.chargeClasses ?? [];

function lookup(code: string, version: number): OfferDocument {
  const offer = offers.find((candidate) => candidate.code === code && candidate.version === version);
  if (!offer) throw new Error(`no offer ${code} ${version}`);
  return offer;
}

const family: Holding[] = [
  holding('main', 'main', 'mobile-5g-199'),
  holding('sub1', 'sub', 'sub-card'),
  holding('sub2', 'sub', 'sub-card'),
  holding('broadband', 'broadband', 'broadband-line', '2026-08-16T00:00:00+08:00'),
  holding('fixed', 'fixed', 'fixed-line'),
  holding('iptv', 'iptv', 'iptv-set', '2026-08-16T00:00:00+08:00'),
];

function holding(card: string, role: Holding['role'], offeringCode: string, until?: string): Holding {
  return {
    productId: `product-${card}`,
    accountId: 'family',
    offeringCode,
    offeringVersion: 1,
    role,
    card,
    bundleId: 'bundle',
    bundleOfferingCode: 'convergent-199',
    bundleOfferingVersion: 1,
    cardGroupId: role === 'sub' ? 'product-main' : `product-${card}`,
    effectiveFrom: instantFromIso('2026-06-11T00:00:00+08:00'),
    effectiveTo: until ? instantFromIso(until) : null,
  };
}

interface ExpectedBill {
  period: string;
  allowances: Record<string, number>;
  consumed: Record<string, number>;
  exactDataCharge: string;
  lines: {
    card: string;
    chargeClass: string;
    amount: string;
    discount: string;
    net: string;
    taxPercent: string;
  }[];
  grossByTaxPercent: Record<string, string>;
  taxByTaxPercent: Record<string, string>;
  total: string;
}

const golden = JSON.parse(readFileSync(join(root, 'testdata/golden/expected.json'), 'utf8')) as {
  bills: ExpectedBill[];
};
const expectedBills = golden.bills.map((bill): [string, ExpectedBill] => [bill.period, bill]);

const events = readUsage();

function readUsage(): UsageEvent[] {
  const text = readFileSync(join(root, 'testdata/golden/usage.csv'), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return rows.map((row) => ({
    usageId: row['record_id'] ?? '',
    productId: `product-${row['card']}`,
    usageClass: row['type'] as UsageEvent['usageClass'],
    usedAt: instantFromIso(row['start'] ?? ''),
    quantity: BigInt(row['duration_s'] || row['volume_kb'] || row['messages'] || '0'),
    source: 'mediation',
    recordId: row['record_id'] ?? '',
    isLate: false,
  }));
}

const planOf = (event: UsageEvent) => {
  const used = family.find((candidate) => candidate.productId === event.productId);
  if (!used) throw new Error(`no product ${event.productId}`);
  return usagePlanOf({
    holding: used,
    holdings: family,
    offers: lookup,
    usageClass: event.usageClass,
    usedAt: event.usedAt,
  });
};

/** One month of the family: both card groups that use anything, and the bill. */
interface Month {
  key: string;
  mobile: RatingState;
  fixed: RatingState;
  totals: UsageTotal[];
  lines: BillLine[];
  taxes: ReturnType<typeof computeTaxes>;
}

function groupOf(productId: string): string {
  return family.find((candidate) => candidate.productId === productId)?.cardGroupId ?? '';
}

function rateGroup(cardGroupId: string, key: string, rolled: BucketGrant[], usage: readonly UsageEvent[]) {
  const period = billPeriodOf(key, cycle);
  const grants = [
    ...rolled,
    ...periodEntitlements({ cardGroupId, holdings: family, offers: lookup, period, cycle }),
  ];
  const ofGroup = usage.filter(
    (event) => groupOf(event.productId) === cardGroupId && billPeriodAt(event.usedAt, cycle).key === key,
  );
  return ratePeriod(openState(grants), ofGroup, planOf);
}

/** What charging publishes: sums per booked product and charge code. */
function totalsOf(rated: ReturnType<typeof ratePeriod>['rated'], period: string): UsageTotal[] {
  const totals = new Map<string, UsageTotal & { sum: typeof zeroAmount }>();
  for (const usage of rated) {
    const event = events.find(({ usageId }) => usageId === usage.usageId);
    if (!event) throw new Error('rated an event that was not given');
    const plan = planOf(event);
    const key = `${usage.bookedProductId}/${usage.chargeCode}`;
    const before = totals.get(key);
    const sum = addAmounts(before?.sum ?? zeroAmount, usage.amount);
    const add = (text: string | undefined, units: bigint) => (BigInt(text ?? '0') + units).toString();
    totals.set(key, {
      accountId: 'family',
      productId: plan.bookedProductId,
      card: plan.bookedCard,
      period,
      chargeCode: plan.chargeCode,
      chargeClass: plan.chargeClass,
      taxClass: plan.taxClass,
      offeringCode: plan.offeringCode,
      offeringVersion: plan.offeringVersion,
      sum,
      amount: amountToDecimal(sum),
      eventCount: (before?.eventCount ?? 0) + 1,
      unit: plan.price.document.unit,
      unitsTotal: add(before?.unitsTotal, usage.unitsTotal),
      unitsFromAllowance: add(before?.unitsFromAllowance, usage.unitsTotal - usage.chargedUnits),
      unitsCharged: add(before?.unitsCharged, usage.chargedUnits),
    });
  }
  return [...totals.values()];
}

function live(usage: readonly UsageEvent[]): Map<string, Month> {
  const months = new Map<string, Month>();
  let rolled: BucketGrant[] = [];
  for (const key of golden.bills.map((bill) => bill.period)) {
    const period = billPeriodOf(key, cycle);
    const mobile = rateGroup('product-main', key, rolled, usage);
    const fixed = rateGroup('product-fixed', key, [], usage);
    rolled = rollover(mobile.state, nextBillPeriod(period, cycle));
    const totals = totalsOf([...mobile.rated, ...fixed.rated], key);
    const recurring = recurringCharges({ holdings: family, offers: lookup, period, cycle });
    const lines = formBillLines({
      period,
      recurring,
      usageTotals: totals,
      holdings: family,
      offers: lookup,
      chargeClasses,
    });
    months.set(key, {
      key,
      mobile: mobile.state,
      fixed: fixed.state,
      totals,
      lines,
      taxes: computeTaxes(lines, taxPolicies),
    });
  }
  return months;
}

const months = live(events);

function monthOf(key: string): Month {
  const month = months.get(key);
  if (!month) throw new Error(`no month ${key}`);
  return month;
}

function bucketSum(
  state: RatingState,
  unit: string,
  origin: string,
  figure: (bucket: RatingState['buckets'][number]) => bigint,
) {
  const buckets = state.buckets.filter((bucket) => bucket.unit === unit && bucket.origin === origin);
  return Number(buckets.reduce((sum, bucket) => sum + figure(bucket), 0n));
}

describe.each(expectedBills)('the golden family in %s', (key, expected) => {
  const { mobile, fixed, totals, lines, taxes } = monthOf(key);
  const data = totals.find((total) => total.chargeCode === 'data-out');

  it('grants the allowances', () => {
    const granted = (state: RatingState, unit: string, origin: string) =>
      bucketSum(state, unit, origin, (b) => b.quantity);
    expect({
      rolledOverKb: granted(mobile, 'kb', 'rolled'),
      baseKb: granted(mobile, 'kb', 'base'),
      minutes: granted(mobile, 'minute', 'base'),
      fixedMinutes: granted(fixed, 'minute', 'base'),
    }).toEqual(expected.allowances);
  });

  it('consumes them in order', () => {
    const used = (state: RatingState, unit: string, origin: string) =>
      bucketSum(state, unit, origin, (bucket) => bucket.quantity - bucket.remaining);
    expect({
      rolledOverKb: used(mobile, 'kb', 'rolled'),
      baseKb: used(mobile, 'kb', 'base'),
      minutes: used(mobile, 'minute', 'base'),
      fixedMinutes: used(fixed, 'minute', 'base'),
      outOfBundleKb: Number(data?.unitsCharged ?? 0),
    }).toEqual(expected.consumed);
  });

  it('charges data exactly', () => {
    const [whole = '0', decimals = ''] = expected.exactDataCharge.split('.');
    // 4.110703125 is stored as 4.110703.
    const stored = `${whole}.${decimals.slice(0, 6)}`.replace(/0+$/, '').replace(/\.$/, '');
    expect(Number(data?.amount ?? '0.00').toString()).toBe(stored);
  });

  it('forms the lines in order', () => {
    const shown = lines.map((line, index) => ({
      card: line.card,
      chargeClass: line.chargeClass,
      amount: moneyToDecimal(line.amount),
      discount: moneyToDecimal(line.discount),
      net: moneyToDecimal(line.net),
      taxPercent: taxes.lineTaxes[index]?.percent,
    }));
    expect(shown).toEqual(expected.lines);
    expect(moneyToDecimal(sumMoney(lines.map((line) => line.net)))).toBe(expected.total);
  });

  it('computes the tax per rate and spreads it over the lines', () => {
    const by = (figure: 'gross' | 'tax') =>
      Object.fromEntries(taxes.taxes.map((tax) => [tax.percent, moneyToDecimal(tax[figure])]));
    expect(by('gross')).toEqual(expected.grossByTaxPercent);
    expect(by('tax')).toEqual(expected.taxByTaxPercent);
    expect(sumMoney(taxes.lineTaxes.map((line) => line.tax))).toBe(
      sumMoney(taxes.taxes.map((tax) => tax.tax)),
    );
  });

  it('explains every line so that it recomputes', () => {
    for (const { explanation, net, card } of lines) {
      expect(explanation.result).toBe(moneyToDecimal(net));
      const forged = { ...explanation, steps: explanation.steps.map((step) => ({ ...step, result: '0' })) };
      expect(recompute(forged)).toBe(moneyToDecimal(net));
      // Only charging's records can carry a figure that is not worked out here, and this family needs none.
      expect(explanation.steps.map((step) => step.op)).not.toContain('given');
      expect(explanationText(explanation, 'en')).toMatch(/\d/);
      expect(card).not.toBe('');
    }
  });
});

describe('the golden family as a whole', () => {
  it('is billed the same whatever the order of the file', () => {
    const reversed = live([...events].reverse());
    expect([...reversed.values()]).toEqual([...months.values()]);
  });

  it('explains each record, and the trace reaches the amount', () => {
    let state = openState(
      periodEntitlements({
        cardGroupId: 'product-main',
        holdings: family,
        offers: lookup,
        period: billPeriodOf('2026-06', cycle),
        cycle,
      }),
    );
    const june = events
      .filter(
        (event) =>
          event.usedAt < ('2026-06-30T16:00:00.000Z' as Instant) &&
          groupOf(event.productId) === 'product-main',
      )
      .sort((a, b) => (a.usedAt < b.usedAt ? -1 : 1));
    let charged = 0;
    for (const event of june) {
      const step = rateUsage(state, event, planOf(event), { trace: true });
      state = step.state;
      expect(step.rated.trace?.result).toBe(amountToDecimal(step.rated.amount));
      expect(step.rated.trace && recompute(step.rated.trace)).toBe(amountToDecimal(step.rated.amount));
      if (step.rated.amount > 0n) charged += 1;
    }
    expect(charged).toBeGreaterThan(5);
  });

  it('says in both languages why June’s plan fee is 106.00', () => {
    const line = monthOf('2026-06').lines[0];
    expect(line && explanationText(line.explanation, 'en')).toBe(
      '5G Enjoy 199: 199.00 × 20 of 30 days = 132.666667; list amount rounded to 132.67; ' +
        'Convergent price: 159.00 × 20 of 30 days = 106.00; rounded to 106.00; discount 26.67; to pay 106.00',
    );
    expect(line && explanationText(line.explanation, 'zh-CN')).toContain(
      '融合优惠价：159.00 × 20/30 天 = 106.00',
    );
  });
});
