import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AccountOpened,
  BalancePolicy,
  OfferDocument,
  PolicyDocument,
  UsageSourcePolicy,
} from '@ronghe/contracts';
import { instantFromIso, laneOf, newId, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { publishDocuments, sellFamily, usageCsv, type Family } from './family.fixture';
import { plainBalancePolicy } from './money/balance-policy';
import { corrected, offerOf, PLAN, publishOffer } from './rerating/rerating.fixture';

/** What files of `msc` begin with. */
export const PARTS_HEADER = 'id,type,number,start,seconds,call,part,last';

/** A source whose calls come in parts: id, number, start, seconds, call, part, whether it is the last. */
const SWITCH: UsageSourcePolicy = {
  ...{ kind: 'usage-source', code: 'msc', source: 'msc', version: 1, effectiveTo: null },
  effectiveFrom: parseLocalDate('2020-01-01'),
  zone: 'Asia/Shanghai',
  lateAfterPeriods: 2,
  format: 'csv',
  columns: {
    ...{ recordId: 'id', type: 'type', subscriber: 'number', peer: null, start: 'start' },
    parts: { callId: 'call', number: 'part', last: 'last' },
  },
  subscriberBy: 'number',
  types: [{ value: 'V', usageClass: 'voice', quantity: 'seconds', unit: 'second' }],
};

/** Money of a hundred yuan brings a bonus that ends after ten days; who does not pay a fee is stopped after two. */
const BALANCE: BalancePolicy = {
  ...plainBalancePolicy,
  version: 1,
  topUp: {
    ...plainBalancePolicy.topUp,
    bonuses: [
      {
        ...{ code: 'hundred', label: { en: 'Bonus', 'zh-CN': '赠送' }, from: '100.00', amount: '5.00' },
        ...{ validDays: 10, priority: 50 },
      },
    ],
  },
  prepaidFee: { retryHours: 24, graceHours: 48 },
};

/** How work of a kind comes to be, and what has become of it. */
export interface LostWork {
  leave?: () => Promise<unknown>;
  done: () => Promise<void>;
}

/** Charging whose queue store loses every job, with customers of each kind. */
export class LostWorkWorld {
  readonly orders = new Set<string>();
  readonly inbox = mkdtempSync(join(tmpdir(), 'ronghe-inbox-'));
  operator!: TestOperator;
  postpaid!: Family;
  /** Prepaid, with 200 yuan and a bonus. */
  rich!: Family;
  /** Prepaid, without any money. */
  poor!: Family;
  /** Prepaid, with 100 yuan and a bonus, and nothing that it would pay. */
  saver!: AccountOpened;

  async start(): Promise<void> {
    this.operator = await startOperator({
      domains: [chargingDomain],
      startsAt: '2026-06-11T00:00:00+08:00',
      losesJobs: true,
      environment: { RONGHE_USAGE_INBOX: this.inbox },
      stubs: {
        commands: {
          'ordering.placeOrder': (_input, key) => this.stopPoor(key),
        },
        queries: {
          'catalog.resolveDraft': () => this.draft(),
          'customer.getAccount': () => this.saver,
        },
      },
    });
    await publishDocuments(this.operator);
    await publishOffer(this.operator, withFee(offerOf(PLAN), '30.00'));
    await this.publishPolicy(SWITCH);
    await this.publishPolicy(BALANCE);
    this.postpaid = await sellFamily(this.operator, ['main', 'broadband'], { online: ['main'] });
    this.rich = await this.sellPrepaid('200.00');
    this.poor = await this.sellPrepaid(null);
    this.saver = await this.openPrepaid('100.00');
    await this.operator.settle();
  }

  async stop(): Promise<void> {
    await this.operator.stop();
    rmSync(this.inbox, { recursive: true, force: true });
  }

  idOf(who: 'postpaid' | 'rich' | 'poor'): string {
    return this[who].account.accountId;
  }

  /** The number of the postpaid card. */
  get number(): string {
    return this.postpaid.numberOf('main');
  }

  /** What entered and left an account's money, by kind, oldest first. */
  async entries(accountId: string, kind: string): Promise<string[]> {
    const rows = await this.operator.sql<{ delta: string }>(
      'select delta from charging.money_entry where account_id = $1 and kind = $2 order by entry_id',
      [accountId, kind],
    );
    return rows.map(({ delta }) => delta);
  }

  /** How often jobs of a kind were carried out; all of them came from sweeps. */
  async jobsDone(kind: string): Promise<number> {
    const { text } = await this.operator.rest('GET', '/metrics', undefined, { role: null });
    const line = text
      .split('\n')
      .find((each) => each.startsWith(`ronghe_jobs_total{job="${kind}",outcome="done"}`));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  /** One value of one row. */
  async value(text: string, ...parameters: unknown[]): Promise<unknown> {
    const [row] = await this.operator.sql<Record<string, unknown>>(`select ${text}`, parameters);
    return Object.values(row ?? {})[0];
  }

  /** Hands a file in and does not wait for it. */
  async upload(records: readonly string[], name: string): Promise<void> {
    const path = `/usage/files?source=mediation&name=${name}`;
    const headers = { 'content-type': 'text/csv' };
    const sent = await this.operator.rest('POST', path, usageCsv(records, this.postpaid), { headers });
    expect(sent.status).toBe(202);
  }

  /** Says that a source has delivered all of June. */
  async close(source: string): Promise<void> {
    const through = '2026-07-01T00:00:00+08:00';
    const { status } = await this.operator.rest('POST', `/usage/sources/${source}/close`, { through });
    expect(status).toBeLessThan(300);
  }

  /** Lays a file into the watched folder, as if it had been there for a while. */
  lay(source: string, name: string, content: string): void {
    mkdirSync(join(this.inbox, source), { recursive: true });
    const path = join(this.inbox, source, name);
    writeFileSync(path, content);
    utimesSync(path, new Date(0), new Date(0));
  }

  async ask<T>(field: string, type: string, input: object, selection: string): Promise<T> {
    const { data, errors } = await this.operator.graphql<Record<string, T>>(
      `mutation ($input: ${type}!, $key: String!) { ${field}(input: $input, idempotencyKey: $key) { ${selection} } }`,
      { input, key: newId() },
      field === 'transferMoney' ? 'counter' : 'billing',
    );
    const answer = data?.[field];
    if (!answer || errors) throw new Error(JSON.stringify(errors));
    return answer;
  }

  private draft() {
    const draft = corrected('0.30', { version: 3 });
    return {
      offers: [offerOf(PLAN), offerOf('sub-card'), draft],
      ...{ policies: [], drafted: [`${PLAN}@3`], problems: [], conflicts: [] },
    };
  }

  private async publishPolicy(document: PolicyDocument): Promise<void> {
    const { code, version } = document;
    const payload = { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00Z') };
    await this.operator.publish('policy.published.v1', {
      aggregateId: code,
      lane: laneOf(code),
      version,
      payload,
    });
  }

  private async openPrepaid(funds: string | null): Promise<AccountOpened> {
    const { account } = await sellFamily(this.operator, [], { account: { paymentMode: 'prepaid' } });
    await this.operator.settle();
    const { accountId } = account;
    const paymentId = newId();
    if (funds !== null)
      await this.operator.command(
        'charging.topUp',
        { accountId, paymentId, amount: funds },
        { key: paymentId },
      );
    return account;
  }

  private async sellPrepaid(funds: string | null): Promise<Family> {
    const account = await this.openPrepaid(funds);
    const family = await sellFamily(this.operator, ['main'], { bundle: false, account });
    await this.operator.settle();
    return family;
  }

  /** Ordering stops the product of whoever has no money. */
  private async stopPoor(key: string): Promise<{ orderId: string }> {
    const orderId = newId();
    this.orders.add(key);
    const product = this.poor.products['main'];
    if (!product) throw new Error('nothing to stop');
    const { productId: aggregateId, lane } = product;
    const block = {
      kind: 'full-stop',
      reason: 'unpaid-fee',
      orderId,
      from: product.effectiveFrom,
      to: null,
    } as const;
    const payload = { ...product, blocks: [block] };
    await this.operator.publish('product.suspended.v1', { aggregateId, lane, version: 2, payload });
    return { orderId };
  }
}

/** A plan with a fee in advance, and nothing taken off it. */
export function withFee(offer: OfferDocument, amount: string): OfferDocument {
  const prices = offer.recurringPrices.slice(0, 1);
  return {
    ...offer,
    discounts: [],
    recurringPrices: prices.map((price) => ({ ...price, amount, timing: 'advance' as const })),
  };
}
