import path from 'node:path';
import { distFolder } from '../../paths.mjs';
import { withoutIndexes } from './without-indexes.mjs';

/** Bill periods are those of this zone. */
const zone = 'Asia/Shanghai';
const bucketsEach = 5;
/** Never used up: 2^40 KB. */
const quantity = 1_099_511_627_776;

const offer = {
  code: 'bench-data',
  version: 1,
  name: { en: 'Bench', 'zh-CN': '测试' },
  kind: 'simple',
  lineOfBusiness: 'mobile',
  specification: 'mobile-main',
  resourceNeeds: [],
  characteristics: {},
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  sale: { alone: true, requires: [], atMost: null },
  recurringPrices: [],
  usagePrices: [
    {
      code: 'data-out',
      usageClass: 'data',
      chargeClass: 'data',
      label: { en: 'Data', 'zh-CN': '流量' },
      taxClass: 'mobile-data',
      unit: 'kb',
      increment: { initial: 1, repeat: 1 },
      model: { kind: 'per-unit', price: { amount: '0.03', per: '1024' } },
      connectFee: null,
      counter: 'product',
      cap: null,
    },
  ],
  usagePricedBy: 'own',
  allowances: Array.from({ length: bucketsEach }, (_, at) => ({
    code: `b${at + 1}`,
    label: { en: 'Data', 'zh-CN': '流量' },
    usageClasses: ['data'],
    unit: 'kb',
    quantity: String(quantity),
    wholeUnits: '1',
    sharedBy: 'product',
    firstPeriod: 'full',
    lastPeriod: 'full',
    prorateBy: 'days-of-period',
    priority: at + 1,
    rollover: null,
  })),
  discounts: [],
  bundle: null,
};

/** The number of a subscriber. @param {number} at from 1 */
export const numberOf = (at) => String(8_613_000_000_000 + at);

/** The first of the month in the accounts' zone, as a bill period and as instants. @param {Date} now */
function periodOf(now) {
  const [year, month] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
    .format(now)
    .split('-')
    .map(Number);
  const start = (months) => new Date(Date.UTC(year, month - 1 + months, 1) - 8 * 3_600_000).toISOString();
  return { key: `${year}-${String(month).padStart(2, '0')}`, from: start(0), to: start(1) };
}

/**
 * Makes subscribers by SQL: each an account that pays afterwards, with a product that is charged for data online and five
 * buckets.
 * @param {import('pg').Client} client @param {number} count
 * @param {(table: string) => void} onTable told of each table that is filled
 */
export async function makeSubscribers(client, count, onTable) {
  const { key, from, to } = periodOf(new Date());
  const { SHORT_BUCKETS_TEXT } = (
    await import(path.join(distFolder, 'libs/charging/src/balance/bucket-text.js'))
  ).default;
  const id = (kind) => `md5('${kind}' || n)::uuid`;
  const all = `from generate_series(1, ${count}) as n`;
  const lane = 'n % 1024';
  await client.query(
    `insert into charging.offer (code, version, document) values ($1, 1, $2) on conflict do nothing`,
    [offer.code, JSON.stringify(offer)],
  );
  const state = `jsonb_build_object(
    'productId', ${id('product')}, 'customerId', ${id('customer')}, 'accountId', ${id('account')}, 'lane', ${lane},
    'orderId', ${id('order')}, 'offeringCode', 'bench-data', 'offeringVersion', 1, 'role', 'main', 'card', 'main',
    'bundleId', null, 'bundleOfferingCode', null, 'bundleOfferingVersion', null, 'cardGroupId', ${id('product')},
    'resources', '[]'::jsonb, 'onlineClasses', '["data"]'::jsonb, 'effectiveFrom', '${from}', 'effectiveTo', null)`;
  const rows = {
    'charging.account': `insert into charging.account (account_id, balance_group_id, lane, customer_id, zone, bill_day,
      payment_mode, version, opened_through, products) select ${id('account')}, ${id('account')}, ${lane}, ${id('customer')}, '${zone}', 1, 'postpaid', 1, '${to}',
      json_build_array(${state}) ${all}`,
    'charging.product_locator': `insert into charging.product_locator (product_id, lane, account_id, card_group_id)
      select ${id('product')}, ${lane}, ${id('account')}, ${id('product')} ${all}`,
    'charging.product_version': `insert into charging.product_version (lane, product_id, version, account_id, card_group_id,
      effective_from, state, cause, recorded_at)
      select ${lane}, ${id('product')}, 1, ${id('account')}, ${id('product')}, '${from}', ${state}, 'bench', '${from}' ${all}`,
    'charging.number_holder': `insert into charging.number_holder (number, product_id, lane, account_id, card_group_id, valid_from)
      select (8613000000000 + n)::text, ${id('product')}, ${lane}, ${id('account')}, ${id('product')}, '${from}' ${all}`,
    'charging.bucket': `insert into charging.bucket (lane, card_group_id, period, code, bucket_id, account_id, product_id,
      origin, label, usage_classes, unit, granted, remaining, valid_from, valid_to, priority, offering_code,
      offering_version)
      select ${lane}, ${id('product')}, '${key}', 'bench-data/b' || b, md5('bucket' || n || '/' || b)::uuid,
        ${id('account')}, ${id('product')}, 'base', '{"en":"Data","zh-CN":"流量"}', '{data}', 'kb', ${quantity}, ${quantity},
        '${from}', '${to}', b, 'bench-data', 1 ${all}, generate_series(1, ${bucketsEach}) as b`,
    'charging.group_period': `insert into charging.group_period (lane, card_group_id, period, account_id, counters, needs_rerate,
      bucket_rows)
      select g.*, '{}', false, ${SHORT_BUCKETS_TEXT} from (
        select ${lane} as lane, ${id('product')} as card_group_id, '${key}' as period, ${id('account')} as account_id ${all}) as g`,
    'charging.bucket_entry': `insert into charging.bucket_entry (lane, bucket_id, entry_id, kind, delta, reference, business_at)
      select ${lane}, md5('bucket' || n || '/' || b)::uuid, md5('entry' || n || '/' || b)::uuid, 'grant', ${quantity},
        'opened', '${from}' ${all}, generate_series(1, ${bucketsEach}) as b`,
  };
  // As the charging domain's own connections: the text of buckets has instants in it.
  await client.query(`set timezone = 'UTC'`);
  await client.query(`set maintenance_work_mem = '512MB'`);
  for (const [table, insertion] of Object.entries(rows)) {
    await withoutIndexes(client, table, () => client.query(insertion));
    onTable(table);
  }
  await client.query('analyze');
}
