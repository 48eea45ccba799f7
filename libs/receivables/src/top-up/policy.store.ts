import type {
  BalancePolicy,
  DunningPolicy,
  PolicyDocument,
  PolicyPublished,
  TaxPolicy,
} from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

const KINDS: readonly PolicyDocument['kind'][] = ['tax', 'balance', 'dunning', 'bank-statement'];

/** Keeps a version of a policy that the ledger needs; one that is published again replaces itself. */
export async function savePolicy(tx: Tx, { code, version, document }: PolicyPublished): Promise<void> {
  if (!KINDS.includes(document.kind)) return;
  await tx.execute(
    `insert into receivables.policy (code, version, kind, document) values ($1, $2, $3, $4)
     on conflict (code, version) do update set document = excluded.document`,
    [code, version, document.kind, JSON.stringify(document)],
  );
}

/** Every tax table, newest version first: rates are looked up by the day of service. */
export async function findTaxPolicies(tx: Tx): Promise<TaxPolicy[]> {
  const rows = await tx.query<{ document: TaxPolicy }>(
    `select document from receivables.policy where kind = 'tax' order by version desc`,
  );
  return rows.map((row) => row.document);
}

/** The rules of top-ups in force on a day. */
export async function findBalancePolicy(tx: Tx, day: LocalDate): Promise<BalancePolicy | undefined> {
  const rows = await tx.query<{ document: BalancePolicy }>(
    `select document from receivables.policy where kind = 'balance' order by version desc`,
  );
  return policyOn(
    rows.map((row) => row.document),
    day,
  );
}

/** Every version of the rules of dunning, newest first. */
export async function findDunningPolicies(tx: Tx): Promise<DunningPolicy[]> {
  const rows = await tx.query<{ document: DunningPolicy }>(
    `select document from receivables.policy where kind = 'dunning' order by version desc`,
  );
  return rows.map((row) => row.document);
}

/** The version in force on a day, of versions with the newest first. */
export function policyOn<P extends PolicyDocument>(policies: readonly P[], day: LocalDate): P | undefined {
  return policies.find(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (effectiveTo === null || day < effectiveTo),
  );
}
