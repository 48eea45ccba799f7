import { offers, policies } from './documents.mjs';

/** The period that is billed. */
export const period = '2026-06';
const zone = 'Asia/Shanghai';
/** The first period of all: none before it is to be billed first. */
const opened = '2026-06-01T00:00:00+08:00';
const id = (/** @type {string} */ kind) => `md5('${kind}' || n)::uuid`;
const lane = '(n % 1024)::smallint';

/**
 * Makes accounts with three products each and usage that charging has totalled, as billing and receivables keep them.
 * @param {import('pg').Client} client @param {number} count
 */
export async function makeAccounts(client, count) {
  await saveDocuments(client);
  await insertAccounts(client, count);
  const card = ['main', 'broadband', 'iptv'];
  for (const [at, { code }] of offers.entries())
    await insertProducts(client, {
      code,
      card: `'${card[at]}'`,
      product: id(code),
      from: `generate_series(1, ${count}) as n`,
    });
  const total = (code, unit, units, amount) =>
    `jsonb_build_object('accountId', ${id('account')}, 'productId', ${id('bench-mobile')}, 'card', 'main', 'period', '${period}',
      'chargeCode', '${code}', 'chargeClass', '${code}', 'taxClass', 'telecom', 'offeringCode', 'bench-mobile',
      'offeringVersion', 1, 'amount', '${amount}', 'eventCount', 40, 'unit', '${unit}', 'unitsTotal', '${units}',
      'unitsFromAllowance', '0', 'unitsCharged', '${units}')`;
  await client.query(`insert into billing.usage_statement (lane, account_id, period, version, totals)
    select ${lane}, ${id('account')}, '${period}', 1,
      jsonb_build_array(${total('calls', 'minute', 87, '13.05')}, ${total('data', 'kb', 524_288, '15.36')})
    from generate_series(1, ${count}) as n`);
}

/**
 * Makes one account with so many products.
 * @param {import('pg').Client} client @param {number} products
 */
export async function makeLargeAccount(client, products) {
  await saveDocuments(client);
  await insertAccounts(client, 1);
  await insertProducts(client, {
    code: 'bench-mobile',
    card: `'card' || p`,
    product: `md5('product' || p)::uuid`,
    from: `generate_series(1, 1) as n, generate_series(1, ${products}) as p`,
  });
}

async function saveDocuments(client) {
  const save = (table, documents) =>
    client.query(
      `insert into billing.${table} (code, version, document)
       select document->>'code', (document->>'version')::integer, document from jsonb_array_elements($1::jsonb) as document`,
      [JSON.stringify(documents)],
    );
  await save('offer', offers);
  await save('policy', policies);
}

async function insertAccounts(client, count) {
  const all = `from generate_series(1, ${count}) as n`;
  await client.query(`insert into billing.bill_cycle (bill_day, zone) values (1, '${zone}')`);
  await client.query(`insert into billing.account (account_id, lane, customer_id, balance_group_id, billing_group_id, bill_day,
      zone, payment_mode, opened_at)
    select ${id('account')}, ${lane}, ${id('customer')}, ${id('group')}, ${id('group')}, 1, '${zone}', 'postpaid', '${opened}' ${all}`);
  await client.query(`insert into receivables.account (account_id, lane, customer_id, zone, opened_at)
    select ${id('account')}, ${lane}, ${id('customer')}, '${zone}', '${opened}' ${all}`);
}

async function insertProducts(client, { code, card, product, from }) {
  const effectiveFrom = new Date(opened).toISOString();
  await client.query(`insert into billing.product (lane, product_id, account_id, version, state)
    select ${lane}, ${product}, ${id('account')}, 1, jsonb_build_object(
      'productId', ${product}, 'customerId', ${id('customer')}, 'accountId', ${id('account')}, 'lane', ${lane},
      'orderId', ${id('order')}, 'offeringCode', '${code}', 'offeringVersion', 1, 'role', 'main', 'card', ${card},
      'bundleId', null, 'bundleOfferingCode', null, 'bundleOfferingVersion', null, 'cardGroupId', ${product},
      'resources', '[]'::jsonb, 'onlineClasses', '[]'::jsonb, 'effectiveFrom', '${effectiveFrom}', 'effectiveTo', null)
    from ${from}`);
}
