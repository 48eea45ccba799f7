import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../paths.mjs';

export const period = '2026-06';
const from = '2026-05-31T16:00:00.000Z';
const to = '2026-06-30T16:00:00.000Z';
/** The main card of the family tariff, whose allowances are used up now and then. */
const offerCode = 'mobile-5g-199';

/** The number of a subscriber. @param {number} at from 1 */
export const numberOf = (at) => String(8_613_000_000_000 + at);

/**
 * Makes subscribers by SQL: each an account with a main card and its two buckets of the period.
 * @param {import('pg').Client} client @param {number} count
 */
export async function makeSubscribers(client, count) {
  const documents = JSON.parse(fs.readFileSync(path.join(root, 'testdata/charging/documents.json'), 'utf8'));
  const offer = documents.offers.find((/** @type {{ code: string }} */ { code }) => code === offerCode);
  const source = documents.policies[0];
  await client.query('insert into charging.offer (code, version, document) values ($1, $2, $3)', [
    offer.code,
    offer.version,
    JSON.stringify(offer),
  ]);
  await client.query(
    `insert into charging.policy (code, version, kind, effective_from, document)
     values ($1, $2, 'usage-source', $3, $4)`,
    [source.code, source.version, source.effectiveFrom, JSON.stringify(source)],
  );
  for (const statement of statements(offer, count)) await client.query(statement);
}

const id = (/** @type {string} */ kind) => `md5('${kind}' || n)::uuid`;
const text = (/** @type {unknown} */ value) => `'${String(value).replaceAll("'", "''")}'`;

function statements(offer, count) {
  const all = `from generate_series(1, ${count}) as n`;
  const lane = '(n % 1024)';
  const buckets = offer.allowances.flatMap((/** @type {any} */ allowance) => {
    const bucket = `md5('${allowance.code}' || n)::uuid`;
    return [
      `insert into charging.bucket (lane, card_group_id, period, code, bucket_id, account_id, product_id, origin, label,
         usage_classes, unit, granted, remaining, valid_from, valid_to, priority, offering_code, offering_version)
       select ${lane}, ${id('product')}, '${period}', ${text(`${offer.code}/${allowance.code}`)}, ${bucket},
         ${id('account')}, null, 'base', ${text(JSON.stringify(allowance.label))}, '{${allowance.usageClasses.join()}}',
         '${allowance.unit}', ${allowance.quantity}, ${allowance.quantity}, '${from}', '${to}', ${allowance.priority},
         '${offer.code}', ${offer.version} ${all}`,
      `insert into charging.bucket_entry (lane, bucket_id, entry_id, kind, delta, reference, business_at)
       select ${lane}, ${bucket}, md5('entry ${allowance.code}' || n)::uuid, 'grant', ${allowance.quantity}, 'opened',
         '${from}' ${all}`,
    ];
  });
  return [
    `insert into charging.account (account_id, balance_group_id, lane, customer_id, zone, bill_day, payment_mode, version,
       opened_through)
     select ${id('account')}, ${id('account')}, ${lane}, ${id('customer')}, 'Asia/Shanghai', 1, 'postpaid', 1, '${to}' ${all}`,
    `insert into charging.product_locator (product_id, lane, account_id, card_group_id)
     select ${id('product')}, ${lane}, ${id('account')}, ${id('product')} ${all}`,
    `insert into charging.product_version (lane, product_id, version, account_id, card_group_id, effective_from, state,
       cause, recorded_at)
     select ${lane}, ${id('product')}, 1, ${id('account')}, ${id('product')}, '${from}', jsonb_build_object(
       'productId', ${id('product')}, 'customerId', ${id('customer')}, 'accountId', ${id('account')}, 'lane', ${lane},
       'orderId', ${id('order')}, 'offeringCode', '${offer.code}', 'offeringVersion', ${offer.version}, 'role', 'main',
       'card', 'main', 'bundleId', null, 'bundleOfferingCode', null, 'bundleOfferingVersion', null,
       'cardGroupId', ${id('product')}, 'resources', '[]'::jsonb, 'onlineClasses', '[]'::jsonb,
       'effectiveFrom', '${from}', 'effectiveTo', null), 'bench', '${from}' ${all}`,
    `insert into charging.number_holder (number, product_id, lane, account_id, card_group_id, valid_from)
     select (8613000000000 + n)::text, ${id('product')}, ${lane}, ${id('account')}, ${id('product')}, '${from}' ${all}`,
    `insert into charging.group_period (lane, card_group_id, period, account_id, counters, needs_rerate)
     select ${lane}, ${id('product')}, '${period}', ${id('account')}, '{}', false ${all}`,
    ...buckets,
  ];
}
