import { instantFromDate, type Instant, groupBy } from '@ronghe/kernel';
import { prepared, type Statement, type Tx } from '@ronghe/platform';
import { allEnded } from './all-ended';
import type { BoundedMemory } from './bounded-memory';
import {
  ACCOUNT_COLUMNS,
  accountFromRow,
  type AccountColumns,
  type KnownAccount,
  type OnlineHolder,
} from './online-account';

/**
 * What is remembered of a number: everybody who ever held it. It holds while the rows and the versions of the accounts' products, which
 * a sharing raises too, are the same and no sharing begins or ends.
 */
export interface KnownHolders {
  /** In the order of their products. */
  holders: readonly OnlineHolder[];
  /** The rows' xmin. */
  rowVersions: readonly string[];
  /** Business time at which it was read. */
  from: Instant;
  /** What was read by the same statement has the same one. */
  reading: number;
  /** When the card group of a holder begins or ends to share next; null: nothing is agreed. */
  until: Instant | null;
}

interface VersionRow {
  number: string;
  product_id: string;
  version: string;
  products_version: number;
}

interface HolderRow extends VersionRow, AccountColumns {
  card_group_id: string;
  valid_from: Date;
  valid_to: Date | null;
  is_blocked: boolean;
  changes_at: Date | null;
}

const HOLDERS: Statement = {
  name: 'charging-holders',
  text: `select h.number, h.product_id, h.account_id, h.lane, h.valid_from, h.valid_to, h.is_blocked,
      h.xmin::text as version, coalesce(s.owner_card_group_id, h.card_group_id) as card_group_id, ${ACCOUNT_COLUMNS},
      (select min(edge) from charging.sharing e cross join lateral (values (e.effective_from), (e.effective_to)) as edges (edge)
        where e.lane = h.lane and e.member_card_group_id = h.card_group_id and edge > $2) as changes_at
    from charging.number_holder h
    join charging.account a on a.account_id = h.account_id
    left join charging.sharing s on s.lane = h.lane and s.member_card_group_id = h.card_group_id
      and s.effective_from <= $2 and (s.effective_to is null or s.effective_to > $2)
    where h.number = any($1::text[]) order by h.product_id`,
};

const VERSIONS: Statement = {
  name: 'charging-holder-versions',
  text: `select h.number, h.product_id, h.xmin::text as version, a.products_version
    from unnest($1::text[]) as wanted (number) join charging.number_holder h using (number)
      join charging.account a on a.account_id = h.account_id`,
};

/** The last `KnownHolders.reading`. */
let readings = 0;

/** For what a statement reads of holders (`KnownHolders.reading`). */
export function nextReading(): number {
  readings += 1;
  return readings;
}

/** What is remembered of numbers and of their holders' accounts. */
interface Memory {
  holders: BoundedMemory<KnownHolders>;
  accounts: BoundedMemory<KnownAccount>;
}

/** Everybody who ever held one of the numbers, with his account. What is remembered is asked whether it is still so. */
export async function findHolders(
  tx: Tx,
  numbers: readonly string[],
  memory: Memory,
): Promise<OnlineHolder[]> {
  const known = new Map<string, KnownHolders>();
  const unknown: string[] = [];
  for (const number of numbers) {
    const found = memory.holders.find(number);
    const isWhole = found?.holders.every(({ accountId }) => memory.accounts.peek(accountId));
    if (found && isWhole && holdsAt(found, tx.now)) known.set(number, found);
    else unknown.push(number);
  }
  const [versions, read] = await allEnded([
    findVersions(tx, [...known.keys()]),
    readHolders(tx, unknown, memory),
  ]);
  const stale: string[] = [];
  for (const [number, { holders, rowVersions }] of known) {
    if (versionOf(holders.map(versionRowOf(rowVersions))) === versions.get(number)) read.push(...holders);
    else stale.push(number);
  }
  return stale.length === 0 ? read : [...read, ...(await readHolders(tx, stale, memory))];
}

/** Whether what is remembered of a number can still be so at a time. */
export function holdsAt({ from, until }: KnownHolders, now: Instant): boolean {
  return from <= now && (until === null || now < until);
}

async function findVersions(tx: Tx, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await prepared<VersionRow>(tx, VERSIONS, [numbers]);
  const byNumber = groupBy(rows, ({ number }) => number);
  return new Map(numbers.map((number) => [number, versionOf(byNumber.get(number) ?? [])]));
}

async function readHolders(tx: Tx, numbers: readonly string[], memory: Memory): Promise<OnlineHolder[]> {
  if (numbers.length === 0) return [];
  const rows = await prepared<HolderRow>(tx, HOLDERS, [numbers, tx.now]);
  const byNumber = groupBy(rows, ({ number }) => number);
  const reading = nextReading();
  return numbers.flatMap((number) => {
    const own = byNumber.get(number) ?? [];
    const read = own.map((row) => ({ holder: holderFromRow(row), version: row.version }));
    for (const [at, { holder }] of read.entries())
      memory.accounts.keep(holder.accountId, {
        account: holder.account,
        version: own[at]?.account_version ?? '',
        place: own[at]?.account_place ?? '',
      });
    memory.holders.keep(number, knownHolders(read, { reading, from: tx.now, until: nextChangeOf(own) }));
    return read.map(({ holder }) => holder);
  });
}

/** What is remembered of a number. @param read its holders in the order of their products, each with the xmin of his row */
export function knownHolders(
  read: readonly { holder: OnlineHolder; version: string }[],
  { reading, from, until }: Pick<KnownHolders, 'reading' | 'from' | 'until'>,
): KnownHolders {
  return {
    holders: read.map(({ holder }) => holder),
    rowVersions: read.map(({ version }) => version),
    from,
    reading,
    until,
  };
}

/** What the row of a holder said as it was read. */
const versionRowOf =
  (rowVersions: readonly string[]) =>
  ({ productId, account }: OnlineHolder, at: number): Omit<VersionRow, 'number'> => ({
    product_id: productId,
    version: rowVersions[at] ?? '',
    products_version: account.productsVersion,
  });

function versionOf(rows: readonly Omit<VersionRow, 'number'>[]): string {
  return rows
    .map((row) => `${row.product_id} ${row.version} ${row.products_version}`)
    .sort()
    .join();
}

function nextChangeOf(rows: readonly HolderRow[]): Instant | null {
  const changes = rows.flatMap((row) => (row.changes_at ? instantFromDate(row.changes_at) : []));
  return changes.sort()[0] ?? null;
}

function holderFromRow(row: HolderRow): OnlineHolder {
  return {
    number: row.number,
    productId: row.product_id,
    accountId: row.account_id,
    lane: row.lane,
    validFrom: instantFromDate(row.valid_from),
    validTo: row.valid_to && instantFromDate(row.valid_to),
    isBlocked: row.is_blocked,
    cardGroupId: row.card_group_id,
    account: accountFromRow(row),
  };
}
