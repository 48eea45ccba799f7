import {
  applyDocuments,
  audit,
  billsOf,
  closeSource,
  deliverUsage,
  midnight,
  moveClock,
  OperatorApi,
  payAtCounter,
  settle,
} from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty } from './counter';
import { documentFiles } from './demonstration';
import { applyRerating, MENDED_PLAN, previewed, publishMended, settledRerating } from './mended-plan';
import { stockHall } from './stock';

const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

describe('a tariff that was published wrong', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 1 });
    await settle(api);
  }, 180_000);
  afterAll(() => operator?.stop());

  it('is used, billed, mended, previewed and re-rated, and the next bill gives the difference back', async () => {
    const party = await registerParty(api, '1');
    const orderId = await placeOrder(api, party, '1', { offerings: [MENDED_PLAN] });
    await settle(api);
    const { items } = await orderOf(api, orderId);
    const number = items
      .flatMap((item) => item.resources)
      .find(({ kind }) => kind === 'mobile_number')?.value;
    // 1200 minutes, 500 of them included, 0.15 yuan for each of the others.
    const calls = Array.from({ length: 20 }, (_, call) => {
      const start = `2026-06-${String(2 + call).padStart(2, '0')}T09:00:00+08:00`;
      return `w${call},voice,${number ?? ''},10086,${start},3600,,`;
    });
    await moveClock(api, midnight('2026-07-01'));
    await deliverUsage(api, 'june.csv', [HEADER, ...calls, ''].join('\n'), 'june');
    expect(await billOf(party.accountId, '2026-06', '2026-07-01')).toMatchObject({
      total: '234.00',
      lines: [{ net: '129.00' }, { chargeClass: 'voice out of bundle', net: '105.00' }],
    });

    // Paid in time: what is late would bear a fee on the next bill.
    await payAtCounter(api, party.accountId, '234.00', 'june');

    await publishMended(api, 2);
    await settle(api);
    const shown = await previewed(api, 'wrong');
    // 0.12 yuan a minute: 84.00 instead of 105.00.
    expect(shown).toMatchObject({ state: 'PREVIEWED', summary: { changed: 20, delta: '-21.00' } });
    await applyRerating(api, shown.reratingId, 'mend');
    expect((await settledRerating(api, shown.reratingId)).state).toBe('APPLIED');
    expect((await previewed(api, 'nothing left')).summary).toMatchObject({ periods: 0, delta: '0.00' });

    const next = await billOf(party.accountId, '2026-07', '2026-08-01');
    expect(next?.lines.map(({ chargeClass, net }) => [chargeClass, net])).toContainEqual([
      'voice out of bundle',
      '-21.00',
    ]);
    // The plan with a fifth off for half a year, less what June had been charged too much.
    expect(next?.total).toBe('82.20');
    expect((await audit(api)).differences).toEqual([]);
  }, 180_000);

  /** Closes a period, lets its bills be made, and finds the account's. */
  async function billOf(accountId: string, period: string, end: string) {
    await moveClock(api, midnight(end));
    await closeSource(api, midnight(end), `close ${period}`);
    await settle(api);
    await moveClock(api, midnight(end.replace(/01$/, '03')));
    await settle(api);
    return (await billsOf(api, accountId)).find((bill) => bill.period === period);
  }
});
