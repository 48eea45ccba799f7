import type { AccountRelationTerms } from '@ronghe/contracts';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { usageTotalsOf, type Family } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { familiesInOneLane, publishRelation, relationOf } from '../../test/tied-accounts';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

/** Accounts that pay for each other: from the facts to bills, over months. The family's fees are 189.00 a month. */

const [employer, employee, branch, stranger] = familiesInOneLane(51, 52, 53, 54) as [
  Family,
  Family,
  Family,
  Family,
];
const sponsorship: AccountRelationTerms = {
  kind: 'sponsorship',
  percent: '60',
  limit: null,
  chargeClasses: ['plan fee'],
  productIds: null,
  priority: 100,
};
const sponsors = relationOf(1, [employer, employee], sponsorship, ['2026-07-01']);
const branchOf = relationOf(2, [employer, branch], { kind: 'parent', memberPays: false }, ['2026-07-01']);

let operator: TestOperator;
const desk = new Desk(() => operator);

interface TiedBill {
  id: string;
  period: string;
  total: string;
  pageUrl: string;
  taxes: { percent: string; gross: string }[];
  sections: {
    accountId: string;
    total: string;
    lines: {
      id: string;
      chargeClass: string;
      servicePeriod: string;
      net: string;
      taxPercent: string;
      explanation: { result: string; text: string };
    }[];
  }[];
}

const fields = `id period total pageUrl taxes { percent gross } sections { accountId total
  lines { id chargeClass servicePeriod net taxPercent explanation { result text(language: "zh-CN") } } }`;

/** Published bills, newest first. */
async function bills({ account: { accountId } }: Family): Promise<TiedBill[]> {
  const query = `query ($id: ID!) { bills(accountId: $id) { nodes { ${fields} } } }`;
  return (await desk.ask<{ bills: { nodes: TiedBill[] } }>(query, { id: accountId }, 'counter')).bills.nodes;
}

async function billOf(family: Family, period: string): Promise<TiedBill | undefined> {
  return (await bills(family)).find((bill) => bill.period === period);
}

const sectionTotals = (bill?: TiedBill) => bill?.sections.map(({ accountId, total }) => [accountId, total]);
const sponsored = (bill?: TiedBill) =>
  bill?.sections.flatMap(({ lines }) =>
    lines
      .filter(({ chargeClass }) => chargeClass === 'sponsored')
      .map(({ servicePeriod, net }) => `${servicePeriod} ${net}`),
  );

async function runThrough(day: string): Promise<void> {
  await closeSource(operator, `${day}T00:00:00+08:00`);
  await operator.moveClock(`${day}T06:00:00+08:00`);
  await operator.settle();
}

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const family of [employer, employee, branch, stranger]) await publishFamily(operator, family);
  for (const relation of [sponsors, branchOf]) await publishRelation(operator, relation);
  await runThrough('2026-08-01');
});
afterAll(() => operator?.stop());

it('bills everybody alone before the relations hold', async () => {
  const june = await Promise.all([employer, employee, branch].map((family) => billOf(family, '2026-06')));
  expect(new Set(june.map((bill) => bill?.total)).size).toBe(1);
  expect(june.map((bill) => bill?.sections.length)).toEqual([1, 1, 1]);
});

it('moves the sponsor’s share, and brings the branch on the parent’s bill in a section of its own', async () => {
  const july = await billOf(employer, '2026-07');
  // 189.00 of its own, 60 % of 159.00 = 95.40, and the branch's 189.00.
  expect(july?.total).toBe('473.40');
  expect(sectionTotals(july)).toEqual([
    [employer.account.accountId, '284.40'],
    [branch.account.accountId, '189.00'],
  ]);
  expect(july?.taxes).toEqual([
    { percent: '9', gross: '453.40' },
    { percent: '6', gross: '20.00' },
  ]);
  expect((await billOf(employee, '2026-07'))?.total).toBe('93.60');
  expect(await billOf(branch, '2026-07')).toBeUndefined();
  const lines = july?.sections[0]?.lines.filter(({ chargeClass }) => chargeClass === 'sponsored') ?? [];
  expect(lines).toMatchObject([{ net: '95.40', taxPercent: '9', explanation: { result: '95.40' } }]);
  expect(lines[0]?.explanation.text).toContain(employee.account.accountId);
});

it('tells the other side of a transfer', async () => {
  const line = (await billOf(employee, '2026-07'))?.sections[0]?.lines.find(({ net }) => net === '-95.40');
  const query = `query ($id: ID!) { explainBillLine(lineId: $id) { matches references { kind relationId otherAccountId } } }`;
  expect(await desk.ask(query, { id: line?.id }, 'counter')).toEqual({
    explainBillLine: {
      matches: true,
      references: [
        { kind: 'TRANSFER', relationId: sponsors.relationId, otherAccountId: employer.account.accountId },
      ],
    },
  });
});

it('shows the branch on the page', async () => {
  const july = await billOf(employer, '2026-07');
  const page = await operator.rest('GET', `${july?.pageUrl}&lang=zh-CN`, undefined, { role: null });
  for (const text of [`代付账户 ${branch.account.accountId}`, '为他人代付'])
    expect(page.text).toContain(text);
});

it('previews a member with what leaves its bill', async () => {
  const query = `query ($id: ID!) { previewBill(accountId: $id, period: "2026-08") { total lines { accountId net } } }`;
  const total = async ({ account: { accountId: id } }: Family) =>
    (await desk.ask<{ previewBill: { total: string } }>(query, { id }, 'counter')).previewBill.total;
  expect([await total(employer), await total(employee), await total(branch)]).toEqual([
    '473.40',
    '93.60',
    '0.00',
  ]);
});

it('brings late usage of the branch on the parent’s bill, and pays by days when a sponsor stops in the middle', async () => {
  const [sample] = usageTotalsOf(branch, '2026-06');
  if (!sample) throw new Error('the family has no usage');
  const totals = [{ ...sample, period: '2026-07', amount: '10.00' }];
  await publishUsage(operator, branch, { period: '2026-07', version: 1, totals });
  await publishRelation(
    operator,
    relationOf(1, [employer, employee], sponsorship, ['2026-07-01', '2026-08-16']),
    2,
  );
  await runThrough('2026-09-01');
  const august = await billOf(employer, '2026-08');
  // 60 % of 159.00 on 15 of 31 days: 46.1613.
  expect(sponsored(august)).toEqual(['2026-08 46.16']);
  expect(sectionTotals(august)).toEqual([
    [employer.account.accountId, '235.16'],
    [branch.account.accountId, '199.00'],
  ]);
  expect((await billOf(employee, '2026-08'))?.total).toBe('142.84');
});

it('takes back what a correction shows was not the sponsor’s to pay, on both bills', async () => {
  await publishRelation(
    operator,
    relationOf(1, [employer, employee], sponsorship, ['2026-07-01', '2026-07-01']),
    3,
  );
  await publishRelation(
    operator,
    relationOf(2, [employer, branch], { kind: 'parent', memberPays: false }, ['2026-07-01', '2026-08-01']),
    2,
  );
  await runThrough('2026-10-01');
  expect(sponsored(await billOf(employer, '2026-09'))?.sort()).toEqual(['2026-07 -95.40', '2026-08 -46.16']);
  expect(sponsored(await billOf(employee, '2026-09'))?.sort()).toEqual(['2026-07 95.40', '2026-08 46.16']);
  // August goes from the parent's bill to the branch's own: 189.00 back there, 189.00 and September's here.
  expect((await billOf(employer, '2026-09'))?.total).toBe('-141.56');
  expect((await billOf(branch, '2026-09'))?.total).toBe('378.00');
  expect((await billOf(employee, '2026-09'))?.total).toBe('330.56');
});

it('refuses to bill together what has another bill day, and goes on with the others', async () => {
  const [other] = familiesInOneLane(55);
  if (!other) throw new Error('no family');
  const account = { ...other.account, lane: employer.lane, billDay: 15 };
  await operator.publish('account.opened.v1', {
    aggregateId: account.accountId,
    lane: employer.lane,
    payload: account,
  });
  await publishRelation(
    operator,
    relationOf(3, [employer, { ...other, account, lane: employer.lane }], sponsorship, ['2026-10-01']),
  );
  await operator.settle();
  const rows = await operator
    .get(Transactions)
    .read((tx) =>
      tx.query<{ reason: string }>(
        `select reason from billing.feed_parked where event->>'type' = 'account-relation.changed.v1'`,
      ),
    );
  expect(rows.map(({ reason }) => reason)).toEqual([expect.stringContaining('two lanes or bill cycles')]);
});

it('writes nothing when it is run again, and passes the audit', async () => {
  const answer = await desk.startRun({ period: '2026-09' }, 'again');
  await operator.settle();
  expect(await desk.run(answer.data?.startBillRun.id ?? '')).toMatchObject({ state: 'COMPLETED', added: 0 });
  const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
