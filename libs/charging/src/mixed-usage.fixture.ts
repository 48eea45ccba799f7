import { randomFrom, type TestOperator } from '@ronghe/testing';
import { sellFamily, usageHeader, type Family } from './family.fixture';

const cards = ['main', 'sub1'];
/** How many families `sellFamilies` sells. */
export const FAMILIES = 5;

/** Families that a mixed file is of. */
export async function sellFamilies(operator: TestOperator): Promise<Family[]> {
  const families: Family[] = [];
  for (let at = 0; at < FAMILIES; at += 1) families.push(await sellFamily(operator, cards));
  return families;
}

/** A file with use of families in some disorder, beyond their allowances, and all that can be wrong. */
export function mixedFile(seed: number, families: readonly Family[], name: string): string {
  const random = randomFrom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const lines: string[] = [];
  for (let at = 0; at < 120; at += 1) {
    const kind = random();
    const number =
      kind < 0.05
        ? `86130000000${10 + upTo(3)}`
        : (families[upTo(FAMILIES)]?.numberOf(cards[upTo(2)] ?? '') ?? '');
    const minute = Math.floor(at / 2) + (random() < 0.1 ? -5 : 0) + 10;
    const start = `2026-06-16T${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:${10 + upTo(50)}+08:00`;
    const id = `${name}-${random() < 0.1 ? upTo(at + 1) : at}`;
    if (kind < 0.1) lines.push(`${id},voice,${number},10086,${start},many,,`);
    else if (kind < 0.15) lines.push(lines[upTo(lines.length)] ?? '');
    else if (kind < 0.2) lines.push(kind < 0.17 ? '' : `torn ${name}-${upTo(3)}`);
    else if (kind < 0.6) lines.push(`${id},voice,${number},10086,${start},${600 + upTo(9000)},,`);
    else if (kind < 0.8) lines.push(`${id},data,${number},,${start},,${upTo(10_000_000)},`);
    else lines.push(`"${id}",sms,${number},10086,${start},,,1`);
  }
  return [usageHeader, ...lines, ''].join('\n');
}

/** All that a file came to, without what is another's by name only. */
export async function outcomeOf(
  operator: TestOperator,
  fileId: string,
  families: readonly Family[],
  name: string,
): Promise<unknown> {
  const accountIds = families.map(({ account }) => account.accountId);
  const productIds = families.flatMap(({ products }) => cards.map((card) => products[card]?.productId ?? ''));
  const numbers = families.flatMap((family) => cards.map((card) => family.numberOf(card)));
  const plain = (rows: object[]) =>
    [...accountIds, ...productIds, ...numbers].reduce(
      (text, own, at) => text.replaceAll(own, `#${at}`),
      JSON.stringify(rows).replaceAll(`${name}-`, '-'),
    );
  const [file] = await operator.sql<object>(
    `select state, checkpoint_lines, window_part, window_line, read, rated, duplicates, suspended, reconciled
     from charging.usage_file where file_id = $1`,
    [fileId],
  );
  const rated = await operator.sql<object>(
    `select record_id, account_id, product_id, amount, takes, quantity from charging.rated_usage where file_id = $1
     order by record_id`,
    [fileId],
  );
  const setAside = await operator.sql<object>(
    `select record_id, line_number, reason, detail, line from charging.suspended_usage where file_id = $1
     order by line_number`,
    [fileId],
  );
  const totals = await operator.sql<object>(
    `select account_id, product_id, charge_code, amount, event_count, units_total, units_charged
     from charging.usage_sum where account_id = any($1) order by array_position($1::uuid[], account_id),
       array_position($2::uuid[], product_id), charge_code`,
    [accountIds, productIds],
  );
  const buckets = await operator.sql<object>(
    `select account_id, code, granted, remaining from charging.bucket_balance where account_id = any($1)
     order by array_position($1::uuid[], account_id), code`,
    [accountIds],
  );
  return [file, plain(rated), plain(setAside), plain(totals), plain(buckets)];
}
