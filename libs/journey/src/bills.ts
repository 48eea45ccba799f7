import type { OperatorApi } from './operator-api';

export interface ReportedLine {
  card: string;
  /** The period that was charged: the bill's, or an earlier one whose difference it is. */
  servicePeriod: string;
  chargeClass: string;
  label: string;
  amount: string;
  discount: string;
  net: string;
  taxPercent: string;
  explanation: string;
}

/** A bill as the report and the terminal show it; amounts as decimal strings. */
export interface ReportedBill {
  id: string;
  number: string;
  accountId: string;
  period: string;
  lines: ReportedLine[];
  taxes: { percent: string; gross: string; tax: string }[];
  total: string;
  due: string;
  /** What became of a prepaid account's money, where the bill is its statement. */
  statement: {
    opening: string;
    paidIn: string;
    used: string;
    closing: string;
    /** What paid the lines: adds up to the total. */
    paidBy: { ownMoney: string; bonuses: string; otherPeriods: string; settled: string; rounding: string };
  } | null;
  pageUrl: string;
}

interface BillNode extends Omit<ReportedBill, 'lines' | 'due'> {
  due: string | null;
  lines: (Omit<ReportedLine, 'explanation'> & { explanation: { text: string } })[];
}

const BILL_FIELDS = `id number accountId period total due pageUrl
  statement { opening paidIn used closing paidBy { ownMoney bonuses otherPeriods settled rounding } }
  lines { card servicePeriod chargeClass label amount discount net taxPercent explanation { text } }
  taxes { percent gross tax }`;

/** An account's bills, oldest first. */
export async function billsOf(api: OperatorApi, accountId: string): Promise<ReportedBill[]> {
  const { bills } = await api.graphql<{ bills: { edges: { node: BillNode }[] } }>(
    'billing',
    `query ($accountId: ID!) { bills(accountId: $accountId, first: 50) { edges { node { ${BILL_FIELDS} } } } }`,
    { accountId },
  );
  return bills.edges
    .map(({ node }) => ({
      ...node,
      due: node.due ?? node.total,
      lines: node.lines.map((line) => ({ ...line, explanation: line.explanation.text })),
    }))
    .sort((a, b) => a.period.localeCompare(b.period));
}

interface RunAnswer {
  id: string;
  state: string;
  added: number;
}

const RUN_TIMEOUT_MS = 120_000;
const POLL_MS = 200;

/** Asks for a run of a period by hand and waits for its end; returns how many bills it wrote. */
export async function runBills(api: OperatorApi, period: string, key: string): Promise<number> {
  const { startBillRun } = await api.graphql<{ startBillRun: RunAnswer }>(
    'billing',
    'mutation ($input: StartBillRunInput!, $key: String!) { startBillRun(input: $input, idempotencyKey: $key) { id state added } }',
    { input: { period }, key },
  );
  const deadline = Date.now() + RUN_TIMEOUT_MS;
  for (;;) {
    const { billRun } = await api.graphql<{ billRun: RunAnswer }>(
      'billing',
      'query ($id: ID!) { billRun(id: $id) { id state added } }',
      {
        id: startBillRun.id,
      },
    );
    if (['COMPLETED', 'REJECTED'].includes(billRun.state)) return billRun.added;
    if (Date.now() > deadline) throw new Error(`The run of ${period} is still ${billRun.state}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Takes money in advance at the counter. */
export async function topUpAtCounter(
  api: OperatorApi,
  accountId: string,
  amount: string,
  key: string,
): Promise<void> {
  await api.graphql(
    'counter',
    'mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state } }',
    { input: { accountId, amount, method: 'CASH' }, key },
  );
}

/** Takes a payment at the counter for what an account owes. */
export async function payAtCounter(
  api: OperatorApi,
  accountId: string,
  amount: string,
  key: string,
): Promise<void> {
  await api.graphql(
    'counter',
    'mutation ($input: RecordPaymentInput!, $key: String!) { recordPayment(input: $input, idempotencyKey: $key) { paymentId } }',
    { input: { accountId, amount, method: 'CASH' }, key },
  );
}
