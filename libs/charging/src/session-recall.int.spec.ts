import { newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { sessionInstance } from './session-instance.fixture';
import { readChargingRequest } from './session/charging-data';
import { SessionMemory } from './session/session-memory.service';
import { letTimePass, letTimeStandStill } from './still-time.fixture';

/** What changes for a number without its own row being written is noticed too. */

const MB = 1_048_576;
const FROM = '2026-08-05T00:00:00+08:00';

let operator: TestOperator;
let chargingId = 0;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
});
afterAll(() => operator?.stop());

letTimeStandStill();

function createOf(family: Family) {
  chargingId += 1;
  const body = {
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: 'smf-1' },
    invocationTimeStamp: '2026-06-20T04:00:00Z',
    invocationSequenceNumber: 0,
    chargingId,
    subscriberIdentifier: `msisdn-${family.numberOf('main')}`,
    multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: MB } }],
  };
  return readChargingRequest(body, 'create');
}

it('opens sessions of one who shared, once that has ended, from his own allowance', async () => {
  const owner = await sellFamily(operator, ['main'], { bundle: false, online: ['main'] });
  const { account } = owner;
  const member = await sellFamily(operator, ['main'], { bundle: false, online: ['main'], account });
  await operator.settle();
  const ids = {
    ownerProductId: owner.products['main']?.productId,
    memberProductId: member.products['main']?.productId,
  };
  const shared = await operator.graphql<{ shareAllowances: { sharingId: string } }>(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) { sharingId }
    }`,
    { input: { ...ids, caps: [], reason: 'family' }, key: newId() },
  );
  await operator.moveClock('2026-07-20T12:00:00+08:00');
  await operator.settle();
  const { sessions, recall } = sessionInstance(operator, new SessionMemory());
  const recalls = jest.spyOn(recall, 'recall');
  const create = async (family: Family): Promise<number> => (await sessions.create(createOf(family))).status;
  expect([await create(owner), await create(member), await create(owner)]).toEqual([201, 201, 201]);
  await operator.graphql(
    `mutation ($input: EndSharingInput!, $key: String!) {
      endSharing(input: $input, idempotencyKey: $key) { effectiveTo }
    }`,
    {
      input: {
        accountId: account.accountId,
        sharingId: shared.data?.shareAllowances.sharingId,
        reason: 'moved out',
      },
      key: newId(),
    },
  );
  await operator.moveClock('2026-08-01T12:00:00+08:00');
  await operator.settle();
  const told = [];
  for (const family of [owner, member, member, owner, member]) told.push(await create(family));
  expect(told).toEqual([201, 201, 201, 201, 201]);
  expect(recalls.mock.results.some(({ value }) => value !== null)).toBe(true);
  const memberGroup = member.products['main']?.cardGroupId;
  const drawn = await operator.sql(
    `select card_group_id from charging.session where product_id = $1 and period = '2026-08'`,
    [ids.memberProductId],
  );
  expect(drawn).toEqual([1, 2, 3].map(() => ({ card_group_id: memberGroup })));
});

it.each([0, 2])(
  'charges who took a number over, whose predecessor is remembered, less %i digits',
  async (less) => {
    const before = await sellFamily(operator, ['main'], { bundle: false, online: ['main'] });
    await operator.settle();
    const { sessions, recall } = sessionInstance(operator, new SessionMemory());
    const recalls = jest.spyOn(recall, 'recall');
    const isRecalled = (): boolean => recalls.mock.results.at(-1)?.value !== null;
    const forgotten = jest.spyOn(recall, 'forget');
    const productOf = async (family: Family): Promise<unknown> => {
      const { sessionId } = await sessions.create(createOf(family));
      const [row] = await operator.sql<{ product_id: string }>(
        `select product_id from charging.session where session_id = $1`,
        [sessionId],
      );
      return row?.product_id;
    };
    const { productId } = before.products['main'] ?? {};
    expect([await productOf(before), await productOf(before)]).toEqual([productId, productId]);
    expect(isRecalled()).toBe(true);
    // Of the predecessor nothing is told: that his account's row was written follows from the number alone, in any form.
    const number = before.numberOf('main').slice(less);
    const from = '2026-07-20T00:00:00+08:00';
    const after = await sellFamily(operator, ['main'], { bundle: false, online: ['main'], number, from });
    await operator.settle();
    expect(await productOf(before)).toBe(after.products['main']?.productId);
    expect(forgotten).toHaveBeenCalledTimes(1);
    // Both are remembered now, and neither account alone speaks for the number.
    letTimePass();
    const { productId: nextId } = after.products['main'] ?? {};
    expect([await productOf(before), await productOf(before)]).toEqual([nextId, nextId]);
    expect([isRecalled(), forgotten.mock.calls.length]).toEqual([true, 1]);
    await operator.sql(`update charging.number_holder set is_blocked = is_blocked where number = $1`, [
      number,
    ]);
    expect(await productOf(before)).toBe(nextId);
    expect(forgotten).toHaveBeenCalledTimes(2);
    expect(await auditDifferences(operator)).toEqual([]);
  },
);

it('compares the account of a member whose card group is that of another account', async () => {
  const owner = await sellFamily(operator, ['main'], { bundle: false, online: ['main'], from: FROM });
  const { balanceGroupId, lane } = owner.account;
  const account = { balanceGroupId, lane };
  const member = await sellFamily(operator, ['main'], {
    bundle: false,
    online: ['main'],
    from: FROM,
    account,
  });
  await operator.settle();
  await operator.graphql(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) { sharingId }
    }`,
    {
      input: {
        ownerProductId: owner.products['main']?.productId,
        memberProductId: member.products['main']?.productId,
        caps: [],
        reason: 'family',
      },
      key: newId(),
    },
  );
  await operator.moveClock('2026-09-20T12:00:00+08:00');
  await operator.settle();
  const { sessions, recall } = sessionInstance(operator, new SessionMemory());
  const recalls = jest.spyOn(recall, 'recall');
  const forgotten = jest.spyOn(recall, 'forget');
  for (let count = 0; count < 3; count += 1) await sessions.create(createOf(member));
  expect(recalls.mock.results.at(-1)?.value).not.toBeNull();
  expect(forgotten).not.toHaveBeenCalled();
  await operator.sql(`update charging.account set caps_spending = false where account_id = $1`, [
    member.account.accountId,
  ]);
  expect((await sessions.create(createOf(member))).status).toBe(201);
  expect(forgotten).toHaveBeenCalledTimes(1);
});
