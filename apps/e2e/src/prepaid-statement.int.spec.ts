import { instantFromIso, newId } from '@ronghe/kernel';
import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { allDomains } from '@ronghe/operator';
import { openPrepaid, type OpenedAccount } from './prepaid-account';

/** What a prepaid customer gets at the end of a period: a numbered statement, of which nothing is due. */
let operator: TestOperator;
let account: OpenedAccount;
beforeAll(async () => {
  operator = await startOperator({ domains: allDomains, startsAt: '2026-06-10T10:00:00+08:00' });
  await operator.command('catalog.applyDocuments', { files: demonstrationDocuments() }, { key: 'open' });
  await operator.settle();
  account = await openPrepaid(operator, '13700000001');
  await topUp(account.accountId, '100.00');
  await operator.moveClock('2026-06-20T10:00:00+08:00');
  // By the second at 0.19 a minute: 1.90 and 0.193167.
  await deliver('june', [
    call('j1', '2026-06-12T10:00:00+08:00', 600),
    call('j2', '2026-06-15T10:00:00+08:00', 61),
  ]);
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  // Used in June, taken from the money in July.
  await deliver('june-late', [call('j3', '2026-06-30T23:00:00+08:00', 60)]);
  await close('2026-07-01T00:00:00+08:00');
});
afterAll(() => operator?.stop());

async function topUp(accountId: string, amount: string): Promise<void> {
  await operator.graphql(
    `mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state } }`,
    { input: { accountId, amount, method: 'CASH' }, key: newId() },
  );
  await operator.settle();
}

const call = (id: string, start: string, seconds: number) => (number: string) =>
  `${id},voice,${number},13800000000,${start},${seconds},,`;

async function deliver(
  name: string,
  records: ((number: string) => string)[],
  { number } = account,
): Promise<void> {
  const csv = ['record_id,type,number,peer,start,duration_s,volume_kb,messages']
    .concat(records.map((record) => record(number)))
    .join('\n');
  await operator.rest('POST', `/usage/files?source=mediation&name=${name}.csv`, `${csv}\n`, {
    headers: { 'content-type': 'text/csv' },
  });
  await operator.settle();
}

async function close(through: string): Promise<void> {
  await operator.rest('POST', '/usage/sources/mediation/close', { through: instantFromIso(through) });
  await operator.settle();
}

async function runAgain(period: string): Promise<void> {
  await operator.graphql(
    `mutation ($input: StartBillRunInput!, $key: String!) { startBillRun(input: $input, idempotencyKey: $key) { id } }`,
    { input: { period }, key: newId() },
    'billing',
  );
  await operator.settle();
}

interface StatementNode {
  id: string;
  number: string;
  kind: string;
  period: string;
  total: string;
  due: string;
  pageUrl: string;
  lines: { chargeClass: string; servicePeriod: string; net: string }[];
  statement: Record<string, string | Record<string, string> | Record<string, string>[]>;
}

async function statements({ accountId } = account): Promise<StatementNode[]> {
  const { data } = await operator.graphql<{ bills: { nodes: StatementNode[] } }>(
    `query ($accountId: ID!) { bills(accountId: $accountId) { nodes { id number kind period total pageUrl
       lines { chargeClass servicePeriod net }
       statement { opening paidIn used usedOfBonuses expired transferred shared { accountId amount } adjusted closing debitedElsewhere
         bonusOpening bonusesGiven bonusesExpired bonusClosing
         paidBy { ownMoney bonuses otherPeriods settled rounding } } } } }`,
    { accountId },
    'billing',
  );
  return [...(data?.bills.nodes ?? [])].reverse();
}

/** Control totals that do not agree; the account was opened and sold to by its facts alone, so others do not count. */
async function differences(): Promise<{ name: string; scope: string; values: { value: string }[] }[]> {
  const { differences: all } = (await operator.rest('POST', '/audit')).body as {
    differences: { name: string; scope: string; values: { value: string }[] }[];
  };
  return all.filter(
    ({ name }) => !['accounts-published', 'open-accounts', 'products-published'].includes(name),
  );
}

it('shows what was used and debited in the period, and what became of the money', async () => {
  const [june] = await statements();
  expect(june).toMatchObject({
    kind: 'STATEMENT',
    number: 'B202606-00000001',
    period: '2026-06',
    total: '10.28',
    lines: [
      { chargeClass: 'plan fee', servicePeriod: '2026-06', net: '8.00' },
      { chargeClass: 'calls', servicePeriod: '2026-06', net: '2.28' },
    ],
    // The bonus of 5.00 is spent first. The last call, 0.19, was taken on the 1st of July.
    statement: {
      opening: '0.00',
      paidIn: '100.00',
      used: '5.093167',
      usedOfBonuses: '5.00',
      expired: '0.00',
      transferred: '0.00',
      shared: [],
      adjusted: '0.00',
      closing: '94.906833',
      debitedElsewhere: '0.186833',
      bonusOpening: '0.00',
      bonusesGiven: '5.00',
      bonusesExpired: '0.00',
      bonusClosing: '0.00',
      // 10.28 in all; 2.283167 of calls are 2.28 on the line.
      paidBy: {
        ownMoney: '5.093167',
        bonuses: '5.00',
        otherPeriods: '0.19',
        settled: '0.00',
        rounding: '-0.003167',
      },
    },
  });
  expect(await differences()).toEqual([]);
});

it('is nothing to pay: on the page, in TMF678 and in the ledger', async () => {
  const [june] = await statements();
  const page = (await operator.rest('GET', june?.pageUrl ?? '')).text;
  expect(page).toContain('Prepaid statement B202606-00000001');
  expect(page).toContain('Nothing to pay: all charges were taken from your balance.');
  expect(page).toMatch(/At the end of the period<\/td><td class="sum">94\.906833/);
  expect(page).toMatch(/Your balance, in this period<\/td><td class="sum">5\.093167/);
  expect(page).toMatch(/Your bonuses, in this period<\/td><td class="sum">5\.00/);
  expect(page).toMatch(/Bonuses given<\/td><td class="sum">5\.00/);
  expect(page).not.toContain('Please pay by');
  const bill = (await operator.rest('GET', `/tmf-api/customerBillManagement/v4/customerBill/${june?.id}`))
    .body;
  expect(bill).toMatchObject({
    state: 'settled',
    amountDue: { value: 0 },
    remainingAmount: { value: 0 },
    taxIncludedAmount: { value: 10.28 },
  });
  expect(bill).not.toHaveProperty('paymentDueDate');
  expect(
    await operator.sql(`select 1 from receivables.open_item where account_id = $1`, [account.accountId]),
  ).toEqual([]);
});

it('is written once, and the next one goes on where it ended', async () => {
  await runAgain('2026-06');
  expect(await statements()).toHaveLength(1);
  await operator.moveClock('2026-08-01T00:00:00+08:00');
  // A record of June that comes in August: on July's statement, as service of June.
  await deliver('june-latest', [call('j4', '2026-06-29T10:00:00+08:00', 120)]);
  await close('2026-08-01T00:00:00+08:00');
  const [, july] = await statements();
  expect(july).toMatchObject({
    number: 'B202607-00000001',
    total: '8.38',
    lines: [
      { chargeClass: 'plan fee', servicePeriod: '2026-07', net: '8.00' },
      { chargeClass: 'calls', servicePeriod: '2026-06', net: '0.38' },
    ],
    // 8.00 and June's last call were taken in July, 0.38 in August.
    statement: { opening: '94.906833', used: '8.19', closing: '86.716833', debitedElsewhere: '0.19' },
  });
  await runAgain('2026-06');
  await runAgain('2026-07');
  expect(await statements()).toHaveLength(2);
  expect(await differences()).toEqual([]);
});

it('shows shared money of its own, by the account that used it and the one that paid', async () => {
  const from = '2026-08-01T00:00:00+08:00';
  const child = await openPrepaid(operator, '13700000002', { balanceGroupId: account.balanceGroupId, from });
  await topUp(child.accountId, '16.00');
  const { errors } = await operator.graphql(
    `mutation ($input: ShareMoneyInput!, $key: String!) { shareMoney(input: $input, idempotencyKey: $key) { sharingId } }`,
    {
      input: { ownerAccountId: account.accountId, memberAccountId: child.accountId, reason: 'family' },
      key: newId(),
    },
  );
  expect(errors).toBeUndefined();
  // The fees of August and September are the child's own 16.00; 1.90 of a call is not.
  await operator.moveClock('2026-09-02T00:00:00+08:00');
  await deliver('child', [call('k1', '2026-09-01T10:00:00+08:00', 600)], child);
  await operator.moveClock('2026-10-01T00:00:00+08:00');
  await close('2026-10-01T00:00:00+08:00');
  const [ofChild, ofParent] = [(await statements(child)).at(-1), (await statements()).at(-1)];
  expect(ofChild).toMatchObject({
    ...{ period: '2026-09', total: '9.90' },
    statement: {
      ...{ opening: '8.00', used: '9.90', transferred: '0.00', closing: '0.00' },
      shared: [{ accountId: account.accountId, amount: '1.90' }],
    },
  });
  expect(ofParent?.statement).toMatchObject({
    ...{ opening: '78.336833', used: '8.00', transferred: '0.00', closing: '68.436833' },
    shared: [{ accountId: child.accountId, amount: '-1.90' }],
  });
  const page = (await operator.rest('GET', ofParent?.pageUrl ?? '')).text;
  expect(page).toContain(`Shared: used by account ${child.accountId}`);
  expect(await differences()).toEqual([]);
});

it('takes no charge by hand, as there is no bill to put it on', async () => {
  const { errors } = await operator.graphql(
    `mutation ($input: ChargeOnceInput!, $key: String!) { chargeOnce(input: $input, idempotencyKey: $key) { chargeId } }`,
    {
      input: {
        ...{ accountId: account.accountId, chargeClass: 'card replacement', label: 'Card', amount: '10.00' },
        ...{ taxClass: 'voice', serviceDate: '2026-07-02' },
      },
      key: newId(),
    },
    'billing',
  );
  expect(errors?.[0]?.extensions?.['code']).toBe('account_prepaid');
});

describe('the audit finds', () => {
  /** Breaks rows of the account, looks, and mends them. */
  async function found(table: string, broken: string, mended: string): Promise<string[]> {
    const update = (change: string) =>
      operator.sql(`update ${table} set ${change} where account_id = $1 returning 1`, [account.accountId]);
    expect(await update(broken)).not.toEqual([]);
    const names = (await differences()).map(({ name }) => name);
    await update(mended);
    return [...new Set(names)];
  }

  it('a statement that shows another consumption than was told', async () => {
    const by = (sign: string) => `used_micro = used_micro ${sign} 1, paid_in_micro = paid_in_micro ${sign} 1`;
    expect(await found('billing.statement', by('+'), by('-'))).toEqual(['statements-equal-consumption']);
  });

  it('a day of which billing knows otherwise than the ledger and the money', async () => {
    const by = (sign: string) => `used_micro = used_micro ${sign} 1`;
    expect(await found('billing.consumption_day', by('+'), by('-'))).toEqual([
      'statements-equal-consumption',
      'prepaid-consumption',
    ]);
  });

  it('a day that the ledger posted otherwise', async () => {
    expect(
      await found(
        'receivables.consumption',
        `posted = posted || '{"used/gone": "1"}'`,
        `posted = posted - 'used/gone'`,
      ),
    ).toEqual(['prepaid-consumption']);
  });

  it('a fee that billing was told otherwise than it was taken', async () => {
    const by = (sign: string) => `debited_micro = debited_micro ${sign} 10000`;
    expect(await found('billing.prepaid_fee', by('+'), by('-'))).toEqual([
      'statements-show-fees',
      'prepaid-charges',
    ]);
  });

  it('nothing, once all is mended', async () => {
    expect(await differences()).toEqual([]);
  });
});
