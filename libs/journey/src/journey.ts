import { billsOf, payAtCounter, runBills, topUpAtCounter } from './bills';
import {
  goldenFamily,
  ONLINE_CARD,
  ONLINE_FAMILY,
  prepaidCustomer,
  streetFamilies,
  type Family,
} from './families';
import { closeSource, deliverUsage, type CollectedFile } from './month-end';
import { onlineSession } from './online-session';
import { audit, midnight, moveClock, settle } from './operations';
import type { OperatorApi } from './operator-api';
import { applyDocuments, stockTheHall, type DocumentFile } from './prepare-operator';
import type { Progress } from './progress';
import type { JourneyReport } from './report';
import { sellFamily, terminate, type SoldFamily } from './sell-family';
import { partOfMonth, usageLines, withNumbers, type UsageLine } from './usage-files';

/** A subscriber of the street, as the usage generator wants to know it. */
export interface StreetSubscriber {
  number: string;
  classes: ('voice' | 'data' | 'sms')[];
  activeFrom: string;
}

/** What the journey needs from outside. */
export interface JourneyInput {
  api: OperatorApi;
  progress: Progress;
  documents: readonly DocumentFile[];
  /** The golden family's usage, by card. */
  goldenUsage: string;
  /** Makes the street's usage: CSV with a header. */
  streetUsage: (
    subscribers: readonly StreetSubscriber[],
    span: { from: string; to: string },
  ) => Promise<string>;
}

const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09'] as const;
const TERMINATION_DAY = '2026-08-16';
const SESSION_DAY = '2026-06-15';

/**
 * Four months of the demonstration operator, June to September 2026, through public APIs only. Every command
 * has a key of its own, so a journey that was cut off is simply run again and goes on where it stood.
 */
export async function runJourney(input: JourneyInput): Promise<JourneyReport> {
  const journey = new Journey(input);
  return journey.run();
}

class Journey {
  private readonly timings: Record<string, number> = {};
  private readonly usage = { read: 0, rated: 0, duplicates: 0, suspended: 0 };
  private readonly delivered: { name: string; csv: string }[] = [];

  constructor(private readonly input: JourneyInput) {}

  async run(): Promise<JourneyReport> {
    const started = Date.now();
    const { api } = this.input;
    await this.timed('prepare', () => this.prepare());
    const street = await this.timed('sale', () => this.sellStreet());
    const golden = await this.sellGolden();
    const prepaid = await this.timed('prepaidSale', () => this.sellPrepaid());
    await this.timed('onlineSession', () => this.useOnline(street, prepaid));
    const usage = await this.makeUsage(golden, street);
    for (const month of MONTHS)
      await this.timed(`month ${month}`, () => this.month(month, golden, street, usage));
    const secondRunAdded = await this.timed('secondRun', () => this.runAll());
    const secondImportAdded = await this.timed('secondImport', () => this.importAll());
    const audited = await this.timed('audit', () => audit(api));
    const bills = await billsOf(api, golden.accountId);
    const statements = await billsOf(api, prepaid.accountId);
    const billsInAll = await this.countBills([golden, ...street]);
    this.timings['total'] = Date.now() - started;
    return {
      ok:
        audited.differences.length === 0 &&
        secondRunAdded === 0 &&
        secondImportAdded === 0 &&
        bills.length === MONTHS.length &&
        statements.length === MONTHS.length &&
        statements.every(({ due }) => due === '0.00'),
      customerId: golden.customerId,
      orderId: golden.orderId,
      bills,
      statements,
      billsInAll,
      usage: this.usage,
      secondRunAdded,
      secondImportAdded,
      audit: { differences: audited.differences.length, checks: audited.checks, found: audited.differences },
      timingsMs: this.timings,
    };
  }

  private async prepare(): Promise<void> {
    const { api, progress, documents } = this.input;
    progress.step('Publishing offers and policies');
    const published = await applyDocuments(api, documents);
    progress.detail(`${published} documents are live`);
    progress.step('Taking stock into the hall');
    await stockTheHall(api);
  }

  private async sellStreet(): Promise<SoldFamily[]> {
    const { api, progress } = this.input;
    progress.step(`Selling the convergent bundle to a street of ${streetFamilies.length} families`);
    const sold: SoldFamily[] = [];
    for (const day of daysOf(streetFamilies)) {
      await moveClock(api, midnight(day));
      const families = streetFamilies.filter((family) => family.buysOn === day);
      sold.push(...(await Promise.all(families.map((family) => sellFamily(api, family)))));
      progress.detail(`${day}: ${sold.length} families`);
    }
    return sold;
  }

  private async sellGolden(): Promise<SoldFamily> {
    const { api, progress } = this.input;
    progress.step(
      `Selling it to ${goldenFamily.name}: main card, two sub cards, broadband, television, fixed line`,
    );
    await moveClock(api, midnight(goldenFamily.buysOn));
    return this.timed('goldenSale', () => sellFamily(api, goldenFamily));
  }

  private async sellPrepaid(): Promise<SoldFamily> {
    const { api, progress } = this.input;
    progress.step(`Selling a prepaid card to ${prepaidCustomer.name}, who pays in 100 yuan`);
    const sold = await sellFamily(api, prepaidCustomer);
    await topUpAtCounter(api, sold.accountId, '100', 'demo/prepaid/top-up');
    return sold;
  }

  private async useOnline(street: readonly SoldFamily[], prepaid: SoldFamily): Promise<void> {
    const { api, progress } = this.input;
    await moveClock(api, midnight(SESSION_DAY));
    const number = street[ONLINE_FAMILY]?.products.get(ONLINE_CARD)?.number;
    if (!number) throw new Error('The card with online data has no number');
    progress.step('One data session charged online: reserve, use, release');
    const session = await onlineSession(api, number, `${SESSION_DAY}T00:00:00+08:00`);
    progress.detail(`granted ${session.grantedOctets} octets, used ${session.usedOctets}`);
    const card = prepaid.products.get('main')?.number;
    if (!card) throw new Error('The prepaid card has no number');
    await onlineSession(api, card, `${SESSION_DAY}T00:00:00+08:00`, { requested: 3000, used: 2600 });
  }

  private async makeUsage(
    golden: SoldFamily,
    street: readonly SoldFamily[],
  ): Promise<Record<string, UsageLine[]>> {
    const numbers = new Map(
      [...golden.products].flatMap(([card, { number }]) => (number ? [[card, number] as const] : [])),
    );
    const subscribers = street.flatMap((sold, index) => subscribersOf(sold, index === ONLINE_FAMILY));
    const span = { from: midnight('2026-06-01'), to: midnight('2026-10-01') };
    return {
      golden: usageLines(withNumbers(this.input.goldenUsage, numbers)),
      street: usageLines(await this.input.streetUsage(subscribers, span)),
    };
  }

  private async month(
    month: string,
    golden: SoldFamily,
    street: readonly SoldFamily[],
    usage: Record<string, UsageLine[]>,
  ): Promise<void> {
    const { api, progress } = this.input;
    progress.step(`${month}: the clock goes on, usage is collected, the scheduled run writes the bills`);
    if (month === TERMINATION_DAY.slice(0, 7)) {
      await moveClock(api, midnight(TERMINATION_DAY));
      await terminate(api, golden, ['broadband', 'iptv'], 'demo/golden/terminate');
      progress.detail(`${TERMINATION_DAY}: the golden family gives up broadband and television`);
    }
    const end = midnight(monthAfter(month));
    await moveClock(api, end);
    for (const [name, lines] of Object.entries(usage)) {
      const csv = partOfMonth(lines, month, month === MONTHS[0]);
      const file = await deliverUsage(api, `${name}-${month}.csv`, csv, `demo/usage/${name}-${month}`);
      this.count(file);
      this.delivered.push({ name: `${name}-${month}.csv`, csv });
      progress.detail(
        `${name}-${month}.csv: ${file.read} read, ${file.rated} rated, ${file.duplicates} duplicates, ${file.suspended} suspended`,
      );
    }
    await closeSource(api, end, `demo/close/${month}`);
    await settle(api);
    await this.payAll(month, [golden, ...street]);
  }

  /** Everybody pays at the counter, but one family of the street, so that something stays open. */
  private async payAll(month: string, families: readonly SoldFamily[]): Promise<void> {
    const { api, progress } = this.input;
    const paying = families.slice(0, -1);
    let paid = 0;
    for (const sold of paying) {
      const bill = (await billsOf(api, sold.accountId)).find((each) => each.period === month);
      if (!bill) throw new Error(`${sold.family.code} has no bill for ${month}`);
      await payAtCounter(api, sold.accountId, bill.total, `demo/pay/${sold.family.code}/${month}`);
      paid += 1;
    }
    await settle(api);
    progress.detail(`${paid} families have paid`);
  }

  private async runAll(): Promise<number> {
    this.input.progress.step('Running every month again: nothing may be added');
    let added = 0;
    for (const month of MONTHS) added += await runBills(this.input.api, month, `demo/second-run/${month}`);
    return added;
  }

  private async importAll(): Promise<number> {
    const { api, progress } = this.input;
    progress.step('Delivering every usage file again: nothing may be added');
    let added = 0;
    for (const { name, csv } of this.delivered) {
      const file = await deliverUsage(api, name, csv, `demo/usage-again/${name}`);
      added += file.rated;
    }
    await settle(api);
    return added;
  }

  private async countBills(families: readonly SoldFamily[]): Promise<number> {
    const counts = await Promise.all(
      families.map(async ({ accountId }) => (await billsOf(this.input.api, accountId)).length),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private count(file: CollectedFile): void {
    this.usage.read += file.read;
    this.usage.rated += file.rated;
    this.usage.duplicates += file.duplicates;
    this.usage.suspended += file.suspended;
  }

  private async timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    const result = await work();
    this.timings[name] = Date.now() - started;
    return result;
  }
}

function subscribersOf(sold: SoldFamily, isOnlineFamily: boolean): StreetSubscriber[] {
  return [...sold.products].flatMap(([card, { number }]) => {
    if (!number) return [];
    const voiceOnly = card === 'fixed';
    // Data that is charged online has no records in the mediation system's files.
    const classes: StreetSubscriber['classes'] = voiceOnly
      ? ['voice']
      : isOnlineFamily && card === ONLINE_CARD
        ? ['voice', 'sms']
        : ['voice', 'data', 'sms'];
    return [{ number, classes, activeFrom: midnight(sold.family.buysOn) }];
  });
}

function daysOf(families: readonly Family[]): string[] {
  return [...new Set(families.map((family) => family.buysOn))].sort();
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
