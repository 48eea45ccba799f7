import { newId } from '@ronghe/kernel';
import { startOperator, type RestAnswer, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { causeOf, CHARGING_DATA, granted, NetworkFunction } from './session/network-function.fixture';
import { Sessions } from './session/session.service';
import { passTimeOf } from './silent-session.fixture';

/** Calls, messages, events and money over Nchf_ConvergedCharging; several instances; what is out of the ordinary. */

const MB = 1_048_576;
const GB = 1024 * MB;
const ALL_CLASSES = ['voice', 'sms', 'data'];

let operator: TestOperator;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

async function sell(paymentMode: 'prepaid' | 'postpaid', yuan?: string): Promise<Family> {
  const family = await sellFamily(operator, ['main', 'broadband'], {
    online: ['main'],
    onlineClasses: ALL_CLASSES,
    account: { paymentMode },
  });
  await operator.settle();
  const { accountId } = family.account;
  const paymentId = newId();
  if (yuan)
    await operator.command('charging.topUp', { accountId, paymentId, amount: yuan }, { key: paymentId });
  return family;
}

/** Ends the allowances of an account, so that everything is paid by price. */
async function useUp({ account }: Family): Promise<void> {
  const [row] = await operator.sql<{ remaining: string }>(
    `select remaining from charging.bucket_balance where account_id = $1 and unit = 'kb' and granted > 0`,
    [account.accountId],
  );
  const family = familyOf.get(account.accountId);
  const octets = Number(row?.remaining ?? 0) * 1024;
  const created = await network.create(family?.numberOf('main') ?? '', [{ requested: octets }]);
  await release(created.reference, 1, [{ used: octets }]);
}
const familyOf = new Map<string, Family>();

const release = (reference: string, sequence: number, units: Parameters<NetworkFunction['body']>[1]) =>
  network.post(`${CHARGING_DATA}/${reference}/release`, network.body(sequence, units));
const update = (reference: string, sequence: number, units: Parameters<NetworkFunction['body']>[1]) =>
  network.post(`${CHARGING_DATA}/${reference}/update`, network.body(sequence, units));

/** An event of messages. */
function event(family: Family, messages: number, sequence: number, more: object = {}): Promise<RestAnswer> {
  return network.post(CHARGING_DATA, {
    ...network.body(sequence, []),
    subscriberIdentifier: `msisdn-${family.numberOf('main')}`,
    chargingId: sequence,
    oneTimeEvent: true,
    oneTimeEventType: 'IEC',
    sMSChargingInformation: { recipientInfo: [{ recipientGPSI: 'msisdn-8613900000001' }] },
    multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: messages } }],
    ...more,
  });
}

async function money({ account }: Family): Promise<[remaining: string, reserved: string, overrun: string]> {
  const [row] = await operator.sql<{ remaining: string; reserved: string; overrun: string }>(
    'select remaining, reserved, overrun from charging.money_bucket where account_id = $1',
    [account.accountId],
  );
  return [row?.remaining ?? '', row?.reserved ?? '', row?.overrun ?? ''];
}

async function ratedOf({ account }: Family): Promise<string[]> {
  const rows = await operator.sql<{ usage_class: string; quantity: string; amount: string }>(
    'select usage_class, quantity, amount from charging.rated_usage where account_id = $1 order by usage_class, quantity',
    [account.accountId],
  );
  return rows.map((row) => `${row.usage_class} ${row.quantity} ${row.amount}`);
}

describe('classes and events', () => {
  it('charges a message at once, all of it or nothing, from money', async () => {
    const family = await sell('prepaid', '0.25');
    const answers = [await event(family, 1, 1), await event(family, 2, 2), await event(family, 1, 3)];
    expect(answers.map((answer) => answer.status)).toEqual([201, 403, 201]);
    expect(granted(answers[0] as RestAnswer)).toMatchObject([
      { ratingGroup: 20, resultCode: 'SUCCESS', grantedUnit: { serviceSpecificUnits: 1 } },
    ]);
    expect(await money(family)).toEqual(['50000', '0', '0']);
    expect(await ratedOf(family)).toEqual(['sms 1 100000', 'sms 1 100000']);
  });

  it('charges what a post event reports, also beyond the money: the rest is owed', async () => {
    const family = await sell('prepaid', '0.15');
    const reported = {
      oneTimeEventType: 'PEC',
      multipleUnitUsage: [
        { ratingGroup: 20, usedUnitContainer: [{ localSequenceNumber: 1, serviceSpecificUnits: 3 }] },
      ],
    };
    expect((await event(family, 0, 4, reported)).status).toBe(201);
    expect(await money(family)).toEqual(['0', '0', '150000']);
  });

  it('charges a call on its total, to the number that was called', async () => {
    const family = await sell('postpaid');
    const voice = (time: number) => ({
      ratingGroup: 30,
      requestedUnit: { time: 120 },
      usedUnitContainer: [{ localSequenceNumber: 1, time }],
    });
    const subscriberIdentifier = `msisdn-${family.numberOf('main')}`;
    const call = (sequence: number, time: number) => ({
      ...network.body(sequence, [], { subscriberIdentifier }),
      chargingId: 777,
      iMSChargingInformation: { calledPartyAddress: 'tel:+8613900000001' },
      multipleUnitUsage: [voice(time)],
    });
    const created = await network.post(CHARGING_DATA, call(0, 0));
    expect(granted(created)).toMatchObject([{ ratingGroup: 30, grantedUnit: { time: 120 } }]);
    const reference = created.headers.get('location')?.split('/').at(-1) ?? '';
    expect((await network.post(`${CHARGING_DATA}/${reference}/update`, call(1, 61))).status).toBe(200);
    expect((await network.post(`${CHARGING_DATA}/${reference}/release`, call(2, 30))).status).toBe(204);
    // 91 seconds are two minutes, not two and one.
    const rows = await operator.sql<{ peer: string; takes: [string, string][] }>(
      `select peer, takes from charging.rated_usage where usage_id = $1`,
      [reference],
    );
    expect(rows).toEqual([{ peer: '8613900000001', takes: [['convergent-199/voice', '2']] }]);
  });

  it('does not take on what is not charged online', async () => {
    const family = await sellFamily(operator, ['main', 'broadband'], {
      online: ['main'],
      onlineClasses: ['data'],
    });
    await operator.settle();
    const answer = await network.post(CHARGING_DATA, {
      ...network.body(0, [], { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
      chargingId: 4711,
      sMSChargingInformation: {},
      multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: 1 } }],
    });
    expect([answer.status, causeOf(answer)]).toEqual([403, 'CHARGING_NOT_APPLICABLE']);
  });
});

describe('money', () => {
  it('reserves the price of what allowances do not cover, charges it, and says when the last is granted', async () => {
    const family = await sell('prepaid', '4.50');
    familyOf.set(family.account.accountId, family);
    await useUp(family);
    const number = family.numberOf('main');
    // 0.03 a MB up to 3.00 in each GB: 4.50 buy one GB and 50 MB more.
    const created = await network.create(number, [{ requested: 2 * GB }]);
    expect(granted(created)).toMatchObject([
      { grantedUnit: { totalVolume: GB + 50 * MB }, finalUnitIndication: { finalUnitAction: 'TERMINATE' } },
    ]);
    expect(await money(family)).toEqual(['4500000', '4500000', '0']);
    const refused = await network.create(number, [{ requested: MB }]);
    expect([refused.status, causeOf(refused)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
    await update(created.reference, 1, [{ used: 10 * MB, requested: 10 * MB }]);
    expect(await money(family)).toEqual(['4200000', '300000', '0']);
    await release(created.reference, 2, [{ used: 2 * GB }]);
    expect(await money(family)).toEqual(['0', '0', '1800000']);
  });
});

describe('R6: n at once on funds for k', () => {
  it('grants exactly ten of a hundred events, asked of two instances', async () => {
    const family = await sell('prepaid', '1.00');
    const second = await startOperator({
      domains: [chargingDomain],
      databaseUrl: operator.databaseUrl,
      startsAt: '2026-06-20T12:00:00+08:00',
    });
    try {
      const token = await second.token('partner');
      const other = (sequence: number): Promise<number> =>
        fetch(`${second.url}${CHARGING_DATA}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            ...network.body(sequence, [], { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
            chargingId: sequence,
            oneTimeEvent: true,
            sMSChargingInformation: {},
            multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: 1 } }],
          }),
        }).then((answer) => answer.status);
      const statuses = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          n % 2 === 0 ? event(family, 1, 1000 + n).then(({ status }) => status) : other(1000 + n),
        ),
      );
      expect(statuses.filter((status) => status === 201)).toHaveLength(10);
      expect(statuses.filter((status) => status === 403)).toHaveLength(90);
      expect(await money(family)).toEqual(['0', '0', '0']);
    } finally {
      await second.stop();
    }
  });
});

describe('R8: one key', () => {
  it('has one effect when it is sent to two instances at once, and one answer', async () => {
    const family = await sell('postpaid');
    const second = await startOperator({
      domains: [chargingDomain],
      databaseUrl: operator.databaseUrl,
      startsAt: '2026-06-20T12:00:00+08:00',
    });
    try {
      const networks = [network, new NetworkFunction(second)];
      const content = network.body(5, [{ requested: MB }], {
        subscriberIdentifier: `msisdn-${family.numberOf('main')}`,
        chargingId: 99,
      });
      const created = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (networks[n % 2] as NetworkFunction).post(CHARGING_DATA, content),
        ),
      );
      const places = created.map((answer) => answer.headers.get('location')?.split('/').at(-1) ?? '');
      expect(new Set([...places, ...created.map(({ text }) => text)]).size).toBe(2);
      const final = network.body(6, [{ used: 5 * MB }]);
      const released = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (networks[n % 2] as NetworkFunction).post(`${CHARGING_DATA}/${places[0]}/release`, final),
        ),
      );
      expect(released.map(({ status }) => status)).toEqual(Array(10).fill(204));
      expect(await ratedOf(family)).toEqual([`data ${5 * 1024} 0`]);
    } finally {
      await second.stop();
    }
  });
});

describe('what is out of the ordinary', () => {
  it('zero, huge and too much use', async () => {
    const family = await sell('postpaid');
    const created = await network.create(family.numberOf('main'), [{ requested: MB, used: 0 }]);
    expect(created.status).toBe(201);
    const huge = await update(created.reference, 1, [{ used: 1e15, requested: MB }]);
    expect(huge.status).toBe(200);
    const more = await update(created.reference, 2, [{ used: Number.MAX_SAFE_INTEGER }]);
    expect([more.status, causeOf(more)]).toEqual([400, 'OPTIONAL_IE_INCORRECT']);
    expect((await release(created.reference, 3, [])).status).toBe(204);
    const [rated] = await ratedOf(family);
    expect(rated?.startsWith(`data ${1e15 / 1024} `)).toBe(true);
  });

  it('more messages than anybody sends', async () => {
    const family = await sell('postpaid');
    const answer = await event(family, Number.MAX_SAFE_INTEGER, 900);
    expect([answer.status, causeOf(answer)]).toEqual([400, 'OPTIONAL_IE_INCORRECT']);
    expect(await ratedOf(family)).toEqual([]);
  });

  it('a final twice, an update after the end, an end that races the expiry: one wins, charged = used', async () => {
    const family = await sell('postpaid');
    const created = await network.create(family.numberOf('main'), [{ requested: 10 * MB }]);
    await passTimeOf(operator, created.reference);
    const [first, second] = await Promise.all([
      release(created.reference, 1, [{ used: 3 * MB }]),
      release(created.reference, 2, [{ used: 4 * MB }]),
      operator.get(Sessions).expire([created.reference]),
    ]);
    expect([first.status, second.status].sort()).toEqual([204, 404]);
    const used = first.status === 204 ? 3 : 4;
    expect(await ratedOf(family)).toEqual([`data ${used * 1024} 0`]);
    const late = await update(created.reference, 3, [{ used: MB }]);
    expect([late.status, causeOf(late)]).toEqual([404, 'CONTEXT_NOT_FOUND']);
  });

  it('keeps counters over several reports of the newest session', async () => {
    const family = await sell('postpaid');
    familyOf.set(family.account.accountId, family);
    await useUp(family);
    const created = await network.create(family.numberOf('main'), [{ requested: MB }]);
    await update(created.reference, 1, [{ used: 100 * MB, requested: MB }]);
    await update(created.reference, 2, [{ used: 20 * MB, requested: MB }]);
    await release(created.reference, 3, [{ used: GB - 100 * MB }]);
    // 1 GB + 20 MB: 3.00 for the whole GB and 0.60 beyond.
    expect(await ratedOf(family)).toContain(`data ${1_048_576 + 20 * 1024} 3600000`);
  });
});
