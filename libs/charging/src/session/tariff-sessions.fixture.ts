import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Allowance,
  CalendarPolicy,
  OfferDocument,
  OnlineChargingPolicy,
  PolicyDocument,
  UsagePrice,
  UsageRate,
} from '@ronghe/contracts';
import { instantFromIso, laneOf, newId, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type RestAnswer, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import { publishDocuments, sellFamily, type Family } from '../family.fixture';
import { CHARGING_DATA, NetworkFunction } from './network-function.fixture';
import { defaultOnlinePolicy } from './online-policy';

export const KB = 1024;
const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
const label = { en: 'x', 'zh-CN': 'x' };
const { offers } = JSON.parse(
  readFileSync(join(__dirname, '../../../../testdata/charging/documents.json'), 'utf8'),
) as { offers: OfferDocument[] };
const plan = offers.find(({ code }) => code === 'mobile-5g-199') as OfferDocument;

const rate = (
  band: string | null,
  ...steps: [from: string, amount: string, increment: string][]
): UsageRate => ({
  zone: null,
  band,
  steps: steps.map(([from, amount, increment]) => ({ from, price: { amount, per: '1' }, increment })),
  connectFee: null,
  maximumPerEvent: null,
});
const rated = (price: UsagePrice, calendar: string | null, rates: UsageRate[]): UsagePrice => ({
  ...price,
  cap: null,
  unit: price.usageClass === 'voice' ? 'second' : price.unit,
  increment: { initial: 1, repeat: 1 },
  model: { kind: 'rates', rates: { zonePlan: null, calendar, rates } },
});

/** Data 0.01 a KB, at night 0.001; calls 0.02 a second, from the second minute on 0.01 in steps of 30 s. */
const usagePrices = plan.usagePrices.map((price): UsagePrice => {
  if (price.usageClass === 'data')
    return rated(price, 'week', [rate('night', ['0', '0.001', '1']), rate(null, ['0', '0.01', '1'])]);
  return price.usageClass === 'voice'
    ? rated(price, null, [rate(null, ['0', '0.02', '1'], ['60', '0.01', '30'])])
    : price;
});

/** Three messages, and then none. */
const blocker: Allowance = {
  ...(plan.allowances[0] as Allowance),
  code: 'three',
  usageClasses: ['sms'],
  unit: 'message',
  quantity: '3',
  wholeUnits: '1',
  firstPeriod: 'full',
  sharedBy: 'product',
  rollover: null,
  isBlocker: true,
};

/** Five pictures, of which each event takes two at a time; beyond them 0.10 each. */
const pairs: Allowance = {
  ...blocker,
  code: 'pairs',
  usageClasses: ['mms'],
  quantity: '5',
  increment: '2',
  isBlocker: false,
};
const pictures = plan.usagePrices
  .filter(({ usageClass }) => usageClass === 'sms')
  .map((price): UsagePrice => ({ ...price, code: 'mms-out', usageClass: 'mms' }));

const calendar: CalendarPolicy = {
  kind: 'calendar',
  code: 'week',
  version: 1,
  effectiveFrom: parseLocalDate('2026-01-01'),
  effectiveTo: null,
  holidays: [],
  bands: [{ code: 'night', label, days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }],
};
const policy: OnlineChargingPolicy = {
  ...defaultOnlinePolicy,
  version: 1,
  ratingGroups: [
    { ratingGroup: 20, usageClass: 'sms' },
    { ratingGroup: 30, usageClass: 'mms' },
  ],
};

/** An operator whose one plan has bands, steps and a blocker, and sessions of its subscribers. */
export class TariffSessions {
  private chargingId = 700;
  private readonly network: NetworkFunction;

  private constructor(readonly operator: TestOperator) {
    this.network = new NetworkFunction(operator);
  }

  static async start(
    at: string,
    more: {
      prices?: UsagePrice[];
      allowances?: Allowance[];
      ratingGroups?: OnlineChargingPolicy['ratingGroups'];
      spendCap?: OnlineChargingPolicy['spendCap'];
    } = {},
  ): Promise<TariffSessions> {
    const operator = await startOperator({
      domains: [chargingDomain],
      startsAt: '2026-06-11T00:00:00+08:00',
    });
    await publishDocuments(operator);
    const offer = {
      ...plan,
      usagePrices: [...usagePrices, ...pictures, ...(more.prices ?? [])],
      allowances: [blocker, pairs, ...(more.allowances ?? [])],
    };
    const ratingGroups = [...policy.ratingGroups, ...(more.ratingGroups ?? [])];
    await operator.publish('offering.published.v1', {
      aggregateId: plan.code,
      lane: laneOf(plan.code),
      version: 2,
      payload: { code: plan.code, version: plan.version, document: offer, publishedAt },
    });
    for (const document of [
      calendar,
      { ...policy, ratingGroups, spendCap: more.spendCap },
    ] as PolicyDocument[]) {
      const { code, version } = document;
      const payload = { code, version, document, publishedAt };
      await operator.publish('policy.published.v1', {
        aggregateId: code,
        lane: laneOf(code),
        version,
        payload,
      });
    }
    await operator.settle();
    await operator.moveClock(at);
    return new TariffSessions(operator);
  }

  /** A card whose classes are all charged online: prepaid with so much money, or postpaid (null). */
  async sell(yuan: string | null): Promise<Family> {
    const family = await sellFamily(this.operator, ['main'], {
      online: ['main'],
      onlineClasses: ['voice', 'sms', 'mms', 'data', 'content'],
      bundle: false,
      ...(yuan === null ? {} : { account: { paymentMode: 'prepaid' as const } }),
    });
    await this.operator.settle();
    if (yuan !== null) {
      const paymentId = newId();
      const { accountId } = family.account;
      const input = { accountId, paymentId, amount: yuan };
      await this.operator.command('charging.topUp', input, { key: paymentId });
    }
    return family;
  }

  open(family: Family, more: object): Promise<RestAnswer> {
    this.chargingId += 1;
    return this.network.post(CHARGING_DATA, {
      ...this.network.body(0, [], { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
      chargingId: this.chargingId,
      ...more,
    });
  }

  report(
    operation: 'update' | 'release',
    reference: string,
    sequence: number,
    units: object[],
    more: object = {},
  ): Promise<RestAnswer> {
    return this.network.post(`${CHARGING_DATA}/${reference}/${operation}`, {
      ...this.network.body(sequence, []),
      ...more,
      multipleUnitUsage: units,
    });
  }

  async ratedOf({ account }: Family): Promise<string[]> {
    const rows = await this.operator.sql<{ row: string }>(
      `select usage_class || ' ' || quantity || ' ' || amount as row from charging.rated_usage
       where account_id = $1 order by used_at, usage_class`,
      [account.accountId],
    );
    return rows.map(({ row }) => row);
  }

  async moneyOf({ account }: Family): Promise<string> {
    const [row] = await this.operator.sql<{ row: string }>(
      `select remaining || ' left, ' || reserved || ' reserved, ' || overrun || ' owed' as row
       from charging.money_bucket where account_id = $1`,
      [account.accountId],
    );
    return row?.row ?? '';
  }
}

/** The session that an answer opened. */
export function referenceOf(answer: RestAnswer): string {
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}
