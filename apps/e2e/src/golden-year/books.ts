import type { OperatorApi } from '@ronghe/journey';
import { moneyFromDecimal, moneyToDecimal, sumMoney } from '@ronghe/kernel';
import type { YearBill, YearBucket } from './story';

/** A bill or credit note as the API shows it. */
export interface ShownBill {
  id: string;
  number: string;
  kind: 'BILL' | 'CREDIT_NOTE' | 'STATEMENT';
  period: string;
  issuedAt: string;
  total: string;
  due: string | null;
  taxes: { percent: string; gross: string; tax: string }[];
  lines: (YearBill['lines'][number] & { id: string; tax: string })[];
}

/** What an account owes and has paid. */
export interface Standing {
  balance: string;
  payments: { amount: string; valueDate: string }[];
}

const BILL_FIELDS = `id number kind period issuedAt total due taxes { percent gross tax }
  lines { id servicePeriod card chargeClass amount discount net taxPercent tax }`;

/** All bills and credit notes of an account, oldest first. */
export async function booksOf(api: OperatorApi, accountId: string): Promise<ShownBill[]> {
  const { bills } = await api.graphql<{ bills: { nodes: ShownBill[] } }>(
    'billing',
    `query ($accountId: ID!) { bills(accountId: $accountId, first: 100) { nodes { ${BILL_FIELDS} } } }`,
    { accountId },
  );
  return bills.nodes.sort((a, b) => a.issuedAt.localeCompare(b.issuedAt));
}

/** The bill that a run would write now, in the shape of the worked-out ones. */
export async function previewOf(api: OperatorApi, accountId: string, period: string): Promise<YearBill> {
  const { previewBill } = await api.graphql<{ previewBill: YearBill }>(
    'billing',
    `query ($accountId: ID!, $period: String!) { previewBill(accountId: $accountId, period: $period) {
       total taxes { percent gross tax }
       lines { servicePeriod card chargeClass amount discount net taxPercent } } }`,
    { accountId, period },
  );
  return previewBill;
}

/** A bill in the shape of the worked-out ones. */
export function asWorkedOut({ lines, taxes, total }: ShownBill): YearBill {
  return {
    lines: lines.map(({ servicePeriod, card, chargeClass, amount, discount, net, taxPercent }) => ({
      ...{ servicePeriod, card, chargeClass, amount, discount, net, taxPercent },
    })),
    taxes: taxes.map(({ percent, gross, tax }) => ({ percent, gross, tax })),
    total,
  };
}

/** What an account owes and has paid. */
export async function standingOf(api: OperatorApi, accountId: string): Promise<Standing> {
  const { account } = await api.graphql<{ account: Standing }>(
    'counter',
    'query ($id: ID!) { account(accountId: $id) { balance payments(first: 100) { amount valueDate } } }',
    { id: accountId },
  );
  return account;
}

/** The allowances of an account in a period, by the card that brings them. */
export async function bucketsOf(
  api: OperatorApi,
  accountId: string,
  period: string,
  cardOf: (productId: string) => string,
): Promise<YearBucket[]> {
  const { account } = await api.graphql<{
    account: { buckets: (Omit<YearBucket, 'period' | 'card'> & { cardGroupId: string })[] };
  }>(
    'counter',
    `query ($id: ID!, $period: String!) { account(accountId: $id) {
       buckets(period: $period) { cardGroupId origin unit granted used } } }`,
    { id: accountId, period },
  );
  return account.buckets
    .map(({ cardGroupId, origin, unit, granted, used }) => ({
      ...{ period, card: cardOf(cardGroupId), origin, unit, granted, used },
    }))
    .sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
}

/** Lines of a bill whose explanation, carried out again, does not come to what they say. */
export async function unexplained(api: OperatorApi, { lines }: ShownBill): Promise<string[]> {
  const variables = Object.fromEntries(lines.map(({ id }, index) => [`l${index}`, id]));
  const declared = lines.map((_, index) => `$l${index}: ID!`).join(', ');
  const asked = lines.map(
    (_, index) => `l${index}: explainBillLine(lineId: $l${index}) { recomputed matches text }`,
  );
  const answers = await api.graphql<
    Record<string, { recomputed: string; matches: boolean; text: string } | undefined>
  >('billing', `query (${declared}) { ${asked.join('\n')} }`, variables);
  return lines.flatMap(({ net, chargeClass }, index) => {
    const answer = answers[`l${index}`];
    const isExplained = answer?.matches && answer.recomputed === net && answer.text !== '';
    return isExplained ? [] : [`${chargeClass} ${net}: ${JSON.stringify(answer)}`];
  });
}

/** What the lines of a bill say of tax, by rate, as the bill adds it up. */
export function taxOfLines({ lines, taxes }: ShownBill): { percent: string; tax: string }[] {
  return taxes.map(({ percent }) => ({
    percent,
    tax: moneyToDecimal(
      sumMoney(
        lines.filter(({ taxPercent }) => taxPercent === percent).map(({ tax }) => moneyFromDecimal(tax)),
      ),
    ),
  }));
}

function sortKey({ card, unit, origin }: YearBucket): string {
  return `${card} ${unit} ${origin}`;
}
