import { newId } from '@ronghe/kernel';
import { faultSeeds, randomFrom, startOperator, type RestAnswer, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  capSpending,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';
import { Sessions } from './session/session.service';
import { passTimeOf } from './silent-session.fixture';

/**
 * Sessions, top-ups, files, dead sessions and re-rating in any order and at once, on families with little money: whatever
 * happens, nothing fails, and the control totals agree (SEMANTICS §4, §10).
 */

const MB = 1_048_576;
const STEPS = 60;
const CONCURRENT = 4;
/** What a network function may be told; anything else is our fault. */
const STATUSES = new Set([200, 201, 204, 403, 404]);

let operator: TestOperator;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());

/** One family's life, drawn from a seed. */
class Life {
  private readonly open: string[] = [];
  private readonly ended: string[] = [];
  private sequence = 0;
  private records = 0;
  readonly refused: string[] = [];

  constructor(
    private readonly random: () => number,
    private readonly family: Family,
    private readonly name: string,
  ) {}

  async step(): Promise<void> {
    const choice = this.random();
    if (choice < 0.25) await this.create();
    else if (choice < 0.6) await this.report('update');
    else if (choice < 0.75) await this.report('release');
    else if (choice < 0.82) await this.expire();
    else if (choice < 0.9) await this.topUp();
    else await this.file();
  }

  private async create(): Promise<void> {
    const card = this.random() < 0.5 ? 'main' : 'sub1';
    this.sequence += 1;
    const answer = await network.create(this.family.numberOf(card), [this.unit(false)], this.sequence);
    this.check('create', answer);
    if (answer.status === 201) this.open.push(answer.reference);
  }

  private async report(kind: 'update' | 'release'): Promise<void> {
    const from = this.random() < 0.9 || this.ended.length === 0 ? this.open : this.ended;
    const reference = from[Math.floor(this.random() * from.length)];
    if (!reference) return;
    this.sequence += 1;
    const units = [this.unit(true)];
    this.check(
      kind,
      await network.post(`${CHARGING_DATA}/${reference}/${kind}`, network.body(this.sequence, units)),
    );
    if (kind === 'release' && from === this.open)
      this.ended.push(...this.open.splice(this.open.indexOf(reference), 1));
  }

  private async expire(): Promise<void> {
    const reference = this.open[Math.floor(this.random() * this.open.length)];
    if (!reference) return;
    await passTimeOf(operator, reference);
    await operator.get(Sessions).expire([reference]);
  }

  private async topUp(): Promise<void> {
    const paymentId = newId();
    const amount = (Math.floor(this.random() * 500) / 100 + 0.01).toFixed(2);
    const { accountId } = this.family.account;
    await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
  }

  private async file(): Promise<void> {
    this.records += 1;
    const day = 12 + Math.floor(this.random() * 8);
    const card = this.random() < 0.5 ? 'main' : 'sub1';
    const record = `${this.name}-${this.records},voice,${card},,2026-06-${day}T08:00:0${this.records % 10}+08:00,${Math.floor(this.random() * 30_000)},,`;
    await operator.rest(
      'POST',
      `/usage/files?source=mediation&name=${this.name}-${this.records}`,
      usageCsv([record], this.family),
      {
        headers: { 'content-type': 'text/csv' },
      },
    );
  }

  private unit(reports: boolean) {
    const size = () => Math.floor(this.random() * 6000 * MB);
    return {
      group: this.random() < 0.7 ? 1 : 2,
      ...(this.random() < 0.8 ? { requested: this.random() < 0.3 ? null : size() } : {}),
      ...(reports && this.random() < 0.9 ? { used: size() } : {}),
    };
  }

  private check(what: string, answer: RestAnswer): void {
    if (!STATUSES.has(answer.status))
      this.refused.push(`${what} ${answer.status} ${answer.text.slice(0, 200)}`);
  }
}

it.each(faultSeeds())(
  'holds with seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const families = await Promise.all(
      (['prepaid', 'postpaid'] as const).map((paymentMode) =>
        sellFamily(operator, ['main', 'sub1', 'broadband'], {
          online: ['main', 'sub1'],
          account: { paymentMode },
        }),
      ),
    );
    await operator.settle();
    // Caps that somebody reaches, so that what products spend is counted (and audited) through all of it.
    for (const { products } of families)
      for (const card of ['main', 'sub1'])
        await capSpending(operator, products[card]?.productId ?? '', '20.00', {
          per: card === 'main' ? 'DAY' : 'PERIOD',
        });
    const lives = families.map((family, index) => new Life(random, family, `${seed}-${index}`));
    for (let step = 0; step < STEPS; step += 1) {
      const several = Array.from({ length: CONCURRENT }, () => lives[Math.floor(random() * lives.length)]);
      await Promise.all(several.map(async (life) => life?.step()));
    }
    await operator.settle();
    expect(lives.flatMap(({ refused }) => refused)).toEqual([]);
    expect(await auditDifferences(operator)).toEqual([]);
  },
  120_000,
);
