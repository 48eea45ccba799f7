import type { Role } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { allDomains } from '@ronghe/operator';
import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';

/** An employer that sponsors and a branch that does not pay: from the counter over the bill to what is owed. */
let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: allDomains, startsAt: '2026-06-10T10:00:00+08:00' });
  await operator.command('catalog.applyDocuments', { files: demonstrationDocuments() }, { key: 'open' });
  await operator.settle();
});
afterAll(() => operator?.stop());

async function ask<T>(query: string, variables: object, role: Role): Promise<T> {
  const { data, errors } = await operator.graphql<T>(query, { key: newId(), ...variables }, role);
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function openAccount(
  customerId: string,
  billedWithAccountId?: string,
  region?: string,
): Promise<string> {
  const { openAccount: account } = await ask<{ openAccount: { accountId: string } }>(
    `mutation ($input: OpenAccountInput!, $key: String!) { openAccount(input: $input, idempotencyKey: $key) { accountId } }`,
    { input: { customerId, region, ...(billedWithAccountId ? { billedWithAccountId } : {}) } },
    'counter',
  );
  return account.accountId;
}

const relate = (input: object) =>
  ask(
    `mutation ($input: RelateAccountsInput!, $key: String!) { relateAccounts(input: $input, idempotencyKey: $key) { relationId } }`,
    { input: { effectiveFrom: '2026-06-01', cause: 'agreed', ...input } },
    'counter',
  );

const charge = (accountId: string, amount: string) =>
  ask(
    `mutation ($input: ChargeOnceInput!, $key: String!) { chargeOnce(input: $input, idempotencyKey: $key) { chargeId } }`,
    {
      input: {
        ...{ accountId, amount, chargeClass: 'visit', label: 'Visit of a technician' },
        ...{ taxClass: 'value-added', serviceDate: '2026-06-15' },
      },
    },
    'billing',
  );

async function billJune(): Promise<string> {
  await operator.moveClock('2026-07-01T06:00:00+08:00');
  await operator.settle();
  const { startBillRun } = await ask<{ startBillRun: { id: string } }>(
    `mutation ($input: StartBillRunInput!, $key: String!) { startBillRun(input: $input, idempotencyKey: $key) { id } }`,
    { input: { period: '2026-06', force: true, reason: 'no usage in this test' } },
    'billing',
  );
  await operator.settle();
  const { id } = startBillRun;
  await ask(
    `mutation ($id: ID!, $key: String!) { confirmBillRun(id: $id, idempotencyKey: $key) { id } }`,
    { id },
    'billing',
  );
  await operator.settle();
  return id;
}

it('asks who pays for what everybody was charged, and posts it there', async () => {
  const identityDocument = { kind: 'PASSPORT', number: 'E2345678', issuingCountry: 'DE' };
  const { registerCustomer } = await ask<{ registerCustomer: { customerId: string } }>(
    `mutation ($input: RegisterCustomerInput!, $key: String!) { registerCustomer(input: $input, idempotencyKey: $key) { customerId } }`,
    { input: { name: 'Employer Limited', identityDocument } },
    'counter',
  );
  const employer = await openAccount(registerCustomer.customerId);
  const employee = await openAccount(registerCustomer.customerId, employer);
  const branch = await openAccount(registerCustomer.customerId, employer, 'hangzhou');
  await relate({
    ...{ kind: 'SPONSORSHIP', ownerAccountId: employer, memberAccountId: employee },
    ...{ percent: '60', chargeClasses: ['visit'] },
  });
  await relate({ kind: 'PARENT', ownerAccountId: employer, memberAccountId: branch, memberPays: false });
  await operator.settle();
  await charge(employer, '10.00');
  await charge(employee, '99.99');
  await charge(branch, '50.00');
  await billJune();

  interface Shown {
    account: {
      balance: string;
      bills: { nodes: { total: string; sections: { accountId: string; total: string }[] }[] };
    };
  }
  const shown = (id: string) =>
    ask<Shown>(
      `query ($id: ID!) { account(accountId: $id) { balance bills(first: 5) { nodes { total sections { accountId total } } } } }`,
      { id },
      'billing',
    );
  // 60 % of 99.99 = 59.994: 59.99 leave the employee's bill and come on the employer's.
  expect((await shown(employer)).account).toEqual({
    balance: '119.99',
    bills: {
      nodes: [
        {
          total: '119.99',
          sections: [
            { accountId: employer, total: '69.99' },
            { accountId: branch, total: '50.00' },
          ],
        },
      ],
    },
  });
  expect((await shown(employee)).account).toMatchObject({
    balance: '40.00',
    bills: { nodes: [{ total: '40.00' }] },
  });
  expect((await shown(branch)).account).toEqual({ balance: '0.00', bills: { nodes: [] } });
  // Late a month later, it is late at who pays: the branch has nothing to be reminded of.
  await operator.moveClock('2026-08-10T00:00:00+08:00');
  await operator.settle();
  const { ledgerReport } = await ask<{ ledgerReport: { rows: string[][] } }>(
    `query { ledgerReport(report: AGING) { rows } }`,
    {},
    'billing',
  );
  expect(new Map(ledgerReport.rows.map((row) => [row[0], row.at(-3)]))).toEqual(
    new Map([
      [employer, '119.99'],
      [employee, '40.00'],
    ]),
  );
});

it('counts a branch’s revenue in its region, whoever pays', async () => {
  const { billReport } = await ask<{ billReport: { rows: string[][] } }>(
    `query { billReport(report: REVENUE_BY_REGION, from: "2026-07-01", to: "2026-07-31") { rows } }`,
    {},
    'operations',
  );
  expect(billReport.rows.map(([region, , , , , gross]) => [region, gross])).toContainEqual([
    'hangzhou',
    '50.00',
  ]);
});

it('shows no difference in the audit', async () => {
  const { differences } = (await operator.rest('POST', '/audit')).body as { differences: object[] };
  expect(differences).toEqual([]);
});
