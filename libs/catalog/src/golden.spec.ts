import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { BillingPolicy, OfferDocument, TaxPolicy } from '@ronghe/contracts';
import { amountToDecimal, instantFromIso, moneyToDecimal, sumMoney } from '@ronghe/kernel';
import {
  compareUsage,
  explanationText,
  rateUsage,
  recompute,
  type RatingState,
  type UsageEvent,
} from '@ronghe/rating';
import { readDocuments } from './read-documents';
import { liveMonths, openGroup, planOf, usageOf, type Month, type Rules } from '../test/golden-month';

/** The golden family (testdata/golden): documents, holdings and usage in; bills and explanations out, to the cent. */

const root = join(__dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const { offers, policies } = readDocuments(
  ['catalog', 'policy'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => ({
      path: `${folder}/${name}`,
      text: read(`${folder}/${name}`),
    })),
  ),
);
const rules: Rules = {
  offers: lookup,
  taxPolicies: policies.filter((policy): policy is TaxPolicy => policy.kind === 'tax'),
  chargeClasses:
    policies.find((policy): policy is BillingPolicy => policy.kind === 'billing')?.chargeClasses ?? [],
};

function lookup(code: string, version: number): OfferDocument {
  const offer = offers.find((candidate) => candidate.code === code && candidate.version === version);
  if (!offer) throw new Error(`no offer ${code} ${version}`);
  return offer;
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

const golden = JSON.parse(read('testdata/golden/expected.json')) as { bills: ExpectedBill[] };
const keys = golden.bills.map((bill) => bill.period);
const events = (parse(read('testdata/golden/usage.csv'), { columns: true }) as Record<string, string>[]).map(
  (row): UsageEvent => ({
    usageId: row['record_id'] ?? '',
    productId: row['card'] ?? '',
    usageClass: row['type'] as UsageEvent['usageClass'],
    usedAt: instantFromIso(row['start'] ?? ''),
    quantity: BigInt(row['duration_s'] || row['volume_kb'] || row['messages'] || '0'),
    source: 'mediation',
    recordId: row['record_id'] ?? '',
    isLate: false,
  }),
);
const months = liveMonths(keys, events, rules);

function monthOf(key: string): Month {
  const month = months.get(key);
  if (!month) throw new Error(`no month ${key}`);
  return month;
}

type Bucket = RatingState['buckets'][number];

function bucketFigures({ mobile, fixed }: Month, figure: (bucket: Bucket) => bigint): Record<string, number> {
  const sum = (state: RatingState, unit: string, origin: string) =>
    Number(
      state.buckets
        .filter((bucket) => bucket.unit === unit && bucket.origin === origin)
        .reduce((total, bucket) => total + figure(bucket), 0n),
    );
  return {
    rolledOverKb: sum(mobile, 'kb', 'rolled'),
    baseKb: sum(mobile, 'kb', 'base'),
    minutes: sum(mobile, 'minute', 'base'),
    fixedMinutes: sum(fixed, 'minute', 'base'),
  };
}

it('has the whole case', () => {
  expect(keys).toEqual(['2026-06', '2026-07', '2026-08', '2026-09']);
  expect(events).toHaveLength(164);
});

describe.each(golden.bills)('the golden family in $period', (expected) => {
  const month = monthOf(expected.period);
  const { totals, lines, taxes } = month;
  const data = totals.find((total) => total.chargeCode === 'data-out');

  it('grants the allowances', () => {
    expect(bucketFigures(month, (bucket) => bucket.quantity)).toEqual(expected.allowances);
  });

  it('consumes them in order', () => {
    expect({
      ...bucketFigures(month, (bucket) => bucket.quantity - bucket.remaining),
      outOfBundleKb: Number(data?.unitsCharged ?? 0),
    }).toEqual(expected.consumed);
  });

  it('charges data exactly, to six decimals', () => {
    const [whole = '', decimals = ''] = expected.exactDataCharge.split('.');
    // 4.110703125 is stored as 4.110703: no case here is a tie or rounds up.
    const stored = `${whole}.${decimals.slice(0, 6).padEnd(2, '0')}`;
    expect(data?.amount ?? '0.00').toBe(stored);
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
    for (const { explanation, net } of lines) {
      expect(explanation.result).toBe(moneyToDecimal(net));
      // Recomputing looks at the inputs alone: recorded results may be anything.
      const forgotten = {
        ...explanation,
        steps: explanation.steps.map((step) => ({ ...step, result: '0' })),
      };
      expect(recompute(forgotten)).toBe(moneyToDecimal(net));
      // No figure is merely given: each comes from prices, days and units.
      expect(explanation.steps.map((step) => step.op)).not.toContain('given');
    }
  });
});

describe('the golden family as a whole', () => {
  it('is billed the same whatever the order of the file', () => {
    expect(liveMonths(keys, [...events].reverse(), rules)).toEqual(months);
  });

  it('explains each record: the trace reaches its amount', () => {
    let state = openGroup('main', '2026-06', rules);
    const charged: string[] = [];
    for (const event of usageOf('main', '2026-06', events).sort(compareUsage)) {
      const step = rateUsage(state, event, planOf(event, rules), { trace: true });
      state = step.state;
      const amount = amountToDecimal(step.rated.amount);
      expect(step.rated.trace && recompute(step.rated.trace)).toBe(amount);
      if (step.rated.amount > 0n) charged.push(event.recordId);
    }
    // Messages; one minute of g0031's nine, g0032, g0033; g0047 fills the 3.00 of the first GB, which g0048 and
    // g0049 then use for nothing, and g0050 begins the next.
    const messages = ['g0054', 'g0055', 'g0056', 'g0057', 'g0058'];
    expect(charged.sort()).toEqual(['g0031', 'g0032', 'g0033', 'g0047', 'g0050', ...messages]);
    expect(state).toEqual(monthOf('2026-06').mobile);
  });

  it('says in both languages why June’s plan fee is 106.00', () => {
    const explanation = monthOf('2026-06').lines[0]?.explanation ?? { steps: [], result: '' };
    expect(explanationText(explanation, 'en')).toBe(
      '5G Enjoy 199: 199.00 × 20 of 30 days = 132.666667; list amount rounded to 132.67; ' +
        'Convergent price: 159.00 × 20 of 30 days = 106.00; rounded to 106.00; discount 26.67; to pay 106.00',
    );
    expect(explanationText(explanation, 'zh-CN')).toContain('融合优惠价：159.00 × 20/30 天 = 106.00');
  });

  it('says why June’s data is 4.11', () => {
    const line = monthOf('2026-06').lines.find(({ chargeCode }) => chargeCode === 'data-out');
    const explanation = line?.explanation ?? { steps: [], result: '' };
    expect(explanationText(explanation, 'en')).toBe(
      '41 GB 37 MB 24 KB used, 40 GB from allowances: 1 GB 37 MB 24 KB out of bundle; ' +
        'Data out of bundle: 0.03 per MB, at most 3.00 per GB = 4.110703; rounded to 4.11',
    );
  });
});
